use serde_json::json;

use super::{
    standing, switch_off,
    tell::{self, Whom},
};
use crate::{Cx, ServiceError, ServiceResult, auth::proof, users::end_all_sessions};

/// Switches one's own second factor off, with its recovery codes and trusted devices. Every other session ends.
///
/// # Permissions
/// Whoever is signed in with an account of their own; the password is asked for always.
///
/// # Errors
/// [`ServiceError::Invalid`] for the field `password`; [`ServiceError::Refused`] where a rule asks for a second
/// factor.
pub async fn disable_two_factor(cx: &Cx, password: &str) -> ServiceResult<()> {
    let holder = proof::prove(cx, password).await?;
    if standing(cx, &holder).await?.is_required {
        return Err(ServiceError::refused(
            "Your account must have two-factor authentication, so that it cannot be switched off. To use another \
             app, ask us to reset it.",
        ));
    }
    let whom = Whom { id: holder.id(), login: holder.login, name: holder.name };
    let transaction = cx.begin().await?;
    if switch_off(&transaction, whom.id).await? {
        end_all_sessions(&transaction, whom.id, cx.session()).await?;
        tell::record(cx, &transaction, &whom, "user.two_factor_disabled", json!({ "by": "its owner" }))
            .await?;
        tell::mail(cx, &transaction, &whom, "two_factor_disabled", |letters| {
            letters.two_factor_disabled(cx.now(), false)
        })
        .await?;
    }
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    proof::renew_session(cx);
    Ok(())
}
