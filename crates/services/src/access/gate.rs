use domain::{
    access::{Permission, Right, ScopeKind},
    api::ApiScope,
};

use super::{
    PortalActor, Scope, StaffPass,
    check::{Check, passes},
};
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
    if may(cx, right) {
        Ok(StaffPass::new())
    } else {
        tracing::info!(event = "access.denied", actor = actor.name(), ?right);
        Err(ServiceError::NotFound)
    }
}

/// Whether whoever asks is staff with a right, for what differs by role rather than being refused.
pub(crate) fn may(cx: &Cx, right: Right) -> bool {
    let actor = cx.actor();
    let is_allowed = actor.is_system() || actor.as_staff().is_some_and(|staff| staff.role.allows(right));
    passes(Check::StaffRight, is_allowed)
}

/// Lets another program through whose key is for something.
///
/// # Errors
/// [`ServiceError::Unauthenticated`] for nobody, [`ServiceError::NotFound`] for everybody else, people among them.
pub(crate) fn machine(cx: &Cx, scope: ApiScope) -> ServiceResult<StaffPass> {
    let actor = cx.actor();
    if actor.is_anonymous() {
        return Err(ServiceError::Unauthenticated);
    }
    let allows = actor.as_machine().is_some_and(|machine| machine.allows(scope));
    if passes(Check::KeyScope, allows) {
        Ok(StaffPass::new())
    } else {
        tracing::info!(event = "access.denied", actor = actor.name(), ?scope);
        Err(ServiceError::NotFound)
    }
}

/// Lets whoever is in the portal through: portal users, visitors with a secure link, staff who look.
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

/// Lets people in the portal with a permission through and says whose rows it reaches.
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
    Ok(reach(actor, permission).map(|kind| Scope::new(kind, actor)))
}

/// How far a permission reaches for somebody in the portal; `None` when they may not.
pub(super) fn reach(actor: &PortalActor, permission: Permission) -> Option<ScopeKind> {
    if !passes(Check::LookOnly, !actor.is_view_as() || permission.is_reading()) {
        return None;
    }
    let allowed = actor.permissions.scope_of(permission);
    if passes(Check::Permission, allowed.is_some()) {
        Some(allowed.unwrap_or(ScopeKind::Company))
    } else {
        None
    }
}
