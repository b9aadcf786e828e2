use domain::ids::ContactId;
use entities::contact;
use sea_orm::EntityTrait;
use serde_json::json;

use super::{secret, secure_link_of::is_open};
use crate::{
    Cx, ServiceResult,
    access::{Actor, Via, has_portal_user},
    audit::{self, Event},
    auth::{NewSession, PortalFace, show_portal_as},
};

/// Where a secure link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecureLinkOpened {
    /// Into the portal: the caller opens this session in place of the one at hand.
    Visit(NewSession),
    /// Into the portal, where the session at hand is already.
    Portal,
    /// To sign-in: the customer has portal users, so that the link is no use alone.
    SignIn,
    /// To the customer's page: staff are signed in, and the customer has portal users.
    Customer(ContactId),
    /// Nowhere yet: somebody else's session is at hand, and has to be ended first.
    Ask {
        /// The customer whose link it is.
        customer: String,
        /// Who is signed in.
        name: String,
        /// For which company.
        company: String,
    },
    /// Nowhere: no link, an old one, one that is switched off, or one of an archived customer.
    Nothing,
}

/// Opens a customer's secure link. `leave` says that the session at hand may end for it.
///
/// Staff stay signed in: their portal side shows what the link gives, in place of what it showed before.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// When the database fails.
pub async fn open_secure_link(cx: &Cx, typed: &str, leave: bool) -> ServiceResult<SecureLinkOpened> {
    let Some(claim) = secret::read(typed) else { return Ok(SecureLinkOpened::Nothing) };
    let found = contact::Entity::find_by_id(claim.customer).one(cx.db().pool()).await?;
    let proven = found.filter(|customer| claim.is_proven(&cx.portico, customer) && is_open(customer));
    let Some(customer) = proven else { return Ok(SecureLinkOpened::Nothing) };
    let id = ContactId(customer.id);
    if let Some(actor) = cx.actor().as_portal() {
        if actor.entity == id {
            return Ok(SecureLinkOpened::Portal);
        }
        if !matches!(actor.via, Via::SecureLink) && !leave {
            let (name, company) = (actor.details.name.clone(), actor.company.clone());
            return Ok(SecureLinkOpened::Ask { customer: customer.name, name, company });
        }
    }
    let is_staff = cx.actor().as_staff().is_some();
    if has_portal_user(cx.db().pool(), id).await? {
        return Ok(if is_staff { SecureLinkOpened::Customer(id) } else { SecureLinkOpened::SignIn });
    }
    let transaction = cx.begin().await?;
    let visitor = Actor::system("somebody with the secure link");
    let opener = if is_staff { cx.clone() } else { cx.with_actor(visitor) };
    let event = Event {
        action: "secure_link.opened",
        subject: &customer.name,
        subject_id: Some(customer.id),
        entity_id: Some(customer.id),
        data: json!({}),
    };
    audit::record(&opener, &transaction, event).await?;
    let opened = match cx.session().filter(|_| is_staff) {
        Some(session) => {
            show_portal_as(&transaction, session, PortalFace::Visitor(id)).await?;
            SecureLinkOpened::Portal
        }
        None => SecureLinkOpened::Visit(NewSession { contact: Some(id), ..NewSession::default() }),
    };
    transaction.commit().await?;
    Ok(opened)
}
