//! Permission groups: who may edit them, what must stay, and that a change acts at the next request.

mod change;
mod default;
mod delete;

use domain::{
    access::{GroupEffects, GroupForm, Permission, ScopeKind, StaffRole},
    ids::{ContactId, GroupId},
};
use entities::audit_event;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use services::{
    Cx, ServiceError, ServiceResult,
    auth::{self, Face, NewSession},
    groups::{self, GroupSaved},
};
use uuid::Uuid;

use crate::support::{Portal, on_each_database, origin};

async fn form_of(portal: &Portal, id: GroupId) -> GroupForm {
    groups::get_group(&portal.system(), id).await.expect("a group").form
}

/// Saves without having seen what it does.
async fn save(portal: &Portal, id: Option<GroupId>, form: &GroupForm) -> ServiceResult<GroupSaved> {
    groups::save_group(&portal.system(), id, form, "").await
}

fn effects(saved: ServiceResult<GroupSaved>) -> GroupEffects {
    match saved {
        Ok(GroupSaved::Confirm { effects, .. }) => effects,
        other => panic!("no effects to confirm: {other:?}"),
    }
}

fn done(saved: ServiceResult<GroupSaved>) -> GroupId {
    match saved {
        Ok(GroupSaved::Done(id)) => id,
        other => panic!("not saved: {other:?}"),
    }
}

/// Saves once the effects were seen.
async fn save_confirmed(portal: &Portal, id: GroupId, form: &GroupForm) {
    let seen = effects(save(portal, Some(id), form).await).confirmation;
    done(groups::save_group(&portal.system(), Some(id), form, &seen).await);
}

fn wrong(saved: ServiceResult<GroupSaved>) -> Vec<String> {
    match saved {
        Err(ServiceError::Invalid(errors)) => errors.iter().map(|(field, _)| field.to_owned()).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

/// A new group that lets see sales.
async fn buyers(portal: &Portal) -> GroupId {
    let mut form = GroupForm { name: "Buyers".into(), ..GroupForm::default() };
    form.permissions.allow(Permission::SalesView, ScopeKind::Company);
    done(save(portal, None, &form).await)
}

/// The audit trail's events of a group feature, oldest first.
async fn told(portal: &Portal) -> Vec<(String, String, Value)> {
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::Action.starts_with("group."))
        .order_by_asc(audit_event::Column::Id)
        .all(portal.portico.db.pool())
        .await
        .expect("events");
    events.into_iter().map(|event| (event.action, event.subject, event.data)).collect()
}

/// A session that stays open, to be resolved again and again as the server does for each request.
struct Open {
    portal: Portal,
    hash: String,
}

impl Open {
    async fn of(portal: &Portal, contact: ContactId, email: &str) -> Self {
        portal.customer(contact, email).await;
        let hash = Uuid::now_v7().to_string();
        let (user, membership) = portal.member(contact).await;
        let whose = NewSession { user: Some(user), membership: Some(membership), ..Default::default() };
        auth::open_session(&portal.portico, &hash, whose, &origin()).await.expect("a session");
        Self { portal: portal.clone(), hash }
    }

    /// Their next request.
    async fn next(&self) -> Cx {
        let view = auth::resolve_session(&self.portal.portico, &self.hash, Face::Portal, origin()).await;
        view.expect("resolves").expect("still signed in").cx
    }
}

#[test]
fn only_administrators_get_in() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let customer = portal.customer(ann, "ann@acme.example").await;
        let limited = portal.group("limited").await;
        let form = form_of(&portal, limited).await;
        let before = groups::list_groups(&portal.system()).await.expect("groups");
        let people = [
            (portal.anonymous(), None),
            (customer, Some(false)),
            (portal.staff(StaffRole::Staff).await, Some(false)),
            (portal.staff(StaffRole::ContactManager).await, Some(false)),
            (portal.staff(StaffRole::Administrator).await, Some(true)),
        ];
        for (cx, may) in people {
            let renamed = GroupForm { name: "Renamed".into(), ..form.clone() };
            let fresh = GroupForm { name: "Fresh".into(), ..GroupForm::default() };
            let answers = [
                groups::list_groups(&cx).await.map(|_| ()),
                groups::get_group(&cx, limited).await.map(|_| ()),
                groups::save_group(&cx, Some(limited), &renamed, "").await.map(|_| ()),
                groups::save_group(&cx, None, &fresh, "").await.map(|_| ()),
                groups::delete_group(&cx, limited, "", "").await.map(|_| ()),
            ];
            for answer in answers {
                match may {
                    None => assert!(matches!(answer, Err(ServiceError::Unauthenticated)), "{answer:?}"),
                    Some(false) => assert!(matches!(answer, Err(ServiceError::NotFound)), "{answer:?}"),
                    Some(true) => assert!(answer.is_ok(), "{answer:?}"),
                }
            }
            if may != Some(true) {
                assert_eq!(groups::list_groups(&portal.system()).await.expect("groups"), before);
                assert!(told(&portal).await.is_empty());
            }
        }
    });
}

#[test]
fn the_list_says_who_has_which_group() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let bob = portal.person(acme, "Bob", "bob@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        // Not claimed yet, and counts.
        portal.change(bob, "bob@acme.example", domain::access::RowChange::Grant).await;
        let (rows, statements) = portal.statements_of(groups::list_groups(&portal.system())).await;
        assert_eq!(statements, 2);
        let shown: Vec<_> = rows
            .expect("groups")
            .into_iter()
            .map(|row| (row.name, row.people, row.is_default, row.is_for_visitors))
            .collect();
        let row = |name: &str, people, is_default, is_for_visitors| {
            (name.to_owned(), people, is_default, is_for_visitors)
        };
        assert_eq!(
            shown,
            [
                row("Accounting", 0, false, false),
                row("Company admin", 0, false, false),
                row("Limited", 0, false, false),
                row("No access", 0, false, false),
                row("Non-portal users", 0, false, true),
                row("Standard", 2, true, false),
            ]
        );
        portal.change(bob, "bob@acme.example", domain::access::RowChange::Revoke).await;
        let rows = groups::list_groups(&portal.system()).await.expect("groups");
        assert_eq!(rows.iter().map(|row| row.people).sum::<i64>(), 1, "who lost access is not counted");
    });
}
