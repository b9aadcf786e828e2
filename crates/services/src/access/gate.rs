use domain::access::{Permission, Right};

use super::{PortalActor, Scope, StaffPass};
use crate::{Cx, ServiceError, ServiceResult};

/// Lets staff with a right through, and the installation's own work.
///
/// # Errors
/// [`ServiceError::Unauthenticated`] for nobody, [`ServiceError::NotFound`] for everybody else.
pub(crate) fn staff(cx: &Cx, right: Right) -> ServiceResult<StaffPass> {
    let actor = cx.actor();
    if actor.is_anonymous() {
        return Err(ServiceError::Unauthenticated);
    }
    if actor.is_system() || actor.as_staff().is_some_and(|staff| staff.role.allows(right)) {
        Ok(StaffPass::new())
    } else {
        tracing::info!(event = "access.denied", actor = actor.name(), ?right);
        Err(ServiceError::NotFound)
    }
}

/// Lets portal users through.
///
/// # Errors
/// [`ServiceError::Unauthenticated`] for nobody, [`ServiceError::NotFound`] for everybody else.
pub(crate) fn portal(cx: &Cx) -> ServiceResult<&PortalActor> {
    let actor = cx.actor();
    if actor.is_anonymous() {
        return Err(ServiceError::Unauthenticated);
    }
    actor.as_portal().ok_or(ServiceError::NotFound)
}

/// Lets portal users with a permission through and says whose rows it reaches.
///
/// # Errors
/// [`ServiceError::Unauthenticated`] for nobody, [`ServiceError::NotFound`] for everybody else.
pub(crate) fn portal_scope(cx: &Cx, permission: Permission) -> ServiceResult<Scope> {
    let scope = portal_scope_if_any(cx, permission)?;
    if scope.is_none() {
        tracing::info!(event = "access.denied", actor = cx.actor().name(), ?permission);
    }
    scope.ok_or(ServiceError::NotFound)
}

/// Like [`portal_scope`], for what is left out rather than refused: `None` without the permission.
///
/// # Errors
/// As [`portal`].
pub(crate) fn portal_scope_if_any(cx: &Cx, permission: Permission) -> ServiceResult<Option<Scope>> {
    let actor = portal(cx)?;
    Ok(actor.permissions.scope_of(permission).map(|kind| Scope::new(kind, actor)))
}
