//! Who pays.

use domain::ids::UserId;
use entities::payment;
use uuid::Uuid;

use crate::{Cx, ServiceError, ServiceResult, access::portal};

/// Whoever pays, for whom.
#[derive(Clone, Debug)]
pub(crate) struct Payer {
    pub contact: Uuid,
    /// The user; nobody behind a link.
    pub user: Option<UserId>,
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
            name: if actor.details.name.is_empty() {
                actor.company.clone()
            } else {
                actor.details.name.clone()
            },
        })
    }

    /// Whether a payment was begun by them.
    pub(super) fn began(&self, payment: &payment::Model) -> bool {
        payment.contact_id == self.contact && payment.user_id == self.user.map(Uuid::from)
    }
}
