//! Who pays.

use domain::ids::UserId;
use entities::payment;
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{SharePass, portal},
};

/// Whoever pays, for whom.
#[derive(Clone, Debug)]
pub(crate) struct Payer {
    pub contact: Uuid,
    /// The user; nobody behind a link.
    pub user: Option<UserId>,
    /// The share link that they came by.
    pub link: Option<Uuid>,
    pub name: String,
}

impl Payer {
    /// Whoever is in the portal.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for whoever only looks.
    pub(crate) fn of_portal(cx: &Cx) -> ServiceResult<Self> {
        let actor = portal(cx)?;
        if actor.is_view_as() {
            return Err(ServiceError::NotFound);
        }
        Ok(Self {
            contact: actor.contact.into(),
            user: actor.user,
            link: None,
            name: if actor.details.name.is_empty() {
                actor.company.clone()
            } else {
                actor.details.name.clone()
            },
        })
    }

    /// Whoever has a link.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for a document of nobody's.
    pub(super) fn of_link(pass: &SharePass) -> ServiceResult<Self> {
        let (link, contact) = (&pass.link, pass.document.contact_id.ok_or(ServiceError::NotFound)?);
        let named = [&link.recipient, &link.email].into_iter().find(|name| !name.is_empty());
        let name = named.map_or_else(|| "Share link".to_owned(), |name| format!("{name} (share link)"));
        Ok(Self { contact, user: None, link: Some(link.id), name })
    }

    /// Whether a payment was begun by them.
    pub(super) fn began(&self, payment: &payment::Model) -> bool {
        payment.contact_id == self.contact
            && payment.user_id == self.user.map(Uuid::from)
            && payment.share_link_id == self.link
    }
}
