use domain::passkeys::Passkey;

use super::{are_offered, own};
use crate::{Cx, ServiceResult, access::account_holder};

/// One's own passkeys, oldest first; `None` where passkeys do not work.
///
/// # Permissions
/// Whoever is signed in with an account of their own.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for everybody else.
pub async fn list_passkeys(cx: &Cx) -> ServiceResult<Option<Vec<Passkey>>> {
    let holder = account_holder(cx)?;
    if !are_offered(cx) {
        return Ok(None);
    }
    let all = own::all(cx.db().pool(), holder.id()).await?;
    Ok(Some(all.into_iter().map(own::shown).collect()))
}
