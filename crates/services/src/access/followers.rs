//! Whether somebody who asked to be told of a document may still know of it.

use domain::{
    access::{Permission, Right, StaffRole},
    documents::DocumentKind,
    ids::MembershipId,
};
use entities::{document, user};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::portal_scope_if_any;
use crate::{
    Cx, ServiceResult,
    auth::{Entrant, enter},
};

/// Whether whoever logs in by a membership would find a document now: the query of their own pages, as themselves.
pub(crate) async fn member_sees(
    cx: &Cx,
    membership: MembershipId,
    kind: DocumentKind,
    document: Uuid,
) -> ServiceResult<bool> {
    let Some(entry) = enter(&cx.portico, Entrant::Member(membership)).await? else { return Ok(false) };
    let Some(actor) = entry.actor else { return Ok(false) };
    let Some(scope) = portal_scope_if_any(&cx.with_actor(actor), kind.view())? else { return Ok(false) };
    let found = scope.documents(kind).filter(document::Column::Id.eq(document));
    Ok(found.one(cx.db().pool()).await?.is_some())
}

/// Whether whoever logs in by a membership finds a document, and may do something with it.
pub(crate) async fn member_may(
    cx: &Cx,
    membership: MembershipId,
    kind: DocumentKind,
    permission: Permission,
    document: Uuid,
) -> ServiceResult<bool> {
    let Some(entry) = enter(&cx.portico, Entrant::Member(membership)).await? else { return Ok(false) };
    let Some(actor) = entry.actor else { return Ok(false) };
    let member = cx.with_actor(actor);
    let (Some(seen), Some(allowed)) =
        (portal_scope_if_any(&member, kind.view())?, portal_scope_if_any(&member, permission)?)
    else {
        return Ok(false);
    };
    let both = seen.documents(kind).filter(allowed.condition(kind));
    Ok(both.filter(document::Column::Id.eq(document)).one(cx.db().pool()).await?.is_some())
}

/// Whether a user is staff who work on documents.
pub(crate) fn staff_works(user: &user::Model) -> bool {
    let role = user.role.as_deref().and_then(StaffRole::parse);
    user.status == "active" && role.is_some_and(|role| role.allows(Right::WorkOnDocuments))
}
