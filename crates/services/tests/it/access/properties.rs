//! Whatever people try, in whatever order: nobody ends with rights that the giver could not give, and nobody
//! who manages contacts changes a staff user.

use std::collections::HashMap;

use domain::{
    access::{Permission, PermissionSet, RowChange, RowRequest, ScopeKind, StaffRole, may_give},
    ids::{ContactId, GroupId},
};
use entities::{group, group_permission, membership, user};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use services::{Cx, access};
use uuid::Uuid;

use crate::support::{Portal, on_each_database, rounds};

/// A group that always manages members, and holds whatever else.
fn permissions() -> impl Strategy<Value = PermissionSet> {
    let scope = prop_oneof![Just(ScopeKind::Own), Just(ScopeKind::Company), Just(ScopeKind::CompanyTree)];
    let held = prop::collection::vec((prop::sample::select(Permission::ALL), scope), 0..12);
    let always = [Permission::MembersInvite, Permission::MembersEdit, Permission::MembersRemove];
    held.prop_map(move |held| {
        held.into_iter().chain(always.map(|permission| (permission, ScopeKind::Company))).collect()
    })
}

fn runner() -> TestRunner {
    TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn pick<T>(runner: &mut TestRunner, strategy: &impl Strategy<Value = T>) -> T {
    strategy.new_tree(runner).expect("a value").current()
}

async fn insert_group(portal: &Portal, name: String, permissions: &PermissionSet) -> GroupId {
    let id = portal.new_group(&name, &[]).await;
    let rows = permissions.iter().map(|(permission, scope)| group_permission::ActiveModel {
        group_id: Set(id.into()),
        area: Set(permission.area().to_owned()),
        action: Set(permission.action().to_owned()),
        scope: Set(scope.code().to_owned()),
    });
    let insert = group_permission::Entity::insert_many(rows);
    insert.exec_without_returning(portal.portico.db.pool()).await.expect("permissions");
    id
}

/// Who is in which group.
async fn groups_of(portal: &Portal, people: &[ContactId]) -> HashMap<ContactId, GroupId> {
    let found = membership::Entity::find()
        .filter(membership::Column::State.ne("ended"))
        .all(portal.portico.db.pool())
        .await
        .expect("memberships");
    found
        .into_iter()
        .map(|membership| (ContactId(membership.contact_id), GroupId(membership.group_id)))
        .filter(|(contact, _)| people.contains(contact))
        .collect()
}

#[test]
fn nobody_ends_with_more_than_the_giver_had() {
    on_each_database(|portal| async move {
        let mut runner = runner();
        let company = portal.company("Acme").await;
        let mut sets: HashMap<GroupId, PermissionSet> = HashMap::new();
        for number in 0..12 {
            let set = pick(&mut runner, &permissions());
            sets.insert(insert_group(&portal, format!("Group {number}"), &set).await, set);
        }
        let groups: Vec<GroupId> = sets.keys().copied().collect();
        let mut people: Vec<(ContactId, Cx)> = Vec::new();
        for (number, group) in groups.iter().take(6).enumerate() {
            let email = format!("p{number}@acme.example");
            let person = portal.person(company, &format!("Person {number}"), &email).await;
            portal.customer(person, &email).await;
            let cx = portal.regroup_to(person, *group).await;
            people.push((person, cx));
        }
        let everybody: Vec<ContactId> = people.iter().map(|(person, _)| *person).collect();
        let which = (0..people.len(), 0..people.len(), 0..groups.len(), 0..3_u8);
        for _ in 0..rounds(400, 10_000) {
            let (by, on, group, what) = pick(&mut runner, &which);
            let before = groups_of(&portal, &everybody).await;
            let Some(cx) = portal.again(&people[by].1).await else { continue };
            let own = &sets[&before[&people[by].0]];
            let (target, given) = (people[on].0, groups[group]);
            match what {
                0 => drop(access::edit_member(&cx, target, &given.to_string()).await),
                1 => {
                    let email = format!("new-{}@acme.example", Uuid::now_v7());
                    let invited = access::invite_member(&cx, "New", &email, &given.to_string()).await;
                    assert_eq!(invited.is_ok(), may_give(own, &sets[&given]));
                }
                _ => drop(access::remove_member(&cx, target).await),
            }
            let after = groups_of(&portal, &everybody).await;
            for (person, group) in &before {
                match after.get(person) {
                    Some(now) if now == group => {}
                    // Whoever was changed was not above the giver, and is not now.
                    Some(now) => {
                        assert!(may_give(own, &sets[now]) && may_give(own, &sets[group]));
                        assert_eq!(*person, target);
                    }
                    None => assert!(may_give(own, &sets[group]) && *person == target),
                }
            }
            let manages = |group: &GroupId| sets[group].scope_of(Permission::MembersEdit).is_some();
            assert!(after.values().any(manages), "somebody is left who manages members");
        }
    });
}

#[test]
fn no_contact_manager_changes_a_staff_user() {
    on_each_database(|portal| async move {
        let mut runner = runner();
        let manager = portal.staff(StaffRole::ContactManager).await;
        let mut logins = vec!["ann@acme.example".to_owned(), "not-an-email".to_owned(), String::new()];
        for role in [StaffRole::Staff, StaffRole::ContactManager, StaffRole::Administrator] {
            logins.push(portal.staff(role).await.actor().me().expect("signed in").login);
        }
        let company = portal.company("Acme").await;
        let mut contacts = vec![company];
        for login in &logins {
            contacts.push(portal.person(company, "Somebody", login).await);
        }
        let staff = async || {
            user::Entity::find()
                .filter(user::Column::Kind.eq("staff"))
                .order_by_asc(user::Column::Id)
                .all(portal.portico.db.pool())
                .await
                .expect("staff")
        };
        let all = group::Entity::find().all(portal.portico.db.pool()).await.expect("groups");
        let before = staff().await;
        let changes = prop::sample::select(vec![
            RowChange::Grant,
            RowChange::Reinvite,
            RowChange::Revoke,
            RowChange::UndoRevoke,
            RowChange::Regroup,
        ]);
        let which = (0..contacts.len(), 0..logins.len(), changes, 0..all.len());
        for _ in 0..rounds(400, 10_000) {
            let (contact, email, change, group) = pick(&mut runner, &which);
            let request = RowRequest {
                contact: contacts[contact],
                // As typed by somebody who tries.
                email: format!(" {}", logins[email].to_uppercase()),
                change,
                group: Some(GroupId(all[group].id)),
            };
            access::change_access(&manager, &[request], "").await.expect("answers");
        }
        assert_eq!(staff().await, before);
        let ids = before.iter().map(|user| user.id);
        let theirs = membership::Entity::find().filter(membership::Column::UserId.is_in(ids));
        assert!(theirs.one(portal.portico.db.pool()).await.expect("looks").is_none());
    });
}
