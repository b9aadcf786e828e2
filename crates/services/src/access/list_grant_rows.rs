use std::collections::{HashMap, HashSet};

use domain::{
    Instant,
    access::{GrantRow, GrantTable, PortalState, Right},
    ids::ContactId,
};
use entities::{contact, membership, user};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{StaffPass, email_index::EmailIndex, staff};
use crate::{Cx, ServiceResult};

/// The dialog shows no more contacts than this; larger companies are granted from the list, in parts.
const MOST_ROWS: u64 = 2_000;

/// The rows of the dialog *Grant portal access* for some contacts: each of them, and everybody under those
/// that are companies.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_grant_rows(cx: &Cx, chosen: &[ContactId]) -> ServiceResult<GrantTable> {
    let pass = staff(cx, Right::ManageAccess)?;
    let mut contacts = Vec::new();
    for ids in chosen.chunks(500) {
        contacts.extend(load_contacts(cx, &pass, ids).await?);
    }
    let mut seen = HashSet::new();
    contacts.retain(|contact: &contact::Model| seen.insert(contact.id));
    Ok(GrantTable { rows: rows_of(cx.db().pool(), &contacts).await? })
}

async fn load_contacts(cx: &Cx, pass: &StaffPass, ids: &[ContactId]) -> ServiceResult<Vec<contact::Model>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| Uuid::from(*id)).collect();
    // A person's key never is anybody's commercial entity but their own, so this adds people of companies only.
    let chosen_or_below = Condition::any()
        .add(contact::Column::Id.is_in(ids.iter().copied()))
        .add(contact::Column::EntityId.is_in(ids.iter().copied()));
    let mut contacts = pass
        .contacts()
        .filter(chosen_or_below)
        .filter(contact::Column::ArchivedAt.is_null())
        .order_by_asc(contact::Column::Name)
        .order_by_asc(contact::Column::Id)
        .limit(MOST_ROWS)
        .all(cx.db().pool())
        .await?;
    contacts.sort_by_key(|contact| contact.kind != "company");
    Ok(contacts)
}

/// The dialog's rows of contacts, in their order, with a fixed number of statements.
pub(super) async fn rows_of(
    connection: &impl ConnectionTrait,
    contacts: &[contact::Model],
) -> ServiceResult<Vec<GrantRow>> {
    let live = live_memberships(connection, contacts).await?;
    let emails = EmailIndex::load(connection, contacts.iter().map(|contact| contact.email.as_str())).await?;
    Ok(contacts
        .iter()
        .map(|contact| {
            let (state, last_authenticated) =
                live.get(&contact.id).map_or((PortalState::None, None), |(membership, user)| {
                    (portal_state(membership, user), user.last_authenticated_at.map(Instant::from_millis))
                });
            GrantRow {
                contact: ContactId(contact.id),
                name: contact.name.clone(),
                email: contact.email.clone(),
                email_state: emails.state(contact, &contact.email),
                state,
                last_authenticated,
            }
        })
        .collect())
}

/// The live membership of each contact, with its user.
pub(crate) async fn live_memberships(
    connection: &impl ConnectionTrait,
    contacts: &[contact::Model],
) -> ServiceResult<HashMap<Uuid, (membership::Model, user::Model)>> {
    let mut live = HashMap::new();
    for contacts in contacts.chunks(500) {
        let found = membership::Entity::find()
            .filter(membership::Column::ContactId.is_in(contacts.iter().map(|contact| contact.id)))
            .filter(membership::Column::State.ne("ended"))
            .find_also_related(user::Entity)
            .order_by_desc(membership::Column::Id)
            .all(connection)
            .await?;
        live.extend(found.into_iter().filter_map(|(membership, user)| {
            let user = user?;
            Some((membership.contact_id, (membership, user)))
        }));
    }
    Ok(live)
}

/// How far a membership's contact is into the portal.
pub(crate) fn portal_state(membership: &membership::Model, user: &user::Model) -> PortalState {
    match (membership.state.as_str(), user.status.as_str()) {
        ("pending" | "active", "disabled") => PortalState::Disabled,
        ("pending", _) => PortalState::Pending,
        ("active", "invited") => PortalState::Invited,
        ("active", _) => PortalState::Active,
        _ => PortalState::None,
    }
}
