use entities::recovery_code;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use super::{attempts, half::half, recovery_codes, tell, verify_code::entering};
use crate::{
    Cx, ServiceError, ServiceResult,
    auth::{Level, SignedIn},
};

/// Finishes a sign-in with a recovery code, which is good for once.
///
/// # Permissions
/// Whoever gave the password just now.
///
/// # Errors
/// [`ServiceError::Invalid`] for the field `code`; [`ServiceError::Throttled`] after many;
/// [`ServiceError::Unauthenticated`] for everybody else.
pub async fn use_recovery_code(cx: &Cx, code: &str) -> ServiceResult<SignedIn> {
    let user = half(cx, Level::Code)?.user.into();
    if code.trim().is_empty() {
        return Err(ServiceError::field("code", "Enter one of your recovery codes."));
    }
    let attempt = attempts::attempt(cx, user).await?;
    let candidate = entering(cx, user).await?;
    let transaction = cx.begin().await?;
    if !recovery_codes::spend(cx, &transaction, user, code).await? {
        transaction.rollback().await?;
        tracing::info!(event = "recovery_code.failed", address = cx.origin.address);
        tell::after_many(cx, &attempt, &candidate).await?;
        return Err(ServiceError::field(
            "code",
            "This is none of your recovery codes, or it was used already. Each works once.",
        ));
    }
    attempt.succeeded(cx, &transaction).await?;
    let signed_in = candidate.complete(cx, &transaction, "recovery code").await?;
    let left = recovery_code::Entity::find()
        .filter(recovery_code::Column::UserId.eq(user))
        .count(&transaction)
        .await?;
    let whom = tell::Whom::from(&candidate);
    tell::record(cx, &transaction, &whom, "user.recovery_code_used", json!({ "left": left })).await?;
    tell::mail(cx, &transaction, &whom, "recovery_code_used", |letters| {
        letters.recovery_code_used(cx.now(), left)
    })
    .await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    cx.renew_session(signed_in.whose());
    Ok(signed_in)
}
