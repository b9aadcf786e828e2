use crate::{Cx, ServiceError, ServiceResult, access::HalfActor, auth::Level};

/// Lets whoever gave their password and owes exactly this through.
///
/// # Errors
/// [`ServiceError::Unauthenticated`] for everybody else: they begin anew.
pub(super) fn half(cx: &Cx, level: Level) -> ServiceResult<&HalfActor> {
    cx.actor().as_half().filter(|half| half.level == level).ok_or(ServiceError::Unauthenticated)
}
