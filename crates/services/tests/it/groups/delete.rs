use domain::{
    access::{Affected, GroupEffects, RowChange, RowOutcome},
    ids::GroupId,
};
use entities::membership;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use services::{
    ServiceError, ServiceResult,
    groups::{self, GroupDeleted},
};
use uuid::Uuid;

use super::{buyers, told};
use crate::support::{Portal, on_each_database};

async fn delete(portal: &Portal, id: GroupId, to: &str, seen: &str) -> ServiceResult<GroupDeleted> {
    groups::delete_group(&portal.system(), id, to, seen).await
}

fn effects(deleted: ServiceResult<GroupDeleted>) -> GroupEffects {
    match deleted {
        Ok(GroupDeleted::Confirm(effects)) => effects,
        other => panic!("no effects to confirm: {other:?}"),
    }
}

async fn members(portal: &Portal, group: GroupId) -> usize {
    let found = membership::Entity::find()
        .filter(membership::Column::GroupId.eq(Uuid::from(group)))
        .all(portal.portico.db.pool());
    found.await.expect("memberships").len()
}

#[test]
fn the_people_of_a_group_move_before_it_is_deleted() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let bob = portal.person(acme, "Bob", "bob@acme.example").await;
        let cid = portal.person(acme, "Cid", "cid@acme.example").await;
        for (contact, email) in
            [(ann, "ann@acme.example"), (bob, "bob@acme.example"), (cid, "cid@acme.example")]
        {
            portal.customer(contact, email).await;
            portal.regroup(contact, "limited").await;
        }
        portal.change(cid, "cid@acme.example", RowChange::Revoke).await;
        let (limited, visitors) = (portal.group("limited").await, portal.group("non_portal").await);
        let accounting = portal.group("accounting").await;
        let nowhere = [
            String::new(),
            limited.to_string(),
            visitors.to_string(),
            "x".to_owned(),
            Uuid::nil().to_string(),
        ];
        for to in nowhere {
            let refused = delete(&portal, limited, &to, "").await;
            assert!(
                matches!(&refused, Err(ServiceError::Invalid(errors)) if errors.get("move_to").is_some()),
                "{to}: {refused:?}"
            );
        }
        let to = accounting.to_string();
        let shown = effects(delete(&portal, limited, &to, "").await);
        assert_eq!(shown.affected, Affected::People(2));
        assert!(shown.changes.iter().any(|change| change.is_gain()));
        assert!(shown.changes.iter().any(|change| !change.is_gain()));
        assert_eq!(members(&portal, limited).await, 3, "nothing is deleted yet");

        for _ in 0..2 {
            let deleted = delete(&portal, limited, &to, &shown.confirmation).await;
            assert!(matches!(deleted, Ok(GroupDeleted::Done)), "{deleted:?}");
        }
        assert_eq!(members(&portal, accounting).await, 3);
        let gone = groups::get_group(&portal.system(), limited).await;
        assert!(matches!(gone, Err(ServiceError::NotFound)));
        let events: Vec<_> =
            told(&portal).await.into_iter().map(|(action, subject, _)| (action, subject)).collect();
        let event = |action: &str, subject: &str| (action.to_owned(), subject.to_owned());
        assert_eq!(
            events,
            [
                event("group.people_moved", "Ann"),
                event("group.people_moved", "Bob"),
                event("group.deleted", "Limited")
            ]
        );
        assert_eq!(told(&portal).await[0].2["after"]["group"], "Accounting");
    });
}

#[test]
fn an_end_that_is_undone_allows_nothing_once_its_group_is_gone() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        portal.regroup(ann, "limited").await;
        portal.change(ann, "ann@acme.example", RowChange::Revoke).await;
        let deleted = delete(&portal, portal.group("limited").await, "", "").await;
        assert!(matches!(deleted, Ok(GroupDeleted::Done)), "{deleted:?}");
        let undone = portal.change(ann, "ann@acme.example", RowChange::UndoRevoke).await;
        assert!(matches!(undone, RowOutcome::Done { .. }), "{undone:?}");
        assert_eq!(members(&portal, portal.group("none").await).await, 1);
    });
}

#[test]
fn a_group_that_nobody_has_is_deleted_at_once() {
    on_each_database(|portal| async move {
        let id = buyers(&portal).await;
        assert!(matches!(delete(&portal, id, "", "").await, Ok(GroupDeleted::Done)));
        assert_eq!(groups::list_groups(&portal.system()).await.expect("groups").len(), 6);
    });
}

#[test]
fn some_groups_stay() {
    on_each_database(|portal| async move {
        let to = portal.group("limited").await.to_string();
        for code in ["standard", "company_admin", "non_portal", "none"] {
            let id = portal.group(code).await;
            let refused = delete(&portal, id, &to, "").await;
            assert!(matches!(refused, Err(ServiceError::Refused(_))), "{code}: {refused:?}");
            let page = groups::get_group(&portal.system(), id).await.expect("still there");
            assert!(page.kept_because.is_some());
            assert!(
                page.others.iter().all(|(_, name)| name != "Non-portal users" && *name != page.form.name)
            );
        }
        assert!(told(&portal).await.is_empty());
    });
}
