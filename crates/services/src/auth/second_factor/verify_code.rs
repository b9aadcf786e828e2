use entities::totp;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{attempts, half::half, seed::Seed, tell};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    auth::{Level, SignedIn, candidate::Candidate, devices},
};

/// Finishes a sign-in with the code that the authenticator app shows. With `trust`, no code is asked for on this
/// browser for thirty days.
///
/// # Permissions
/// Whoever gave the password just now.
///
/// # Errors
/// [`ServiceError::Invalid`] for the field `code`, also when it was used before; [`ServiceError::Throttled`] after
/// many; [`ServiceError::Unauthenticated`] for everybody else, and when the ten minutes for it are over.
pub async fn verify_code(cx: &Cx, code: &str, trust: bool) -> ServiceResult<SignedIn> {
    let user = half(cx, Level::Code)?.user.into();
    let code = parse(code)?;
    let attempt = attempts::attempt(cx, user).await?;
    let candidate = entering(cx, user).await?;
    let seed = totp::Entity::find_by_id(user)
        .filter(totp::Column::ConfirmedAt.is_not_null())
        .one(cx.db().pool())
        .await?;
    let seed = seed.ok_or(ServiceError::Unauthenticated)?;
    let seed = Seed::open(&seed.sealed_seed, &cx.config().secret_key, user)?;
    let Some(step) = seed.step_of(&code, cx.now()) else {
        tracing::info!(event = "two_factor.failed", address = cx.origin.address);
        tell::after_many(cx, &attempt, &candidate).await?;
        return Err(wrong());
    };
    let transaction = cx.begin().await?;
    if !spend(&transaction, user, step).await? {
        transaction.rollback().await?;
        tracing::warn!(event = "two_factor.replayed", address = cx.origin.address);
        tell::after_many(cx, &attempt, &candidate).await?;
        return Err(ServiceError::field(
            "code",
            "This code was used already. Wait until your app shows the next one.",
        ));
    }
    attempt.succeeded(cx, &transaction).await?;
    let signed_in = candidate.complete(cx, &transaction, "code").await?;
    if let Some(device) = signed_in.device.filter(|_| trust) {
        devices::trust(cx, &transaction, device).await?;
    }
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    cx.renew_session(signed_in.whose());
    Ok(signed_in)
}

/// Whoever is about to be in, unless that ended since they gave their password.
pub(super) async fn entering(cx: &Cx, user: Uuid) -> ServiceResult<Candidate> {
    let found = Candidate::of_id(cx, user).await?;
    found.filter(Candidate::may_enter).ok_or(ServiceError::Unauthenticated)
}

/// The six digits, however they are grouped.
pub(super) fn parse(typed: &str) -> ServiceResult<String> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if code.is_empty() {
        return Err(ServiceError::field("code", "Enter the six digits that your app shows."));
    }
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ServiceError::field("code", "A code has six digits and nothing else."));
    }
    Ok(code)
}

pub(super) fn wrong() -> ServiceError {
    ServiceError::field(
        "code",
        "This code is not right. Enter the one that your app shows now, and check that your telephone’s clock is \
         right.",
    )
}

/// Spends a time step: it and all before it are good for nothing from now on (RFC 6238, section 5.2). `false` when
/// it was spent already, also a moment ago by somebody else.
async fn spend(transaction: &Transaction, user: Uuid, step: i64) -> ServiceResult<bool> {
    let is_new = Condition::any().add(totp::Column::LastStep.is_null()).add(totp::Column::LastStep.lt(step));
    let spent = totp::Entity::update_many()
        .col_expr(totp::Column::LastStep, Expr::value(step))
        .filter(totp::Column::UserId.eq(user))
        .filter(is_new)
        .exec(transaction)
        .await?;
    Ok(spent.rows_affected == 1)
}
