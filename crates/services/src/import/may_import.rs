use domain::access::Right;

use crate::{Cx, ServiceResult, access::staff};

/// Whether the actor may import; asked before an upload is read.
///
/// # Permissions
/// [`Right::Import`].
///
/// # Errors
/// When the actor lacks the right.
pub fn may_import(cx: &Cx) -> ServiceResult<()> {
    staff(cx, Right::Import).map(|_pass| ())
}
