use domain::{ids::PasskeyId, passkeys::Passkey};

use super::own;
use crate::{Cx, ServiceResult, access::account_holder};

/// One of one's own passkeys.
///
/// # Permissions
/// Its owner.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for everybody else, and once it is removed.
pub async fn get_passkey(cx: &Cx, id: PasskeyId) -> ServiceResult<Passkey> {
    let holder = account_holder(cx)?;
    own::one(cx.db().pool(), holder.id(), id).await.map(own::shown)
}
