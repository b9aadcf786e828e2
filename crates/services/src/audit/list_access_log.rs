use std::collections::HashSet;

use domain::{
    Page, PageRequest,
    access::Permission,
    audit::{AccessLogRow, ActionGroup, words},
};
use entities::{audit_event, user};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    changes,
    reach::{in_group, when},
};
use crate::{
    Cx, ServiceResult,
    access::portal_scope,
    page::{self, Seek},
};

/// What customers read of: the access of their people, and whoever looked at it.
const SHOWN: [ActionGroup; 5] = [
    ActionGroup::Access,
    ActionGroup::ViewAs,
    ActionGroup::SignIn,
    ActionGroup::Users,
    ActionGroup::Contacts,
];

/// People who act before they are signed in, in the words of the audit trail.
const BY_LINK: [&str; 3] = ["invitation link", "nobody signed in", "somebody with the secure link"];

/// What happened around the access of a customer's people, newest first: who was let in, who signed in, and
/// which of them staff looked at the portal as, with the reason. Staff are named as the business's, and
/// nothing of where they sit is told.
///
/// # Permissions
/// [`Permission::AccessLogView`], in its scope.
///
/// # Errors
/// When the actor lacks the permission, or the database fails.
pub async fn list_access_log(cx: &Cx, page: &PageRequest) -> ServiceResult<Page<AccessLogRow>> {
    let scope = portal_scope(cx, Permission::AccessLogView)?;
    let whose = scope.whose(
        Expr::col((audit_event::Entity, audit_event::Column::SubjectId)),
        Expr::col((audit_event::Entity, audit_event::Column::EntityId)),
    );
    let shown = SHOWN.into_iter().map(in_group).fold(Condition::any(), Condition::add);
    let (way, start) = page::seek::<()>(page);
    let is_first = start.is_none();
    let mut query = audit_event::Entity::find().filter(whose).filter(shown);
    if let Some(((), id)) = start {
        query = query.filter(match way {
            Seek::Forward => audit_event::Column::Id.lt(id),
            Seek::Backward => audit_event::Column::Id.gt(id),
        });
    }
    let order = if way == Seek::Forward { Order::Desc } else { Order::Asc };
    let query = query.order_by(audit_event::Column::Id, order);
    let found = page::read(cx, query, way, is_first, |event| ((), event.id)).await?;
    let customers = customers(cx, &found.items).await?;
    Ok(found.map(|event| to_row(cx, event, &customers)))
}

/// Which of the actors are portal users; everybody else is the business.
pub(super) async fn customers(cx: &Cx, events: &[audit_event::Model]) -> ServiceResult<HashSet<Uuid>> {
    let mut ids: Vec<Uuid> = events.iter().filter_map(|event| event.actor_id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let found: Vec<Uuid> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::Id.is_in(ids))
        .filter(user::Column::Kind.eq("portal"))
        .into_tuple()
        .all(cx.db().pool())
        .await?;
    Ok(found.into_iter().collect())
}

fn to_row(cx: &Cx, event: audit_event::Model, customers: &HashSet<Uuid>) -> AccessLogRow {
    let business = &cx.config().business;
    let (by, is_theirs) = match event.actor_id {
        Some(id) if customers.contains(&id) => (event.actor, true),
        Some(_) => (format!("{business} staff"), false),
        None if BY_LINK.contains(&event.actor.as_str()) => (capitalised(&event.actor), true),
        None => (business.clone(), false),
    };
    AccessLogRow {
        when: when(cx, event.at),
        what: words(&event.action),
        subject: event.subject,
        by,
        reason: changes::fact(&event.data, "reason"),
        address: Some(event.address).filter(|address| is_theirs && !address.is_empty()),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
