//! Who may make links to a document, and end them.

use domain::{
    access::{Permission, Right},
    documents::{DocumentKind, ShareRights, ShareSide},
    ids::DocumentId,
};
use entities::document;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal, portal_scope, staff},
    documents::{may::may, signing},
};

/// A document that somebody may share.
pub(super) struct Sharer {
    pub document: document::Model,
    /// What they may give on.
    pub can: ShareRights,
    /// By which membership they are in the portal; nothing for staff.
    pub membership: Option<Uuid>,
}

/// Reads a document that whoever asks may share. Staff share whatever customers see. Customers share what they see, with
/// `members.invite`: both bring others in. Nobody gives on what they may not do themselves.
pub(super) async fn sharer(cx: &Cx, side: ShareSide, id: DocumentId) -> ServiceResult<Sharer> {
    let kind = match side {
        ShareSide::Staff => {
            let pass = staff(cx, Right::WorkOnDocuments)?;
            let document = pass.document(id).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
            let kind = DocumentKind::parse(&document.kind).ok_or(ServiceError::NotFound)?;
            let can = ShareRights {
                comment: true,
                sign: signing::to_accept(kind).is_some(),
                pay: to_pay(kind).is_some(),
            };
            return Ok(Sharer { document, can, membership: None });
        }
        ShareSide::Customer(kind) => kind,
    };
    let (seen, shared) = (portal_scope(cx, kind.view())?, portal_scope(cx, Permission::MembersInvite)?);
    let actor = portal(cx)?;
    let membership = actor.membership.filter(|_| actor.user.is_some() && !actor.is_view_as());
    let membership = membership.ok_or(ServiceError::NotFound)?;
    let found = seen.documents(kind).filter(document::Column::Id.eq(Uuid::from(id)));
    let found = found.filter(shared.condition(kind));
    let document = found.one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    let mut can_sign = signing::to_accept(kind).is_some();
    for needed in [signing::to_accept(kind), signing::to_decline(kind)].into_iter().flatten() {
        can_sign &= may(cx, kind, needed, &document).await?;
    }
    let can_comment = may(cx, kind, kind.write_message(), &document).await?;
    let can_pay = match to_pay(kind) {
        Some(needed) => may(cx, kind, needed, &document).await?,
        None => false,
    };
    let can = ShareRights { comment: can_comment, sign: can_sign, pay: can_pay };
    Ok(Sharer { document, can, membership: Some(membership.into()) })
}

/// What paying takes, for kinds that are paid.
fn to_pay(kind: DocumentKind) -> Option<Permission> {
    match kind {
        DocumentKind::Invoice => Some(Permission::InvoicesPay),
        DocumentKind::Sale => Some(Permission::SalesPay),
        _ => None,
    }
}
