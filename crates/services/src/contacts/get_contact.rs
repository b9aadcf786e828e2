use domain::{
    access::{PortalUser, Right},
    contacts::{ContactForm, ContactKind, ContactPage},
    ids::ContactId,
};
use entities::{address, contact};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect};

use super::list_contacts::to_rows;
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{Live, live_where, staff},
    addresses, links,
};

/// How many people a company's page shows.
const MOST_PEOPLE: u64 = 100;
/// How many portal users it shows.
const MOST_PORTAL_USERS: u64 = 1_000;

/// A contact's page, with the people under it.
///
/// # Permissions
/// [`Right::ReadContacts`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such contact or the actor lacks the right.
pub async fn get_contact(cx: &Cx, id: ContactId) -> ServiceResult<ContactPage> {
    let pass = staff(cx, Right::ReadContacts)?;
    let found = pass.contact(id).find_with_related(address::Entity).all(cx.db().pool()).await?;
    let (found, addresses) = found.into_iter().next().ok_or(ServiceError::NotFound)?;
    let addresses = addresses::for_staff(addresses, &found.name);
    let mut related = pass
        .contacts()
        .filter(contact::Column::ParentId.eq(found.id))
        .filter(contact::Column::ArchivedAt.is_null())
        .order_by_asc(contact::Column::NameKey)
        .limit(MOST_PEOPLE + 1)
        .all(cx.db().pool())
        .await?;
    let shown = usize::try_from(MOST_PEOPLE).unwrap_or(usize::MAX);
    let more_people = related.len() > shown;
    related.truncate(shown);
    // Everybody of the customer, and what hangs under it: one statement for the portal users and all states.
    let theirs = Condition::any()
        .add(contact::Column::EntityId.eq(found.entity_id))
        .add(contact::Column::ParentId.eq(found.id));
    let live = live_where(cx.db().pool(), theirs, MOST_PORTAL_USERS).await?;
    // The contact goes along so that its own state and parent cost no further statements.
    related.insert(0, found);
    let mut rows = to_rows(cx, &related, &live).await?.into_iter();
    let (Some(own), Some(found)) = (rows.next(), related.into_iter().next()) else {
        return Err(ServiceError::NotFound);
    };
    let may_manage = staff(cx, Right::ManageAccess).is_ok();
    let mut portal_users: Vec<PortalUser> = live
        .iter()
        .filter(|live| may_manage && live.contact.entity_id == found.entity_id)
        .map(Live::to_portal_user)
        .collect();
    portal_users.sort_by_key(|user| !user.is_customer);
    let has_portal_user = live.iter().any(|live| live.contact.entity_id == found.id);
    let secure_link = if may_manage { links::shown(&cx.portico, &found, has_portal_user) } else { None };
    Ok(ContactPage {
        id,
        kind: own.kind,
        parent: found.parent_id.map(ContactId).zip(own.parent),
        state: own.state,
        archived: found.archived_at.is_some(),
        people: rows.collect(),
        more_people,
        customer: ContactId(found.entity_id),
        portal_users,
        secure_link,
        addresses,
        form: to_form(found, own.kind),
    })
}

fn to_form(contact: contact::Model, kind: ContactKind) -> ContactForm {
    ContactForm {
        name: contact.name,
        kind: kind.code().to_owned(),
        parent: contact.parent_id.map(|id| id.to_string()).unwrap_or_default(),
        email: contact.email,
        phone: contact.phone,
        street: contact.street,
        street2: contact.street2,
        zip: contact.zip,
        city: contact.city,
        state: contact.state_code,
        country: contact.country_code,
        vat: contact.vat,
        reference: contact.reference,
        website: contact.website,
        comment: contact.comment,
        version: contact.version,
    }
}
