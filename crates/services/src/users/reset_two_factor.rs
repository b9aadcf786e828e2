use domain::ids::UserId;
use serde_json::json;

use super::subject::{end_all_sessions, is_self, lock, may_reset, record};
use crate::{
    Cx, ServiceError, ServiceResult,
    auth::{
        passkeys,
        second_factor::{switch_off, tell},
    },
};

/// Takes somebody's second factor away who has lost it, with recovery codes, passkeys and trusted devices, and logs them
/// out everywhere. Where a rule asks for one, they set a new one up at their next sign-in.
///
/// # Permissions
/// [`Right::StartPasswordReset`](domain::access::Right::StartPasswordReset) for portal users,
/// [`Right::ManageUsers`](domain::access::Right::ManageUsers) for all; nobody for themselves, who disable it with
/// their password.
///
/// # Errors
/// [`ServiceError::Refused`] for oneself, and where two-factor authentication is off; [`ServiceError::NotFound`]
/// without the right or the user.
pub async fn reset_two_factor(cx: &Cx, id: UserId) -> ServiceResult<()> {
    let transaction = cx.begin().await?;
    let subject = lock(&transaction, id).await?;
    may_reset(cx, &subject)?;
    if is_self(cx, subject.id) {
        return Err(ServiceError::refused(
            "This is your own login: disable two-factor authentication on your security page.",
        ));
    }
    if subject.two_factor_since.is_none() {
        return Err(ServiceError::refused("Two-factor authentication is off already."));
    }
    switch_off(&transaction, subject.id).await?;
    // A key that somebody else added while they had the account must not outlive the rescue.
    passkeys::forget_all(&transaction, subject.id).await?;
    end_all_sessions(&transaction, subject.id, None).await?;
    record(cx, &transaction, "user.two_factor_reset", &subject, json!({})).await?;
    tell::mail(cx, &transaction, &tell::Whom::from(&subject), "two_factor_disabled", |letters| {
        letters.two_factor_disabled(cx.now(), true)
    })
    .await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}
