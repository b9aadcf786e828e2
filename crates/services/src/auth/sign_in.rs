use domain::{
    Instant, Login,
    ids::{MembershipId, UserId},
};
use uuid::Uuid;

use super::{Level, NewSession, candidate::Candidate, session::insert_session, throttle};
use crate::{Cx, ServiceError, ServiceResult};

/// The one answer to every sign-in that fails (ASVS 6.3.8).
const REFUSED: &str = "Wrong email or password. Check both and try again.";

/// Where somebody lands who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landing {
    /// `/my`.
    Portal,
    /// `/staff`.
    Staff,
}

/// Somebody who proved who they are; the caller opens the session.
#[derive(Clone, Copy, Debug)]
pub struct SignedIn {
    /// The user.
    pub user: UserId,
    /// The membership that is active at first.
    pub membership: Option<MembershipId>,
    /// Whether they can choose between several companies.
    pub has_choice: bool,
    /// Where they land.
    pub landing: Landing,
    /// What is due before they are in.
    pub level: Level,
    /// When the password or passkey was given.
    pub proved_at: Option<Instant>,
    /// The browser, as their devices know it.
    pub device: Option<Uuid>,
}

impl SignedIn {
    /// Whose session the caller opens.
    pub fn whose(&self) -> NewSession {
        NewSession {
            user: Some(self.user),
            membership: self.membership,
            contact: None,
            level: self.level,
            proved_at: self.proved_at,
            device: self.device,
        }
    }
}

/// Signs somebody in by login and password, as far as the second factor where they have one or must have one.
///
/// # Permissions
/// Anybody.
///
/// # Errors
/// [`ServiceError::Refused`] with one and the same text, after the same work, for an unknown login, a wrong
/// password, a disabled user, and one without password or membership; [`ServiceError::Throttled`] after
/// many failures, for known and unknown logins alike.
pub async fn sign_in(cx: &Cx, login: &str, password: &str) -> ServiceResult<SignedIn> {
    prove(cx, login, password, None).await
}

/// [`sign_in`], and opens the session under the hash of its id, all in one transaction.
///
/// # Permissions
/// Anybody.
///
/// # Errors
/// Those of [`sign_in`].
pub async fn sign_in_to_session(
    cx: &Cx,
    login: &str,
    password: &str,
    id_hash: &str,
) -> ServiceResult<SignedIn> {
    prove(cx, login, password, Some(id_hash)).await
}

async fn prove(cx: &Cx, login: &str, password: &str, session: Option<&str>) -> ServiceResult<SignedIn> {
    let login = Login::from_typed(login);
    // Until it is dropped, the try at hand counts as a failure for tries at the same time.
    let attempt = throttle::attempt(cx, &login).await?;
    // Nothing that is asked for depends on who exists: neither the statements nor the hash.
    let found = Candidate::of_login(cx, &login).await?;
    let active = found.filter(|found| found.status == "active");
    let stored = active.as_ref().and_then(|found| found.password_hash.as_deref());
    let is_right = cx.portico.hasher.verify(password, stored).await?;
    let Some(found) = active.filter(|found| is_right && found.may_enter()) else {
        attempt.failed(cx).await?;
        tracing::info!(event = "sign_in.failed", address = cx.origin.address);
        return Err(ServiceError::refused(REFUSED));
    };
    let level = found.level(cx).await?;
    let transaction = cx.begin().await?;
    let signed_in = match level {
        Level::Full => found.complete(cx, &transaction, "password").await?,
        Level::Code | Level::Enrolment => found.signed_in(cx, level),
    };
    if let Some(id_hash) = session {
        insert_session(&transaction, cx.now(), id_hash, signed_in.whose(), &cx.origin).await?;
    }
    transaction.commit().await?;
    // A browser that is new was told of by mail.
    cx.portico.mail_bell.notify_one();
    Ok(signed_in)
}
