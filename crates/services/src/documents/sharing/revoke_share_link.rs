use domain::{
    documents::ShareSide,
    ids::{DocumentId, ShareLinkId},
};
use entities::share_link;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use uuid::Uuid;

use super::sharer::sharer;
use crate::{
    Cx, ServiceError, ServiceResult,
    audit::{self, Event},
    documents::stored::name_of,
};

/// Ends a link, whoever of the two sides made it; whoever has it open is out at the next request. Once more is no matter.
///
/// # Permissions
/// As [`super::create_share_link`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document, not for this person, or the link is none of its.
pub async fn revoke_share_link(
    cx: &Cx,
    side: ShareSide,
    id: DocumentId,
    link: ShareLinkId,
) -> ServiceResult<()> {
    let sharer = sharer(cx, side, id).await?;
    let transaction = cx.begin().await?;
    let found = share_link::Entity::find_by_id(Uuid::from(link))
        .filter(share_link::Column::DocumentId.eq(sharer.document.id))
        .one(&transaction)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let revoked = share_link::Entity::update_many()
        .col_expr(share_link::Column::RevokedAt, Expr::value(Some(cx.now().millis())))
        .filter(share_link::Column::Id.eq(found.id))
        .filter(share_link::Column::RevokedAt.is_null())
        .exec(&transaction)
        .await?;
    if revoked.rows_affected == 0 {
        return Ok(());
    }
    let event = Event {
        action: "document.share_link_revoked",
        subject: name_of(&sharer.document),
        subject_id: Some(sharer.document.id),
        entity_id: sharer.document.entity_id,
        data: json!({ "link": found.id, "recipient": found.recipient, "email": found.email }),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}
