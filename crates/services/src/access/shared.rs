//! The gate of share links: one document, nothing beside it.

use domain::{
    documents::DocumentKind,
    ids::{MembershipId, ShareLinkId},
};
use entities::{contact, document, share_link};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Actor, member_sees};
use crate::{Cx, ServiceError, ServiceResult, secret};

/// Proof that somebody has a link that works, with the one document that it opens.
#[derive(Debug)]
pub(crate) struct SharePass {
    pub link: share_link::Model,
    pub document: document::Model,
    pub kind: DocumentKind,
    /// The request as somebody's with the link: whoever else is signed in in that browser has no part in it.
    pub cx: Cx,
}

/// Lets whoever has a link's secret through to its document. The link ends with its time, when it is revoked, when
/// customers do not see the document any more, when that is another customer's, when the customer is archived,
/// and when the portal user who made it does not see it any more.
///
/// # Errors
/// [`ServiceError::NotFound`], whatever the reason is.
pub(crate) async fn shared(cx: &Cx, id: ShareLinkId, typed: &str) -> ServiceResult<SharePass> {
    let (link, document) = share_link::Entity::find_by_id(Uuid::from(id))
        .filter(share_link::Column::TokenHash.eq(secret::hash(typed)))
        .filter(share_link::Column::RevokedAt.is_null())
        .filter(share_link::Column::ExpiresAt.gt(cx.now().millis()))
        .find_also_related(document::Entity)
        .filter(document::Column::IsVisible.eq(true))
        .one(cx.db().pool())
        .await?
        .and_then(|(link, document)| Some((link, document?)))
        .filter(|(link, document)| document.entity_id == Some(link.entity_id))
        .ok_or(ServiceError::NotFound)?;
    let kind = DocumentKind::parse(&document.kind).ok_or(ServiceError::NotFound)?;
    let customer = contact::Entity::find_by_id(link.entity_id).filter(contact::Column::ArchivedAt.is_null());
    customer.one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    if let Some(membership) = link.membership_id
        && !member_sees(cx, MembershipId(membership), kind, document.id).await?
    {
        return Err(ServiceError::NotFound);
    }
    let cx = cx.signed_out().with_actor(Actor::link_holder());
    Ok(SharePass { link, document, kind, cx })
}
