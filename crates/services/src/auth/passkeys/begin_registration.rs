use domain::passkeys::PasskeyName;

use super::{RelyingParty, ceremony, own};
use crate::{Cx, ServiceError, ServiceResult, access::account_holder, auth::require_proof};

/// Begins to add a passkey to one's own account: the challenge for an authenticator that has none of it yet. One that
/// was begun before cannot be finished any more.
///
/// # Permissions
/// Whoever is signed in with an account of their own, with a fresh proof.
///
/// # Errors
/// [`ServiceError::Invalid`] for the fields `name` and `password`; [`ServiceError::Refused`] for one too many;
/// [`ServiceError::NotFound`] where passkeys do not work.
pub async fn begin_registration(
    cx: &Cx,
    name: &str,
    password: Option<&str>,
) -> ServiceResult<ceremony::Challenge> {
    let holder = account_holder(cx)?;
    let party = RelyingParty::of(cx.config()).ok_or(ServiceError::NotFound)?;
    let name = PasskeyName::parse(name)?;
    let all = own::all(cx.db().pool(), holder.id()).await?;
    own::check_room(&all)?;
    own::check_name(&all, &name)?;
    require_proof(cx, password).await?;
    let known: Vec<String> = all.into_iter().map(|passkey| passkey.credential_id).collect();
    let shown_name = if holder.name.is_empty() { &holder.login } else { &holder.name };
    let asked = party.begin_registration((holder.id(), &holder.login, shown_name), &known)?;
    ceremony::begin(cx, ceremony::New { asked, adds: Some((holder.id(), name.as_str())) }).await
}
