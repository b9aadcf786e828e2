//! What happened to a user, and what they did.

use domain::{Instant, access::StaffRole, users::TrailEvent};
use entities::audit_event;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Query, SelectStatement},
};
use serde_json::Value;
use uuid::Uuid;

use crate::ServiceResult;

/// How many events a page shows.
const MOST: u64 = 50;

/// The newest events of which a user is subject or actor, and those of access as one of their contacts.
pub(super) async fn newest(
    connection: &impl ConnectionTrait,
    user: Uuid,
    contacts: &[Uuid],
) -> ServiceResult<Vec<TrailEvent>> {
    let access = Condition::all()
        .add(audit_event::Column::SubjectId.is_in(contacts.iter().copied()))
        .add(audit_event::Column::Action.starts_with("access."));
    // Each part reads its own index from the end; together they would be sorted as a whole.
    let mut any = Condition::any()
        .add(
            audit_event::Column::Id
                .in_subquery(newest_of(Condition::all().add(audit_event::Column::SubjectId.eq(user)))),
        )
        .add(
            audit_event::Column::Id
                .in_subquery(newest_of(Condition::all().add(audit_event::Column::ActorId.eq(user)))),
        );
    if !contacts.is_empty() {
        any = any.add(audit_event::Column::Id.in_subquery(newest_of(access)));
    }
    let found = audit_event::Entity::find()
        .filter(any)
        .order_by_desc(audit_event::Column::Id)
        .limit(MOST)
        .all(connection)
        .await?;
    Ok(found.into_iter().map(to_event).collect())
}

fn newest_of(which: Condition) -> SelectStatement {
    let newest = audit_event::Entity::find()
        .select_only()
        .column(audit_event::Column::Id)
        .filter(which)
        .order_by_desc(audit_event::Column::Id)
        .limit(MOST)
        .into_query();
    Query::select().column("id").from_subquery(newest, "newest").to_owned()
}

fn to_event(event: audit_event::Model) -> TrailEvent {
    // Whoever signs in has not been signed in before.
    let actor = if event.action == "user.signed_in" {
        event.subject.clone()
    } else if event.on_behalf_of.is_empty() {
        event.actor
    } else {
        format!("{} on behalf of {}", event.actor, event.on_behalf_of)
    };
    TrailEvent {
        at: Instant::from_millis(event.at),
        what: words(&event.action),
        subject: event.subject,
        actor,
        detail: detail(&event.data),
        address: event.address,
    }
}

/// An action as people read it: *Login changed* for `user.login_changed`.
fn words(action: &str) -> String {
    let (area, what) = action.split_once('.').unwrap_or(("", action));
    let text = match area {
        "user" | "" => what.replace('_', " "),
        _ => format!("{area} {}", what.replace('_', " ")),
    };
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Before and after, in a line.
fn detail(data: &Value) -> String {
    let Value::Object(fields) = data else { return String::new() };
    if let (Some(before), Some(after)) = (fields.get("before"), fields.get("after")) {
        return match (before, after) {
            (Value::Object(before), Value::Object(after)) => after
                .iter()
                .map(|(name, after)| {
                    let before = before.get(name).map(plain).unwrap_or_default();
                    format!("{}: {before} → {}", name.replace('_', " "), plain(after))
                })
                .collect::<Vec<_>>()
                .join("; "),
            _ => format!("{} → {}", plain(before), plain(after)),
        };
    }
    let shown = fields.iter().filter(|(_, value)| !value.is_null());
    shown
        .map(|(name, value)| format!("{}: {}", name.replace('_', " "), plain(value)))
        .collect::<Vec<_>>()
        .join("; ")
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => {
            StaffRole::parse(text).map_or_else(|| text.clone(), |role| role.label().to_owned())
        }
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Null => String::new(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn events_read_as_sentences() {
        assert_eq!(words("user.login_changed"), "Login changed");
        assert_eq!(words("access.granted"), "Access granted");
        assert_eq!(words(""), "");
        assert_eq!(detail(&json!({ "before": "a@x", "after": "b@x" })), "a@x → b@x");
        let both =
            json!({ "before": { "name": "Ann", "on": false }, "after": { "name": "Anne", "on": true } });
        assert_eq!(detail(&both), "name: Ann → Anne; on: no → yes");
        assert_eq!(
            detail(&json!({ "login": "a@x", "changed": null, "of": [1, "b"] })),
            "login: a@x; of: 1, b"
        );
    }
}
