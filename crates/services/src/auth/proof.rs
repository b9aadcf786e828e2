//! Changes to the account itself ask for the password again (ASVS 7.5.1).

use domain::Login;
use entities::{session, user};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use time::Duration;

use super::{NewSession, throttle};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{AccountHolder, account_holder},
};

/// How long a password that was given counts for such changes.
const PROOF_LASTS: Duration = Duration::minutes(10);

/// Whether a change of the account needs the password now: the last proof in this session is too old.
pub fn needs_proof(cx: &Cx) -> bool {
    let proved_at = cx.session.as_deref().and_then(|session| session.whose.proved_at);
    proved_at.is_none_or(|at| cx.now().since(at) >= PROOF_LASTS)
}

/// Lets a change of the account through when the password was given in this session within ten minutes, or is
/// given now.
///
/// # Permissions
/// Whoever is signed in with an account of their own.
///
/// # Errors
/// [`ServiceError::Invalid`] for the field `password`; [`ServiceError::Throttled`] after many wrong ones.
pub async fn require_proof(cx: &Cx, password: Option<&str>) -> ServiceResult<()> {
    account_holder(cx)?;
    if needs_proof(cx) { prove(cx, password.unwrap_or_default()).await.map(|_| ()) } else { Ok(()) }
}

/// Checks the password of whoever is signed in; from now on it counts as given. Wrong ones count like those of
/// sign-ins, so that nobody guesses it through an open session.
///
/// # Permissions
/// Whoever is signed in with an account of their own.
///
/// # Errors
/// [`ServiceError::Invalid`] for the field `password`; [`ServiceError::Throttled`] after many wrong ones.
pub async fn confirm_password(cx: &Cx, password: &str) -> ServiceResult<()> {
    prove(cx, password).await.map(|_| ())
}

/// The session at hand goes on under a new id; the password was given just now.
pub(crate) fn renew_session(cx: &Cx) {
    if let Some(session) = cx.session.as_deref() {
        cx.renew_session(NewSession { proved_at: Some(cx.now()), ..session.whose });
    }
}

/// [`confirm_password`], for use cases that need to know of whom.
pub(crate) async fn prove(cx: &Cx, password: &str) -> ServiceResult<AccountHolder> {
    let holder = account_holder(cx)?;
    check(cx, &holder.login, password).await?;
    if let Some(id_hash) = cx.session() {
        mark_proved(cx, cx.db().pool(), id_hash).await?;
    }
    Ok(holder)
}

/// Checks a password against a login's, throttled.
pub(super) async fn check(cx: &Cx, login: &str, password: &str) -> ServiceResult<()> {
    if password.is_empty() {
        return Err(ServiceError::field("password", "Enter your password to confirm that it is you."));
    }
    let login = Login::from_typed(login);
    let attempt = throttle::attempt(cx, &login).await?;
    let found = user::Entity::find()
        .filter(user::Column::Login.eq(login.as_str()))
        .filter(user::Column::Status.eq("active"))
        .one(cx.db().pool())
        .await?;
    let stored = found.as_ref().and_then(|user| user.password_hash.as_deref());
    if cx.portico.hasher.verify(password, stored).await? {
        return Ok(());
    }
    attempt.failed(cx).await?;
    tracing::info!(event = "proof.failed", address = cx.origin.address);
    Err(ServiceError::field("password", "This is not your password. Check it and try again."))
}

async fn mark_proved(cx: &Cx, connection: &impl ConnectionTrait, id_hash: &str) -> ServiceResult<()> {
    session::Entity::update_many()
        .col_expr(session::Column::ProvedAt, Expr::value(cx.now().millis()))
        .filter(session::Column::IdHash.eq(id_hash))
        .exec(connection)
        .await?;
    Ok(())
}
