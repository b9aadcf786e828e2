use domain::{access::Permission, documents::DocumentKind};
use entities::document;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{Cx, ServiceResult, access::portal_scope_if_any};

/// Whether whoever sees a document may do something with it, too. Costs a statement only where the permission
/// reaches otherwise than seeing does, and that cannot be told from the document.
pub(crate) async fn may(
    cx: &Cx,
    kind: DocumentKind,
    permission: Permission,
    document: &document::Model,
) -> ServiceResult<bool> {
    let Some(scope) = portal_scope_if_any(cx, permission)? else { return Ok(false) };
    if portal_scope_if_any(cx, kind.view())?.as_ref() == Some(&scope) {
        return Ok(true);
    }
    if let Some(is_held) = scope.holds(document) {
        return Ok(is_held);
    }
    let found = scope
        .documents(kind)
        .filter(document::Column::Id.eq(document.id))
        .select_only()
        .column(document::Column::Id)
        .into_tuple::<Uuid>()
        .one(cx.db().pool())
        .await?;
    Ok(found.is_some())
}
