use super::{RelyingParty, ceremony};
use crate::{Cx, ServiceError, ServiceResult};

/// Begins a sign-in with a passkey: a challenge that is the same for everybody but for its random part, since nobody
/// has said who they are.
///
/// # Permissions
/// Anybody.
///
/// # Errors
/// [`ServiceError::Throttled`] for a network that asked often in vain; [`ServiceError::NotFound`] where passkeys do
/// not work.
pub async fn begin_sign_in(cx: &Cx) -> ServiceResult<ceremony::Challenge> {
    let party = RelyingParty::of(cx.config()).ok_or(ServiceError::NotFound)?;
    ceremony::limit(cx).await?;
    let asked = party.begin_sign_in()?;
    ceremony::begin(cx, ceremony::New { asked, adds: None }).await
}
