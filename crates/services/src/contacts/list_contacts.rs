use std::collections::HashMap;

use domain::{
    Page,
    access::{PortalState, Right},
    contacts::{ContactFilter, ContactKind, ContactRow},
    ids::ContactId,
};
use entities::{contact, membership, user};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationTrait, Select,
};
use uuid::Uuid;

use super::search::searched;
use crate::{
    Cx, ServiceResult,
    access::{Live, live_where, portal_state, staff},
    page::{self, Seek},
};

/// Contacts by name, filtered, a page at a time.
///
/// # Permissions
/// [`Right::ReadContacts`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_contacts(cx: &Cx, filter: &ContactFilter) -> ServiceResult<Page<ContactRow>> {
    let pass = staff(cx, Right::ReadContacts)?;
    let (way, start) = page::seek::<String>(&filter.page);
    let is_first = start.is_none();
    let mut query = filtered(cx, pass.contacts(), filter).await?;
    if let Some((name, id)) = start {
        let (name_column, id_column) = (contact::Column::NameKey, contact::Column::Id);
        query = query.filter(match way {
            // The first bound lets the index start at the page, however deep it is.
            Seek::Forward => Condition::all()
                .add(name_column.gte(&name))
                .add(Condition::any().add(name_column.gt(&name)).add(id_column.gt(id))),
            Seek::Backward => Condition::all()
                .add(name_column.lte(&name))
                .add(Condition::any().add(name_column.lt(&name)).add(id_column.lt(id))),
        });
    }
    let order = if way == Seek::Forward { Order::Asc } else { Order::Desc };
    let query = query.order_by(contact::Column::NameKey, order.clone()).order_by(contact::Column::Id, order);
    let found = page::read(cx, query, way, is_first, |row| (row.name_key.clone(), row.id)).await?;
    let ids = found.items.iter().map(|contact| contact.id);
    let theirs = Condition::all().add(membership::Column::ContactId.is_in(ids));
    let live = live_where(cx.db().pool(), theirs, u64::MAX / 2).await?;
    let rows = to_rows(cx, &found.items, &live).await?;
    Ok(Page { items: rows, previous: found.previous, next: found.next })
}

/// Contacts that a list's filter finds. On SQLite one statement, which looks how rare what is searched for is.
pub(crate) async fn filtered(
    cx: &Cx,
    mut query: Select<contact::Entity>,
    filter: &ContactFilter,
) -> ServiceResult<Select<contact::Entity>> {
    query = if filter.archived {
        query.filter(contact::Column::ArchivedAt.is_not_null())
    } else {
        query.filter(contact::Column::ArchivedAt.is_null())
    };
    if let Some(found) = searched(cx.db().pool(), &filter.search).await? {
        query = query.filter(found);
    }
    if let Some(kind) = filter.kind {
        query = query.filter(contact::Column::Kind.eq(kind.code()));
    }
    Ok(match filter.state {
        None => query,
        Some(PortalState::None) => query.filter(contact::Column::Id.not_in_subquery(in_portal(None))),
        Some(state) => query.filter(contact::Column::Id.in_subquery(in_portal(Some(state)))),
    })
}

/// The contacts with a live membership, in one state or any.
fn in_portal(state: Option<PortalState>) -> sea_orm::sea_query::SelectStatement {
    let live = membership::Entity::find()
        .select_only()
        .column(membership::Column::ContactId)
        .join(JoinType::InnerJoin, membership::Relation::User.def());
    let matching = match state {
        Some(PortalState::Pending) => Condition::all()
            .add(membership::Column::State.eq("pending"))
            .add(user::Column::Status.ne("disabled")),
        Some(PortalState::Invited) => Condition::all()
            .add(membership::Column::State.eq("active"))
            .add(user::Column::Status.eq("invited")),
        Some(PortalState::Active) => Condition::all()
            .add(membership::Column::State.eq("active"))
            .add(user::Column::Status.eq("active")),
        Some(PortalState::Disabled) => Condition::all()
            .add(membership::Column::State.ne("ended"))
            .add(user::Column::Status.eq("disabled")),
        Some(PortalState::None) | None => Condition::all().add(membership::Column::State.ne("ended")),
    };
    live.filter(matching).into_query()
}

/// Contacts as lists show them, with what is known of their memberships: one statement for any number.
pub(super) async fn to_rows(
    cx: &Cx,
    contacts: &[contact::Model],
    live: &[Live],
) -> ServiceResult<Vec<ContactRow>> {
    let states: HashMap<Uuid, PortalState> =
        live.iter().map(|live| (live.contact.id, portal_state(&live.membership, &live.user))).collect();
    let parents = names(cx, contacts.iter().filter_map(|contact| contact.parent_id)).await?;
    Ok(contacts
        .iter()
        .map(|contact| ContactRow {
            id: ContactId(contact.id),
            kind: ContactKind::parse(&contact.kind).unwrap_or(ContactKind::Person),
            name: contact.name.clone(),
            parent: contact.parent_id.and_then(|parent| parents.get(&parent).cloned()),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            city: contact.city.clone(),
            state: states.get(&contact.id).copied().unwrap_or(PortalState::None),
        })
        .collect())
}

/// The names of contacts: one statement for any number.
pub(crate) async fn names(cx: &Cx, ids: impl Iterator<Item = Uuid>) -> ServiceResult<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(Uuid, String)> = contact::Entity::find()
        .select_only()
        .columns([contact::Column::Id, contact::Column::Name])
        .filter(contact::Column::Id.is_in(ids))
        .into_tuple()
        .all(cx.db().pool())
        .await?;
    Ok(found.into_iter().collect())
}
