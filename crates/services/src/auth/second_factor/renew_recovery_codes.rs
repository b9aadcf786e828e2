use serde_json::json;

use super::{
    recovery_codes, standing,
    tell::{self, Whom},
};
use crate::{Cx, ServiceError, ServiceResult, auth::proof};

/// Writes ten new recovery codes, shown once; the earlier ones stop working.
///
/// # Permissions
/// Whoever is signed in with an account of their own; the password is asked for always.
///
/// # Errors
/// [`ServiceError::Invalid`] for the field `password`; [`ServiceError::Refused`] without a second factor.
pub async fn renew_recovery_codes(cx: &Cx, password: &str) -> ServiceResult<Vec<String>> {
    let holder = proof::prove(cx, password).await?;
    if standing(cx, &holder).await?.since.is_none() {
        return Err(ServiceError::refused("Two-factor authentication is off: there is nothing to recover."));
    }
    let whom = Whom { id: holder.id(), login: holder.login, name: holder.name };
    let transaction = cx.begin().await?;
    let codes = recovery_codes::renew(cx, &transaction, whom.id).await?;
    tell::record(cx, &transaction, &whom, "user.recovery_codes_renewed", json!({})).await?;
    tell::mail(cx, &transaction, &whom, "recovery_codes_renewed", |letters| {
        letters.recovery_codes_renewed(cx.now())
    })
    .await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(codes)
}
