use domain::{
    Instant,
    documents::{ShareLinkRow, ShareLinksPage, ShareSide, ShareStanding},
    ids::{DocumentId, ShareLinkId},
};
use entities::share_link;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::sharer::sharer;
use crate::{Cx, ServiceError, ServiceResult, documents::read::to_row, ids};

/// Links that are listed; older ones ended long ago, or are to be revoked before there can be more.
const MOST: u64 = 200;

/// The links to a document, newest first.
///
/// # Permissions
/// As [`super::create_share_link`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document, or not for this person.
pub async fn list_share_links(cx: &Cx, side: ShareSide, id: DocumentId) -> ServiceResult<ShareLinksPage> {
    let sharer = sharer(cx, side, id).await?;
    let unreadable = || ServiceError::internal(anyhow::anyhow!("document {id} cannot be read"));
    let found = share_link::Entity::find()
        .filter(share_link::Column::DocumentId.eq(sharer.document.id))
        .order_by_desc(share_link::Column::CreatedAt)
        .order_by_desc(share_link::Column::Id)
        .limit(MOST);
    let links = found.all(cx.db().pool()).await?;
    let now = cx.now().millis();
    let zone = &cx.settings().zone;
    let shown = |millis: i64| zone.display(Instant::from_millis(millis));
    let links = links.into_iter().map(|link| ShareLinkRow {
        id: ShareLinkId(link.id),
        standing: match (link.revoked_at, link.expires_at > now) {
            (Some(_), _) => ShareStanding::Revoked,
            (None, true) => ShareStanding::Works,
            (None, false) => ShareStanding::Expired,
        },
        recipient: link.recipient,
        email: link.email,
        may_comment: link.may_comment,
        may_sign: link.may_sign,
        may_pay: link.may_pay,
        created_by: link.created_by,
        created: shown(link.created_at),
        until: shown(link.expires_at),
        views: link.views,
        last_opened: link.last_opened_at.map(shown),
    });
    Ok(ShareLinksPage {
        links: links.collect(),
        is_open: sharer.document.is_visible && sharer.document.entity_id.is_some(),
        can: sharer.can,
        key: ids::mint(cx.now()),
        row: to_row(sharer.document.into(), cx.today()).ok_or_else(unreadable)?,
    })
}
