//! Who may do what to which subscription.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::{
    access::{RowChange, StaffRole},
    api::ApiScope,
    documents::{DocumentAction, DocumentState},
    subscriptions::SubscriptionAction::{self, Cancel, Pause, Resume},
};
use entities::group_permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use services::{
    Cx, ServiceError,
    auth::{self, Face},
    documents,
    links::{self, SecureLinkOpened},
    subscriptions::get_subscription,
    view_as,
};
use uuid::Uuid;

use super::{ACTIONS, KIND, change, is_not_found, member, open, page, state};
use crate::{
    documents::document_id,
    support::{Portal, on_each_database, origin},
};

/// Nothing of it exists for them.
async fn finds_nothing(portal: &Portal, cx: &Cx, number: &str) {
    let id = document_id(portal, number).await;
    assert!(is_not_found(&get_subscription(cx, id).await), "{number}");
    for action in ACTIONS {
        assert!(is_not_found(&change(portal, cx, number, action).await), "{number} {action:?}");
    }
}

/// Bob with other permissions.
async fn bob(portal: &Portal, allows: &[&str]) -> Cx {
    let group = portal.new_group(&allows.join(" "), allows).await;
    portal.regroup_to(portal.imported("bob").await, group).await
}

async fn offered(portal: &Portal, cx: &Cx, number: &str) -> (Vec<SubscriptionAction>, bool) {
    let id = document_id(portal, number).await;
    let shown = documents::get_document(cx, KIND, id).await.expect("opens");
    (page(cx, id).await.actions, shown.actions.contains(&DocumentAction::Manage))
}

#[test]
fn pausing_and_ending_are_allowed_one_by_one() {
    on_each_database(|portal| async move {
        open(&portal).await;
        member(&portal, "bob", "company_admin").await;
        let changes = bob(&portal, &["subscriptions.view", "subscriptions.change"]).await;
        assert_eq!(offered(&portal, &changes, "SUB/ann").await, (vec![Pause], true));
        assert!(is_not_found(&change(&portal, &changes, "SUB/ann", Cancel).await));
        change(&portal, &changes, "SUB/ann", Pause).await.expect("pauses");
        assert_eq!(offered(&portal, &changes, "SUB/ann").await, (vec![Resume], true));
        assert!(is_not_found(&change(&portal, &changes, "SUB/old", Cancel).await), "also what ended");

        let ends = bob(&portal, &["subscriptions.view", "subscriptions.cancel"]).await;
        assert_eq!(offered(&portal, &ends, "SUB/ann").await, (vec![Cancel], true), "it leads to the page");
        let id = document_id(&portal, "SUB/ann").await;
        assert!(!page(&ends, id).await.may_change);
        for action in [Pause, Resume] {
            assert!(is_not_found(&change(&portal, &ends, "SUB/ann", action).await));
        }
        change(&portal, &ends, "SUB/ann", Cancel).await.expect("ends");

        let reader = bob(&portal, &["subscriptions.view"]).await;
        finds_nothing(&portal, &reader, "SUB/bob").await;
        let shown = documents::get_document(&reader, KIND, document_id(&portal, "SUB/bob").await).await;
        assert!(!shown.expect("reads").actions.contains(&DocumentAction::Manage));
        // Whoever may not see it changes nothing either.
        let blind = bob(&portal, &["subscriptions.change", "subscriptions.cancel"]).await;
        finds_nothing(&portal, &blind, "SUB/bob").await;
        assert_eq!(state(&portal, "SUB/bob").await, DocumentState::Active);
    });
}

#[test]
fn each_reaches_as_far_as_their_scope() {
    on_each_database(|portal| async move {
        open(&portal).await;
        member(&portal, "bob", "company_admin").await;
        let zoe = member(&portal, "zoe", "company_admin").await;
        finds_nothing(&portal, &zoe, "SUB/ann").await;
        change(&portal, &zoe, "SUB/zoe", Pause).await.expect("their own");

        let all = ["subscriptions.view", "subscriptions.change", "subscriptions.cancel"];
        let group = portal.new_group("Own", &all).await;
        // Sees all of the company's, and changes the own.
        group_permission::Entity::update_many()
            .col_expr(group_permission::Column::Scope, Expr::value("own"))
            .filter(group_permission::Column::GroupId.eq(Uuid::from(group)))
            .filter(group_permission::Column::Action.ne("view"))
            .exec(portal.portico.db.pool())
            .await
            .expect("narrows");
        let own = portal.regroup_to(portal.imported("bob").await, group).await;
        finds_nothing(&portal, &own, "SUB/ann").await;
        assert_eq!(offered(&portal, &own, "SUB/bob").await, (vec![Pause, Cancel], true));
        change(&portal, &own, "SUB/bob", Pause).await.expect("their own");
        assert_eq!(state(&portal, "SUB/ann").await, DocumentState::Active);
        assert_eq!(state(&portal, "SUB/bob").await, DocumentState::Paused);
    });
}

#[test]
fn those_without_a_login_of_their_own_change_nothing() {
    on_each_database(|portal| async move {
        open(&portal).await;
        let nobody = portal.anonymous();
        let id = document_id(&portal, "SUB/ann").await;
        assert!(matches!(get_subscription(&nobody, id).await, Err(ServiceError::Unauthenticated)));
        for action in ACTIONS {
            let told = change(&portal, &nobody, "SUB/ann", action).await;
            assert!(matches!(told, Err(ServiceError::Unauthenticated)), "{told:?}");
        }
        finds_nothing(&portal, &portal.program(&ApiScope::ALL.map(ApiScope::code)).await, "SUB/ann").await;
        finds_nothing(&portal, &portal.staff(StaffRole::Administrator).await, "SUB/ann").await;

        // Whoever has the secure link, even where links allow it.
        let group = Uuid::from(portal.group("non_portal").await);
        for action in ["view", "change", "cancel"] {
            let row = group_permission::Model {
                group_id: group,
                area: "subscriptions".to_owned(),
                action: action.to_owned(),
                scope: "company".to_owned(),
            };
            let row = sea_orm::IntoActiveModel::into_active_model(row);
            let first_stays = sea_orm::sea_query::OnConflict::new().do_nothing().to_owned();
            let insert = group_permission::Entity::insert(row).on_conflict(first_stays);
            insert.exec_without_returning(portal.portico.db.pool()).await.expect("a permission");
        }
        let portico = &portal.portico;
        let acme = portal.imported("acme").await;
        let link =
            links::secure_link_of(portico, portico.db.pool(), acme).await.expect("asks").expect("a link");
        let secret = link.rsplit('/').next().expect("a secret");
        let opened = links::open_secure_link(&portal.anonymous(), secret, false).await.expect("opens");
        let SecureLinkOpened::Visit(whose) = opened else { panic!("no visit") };
        let hash = Uuid::now_v7().to_string();
        auth::open_session(portico, &hash, whose, &origin()).await.expect("a session");
        let guest = auth::resolve_session(portico, &hash, Face::Portal, origin()).await.expect("resolves");
        let guest = guest.expect("in").cx;
        let shown = documents::get_document(&guest, KIND, id).await.expect("sees it");
        assert!(!shown.actions.contains(&DocumentAction::Manage));
        finds_nothing(&portal, &guest, "SUB/ann").await;
        assert_eq!(state(&portal, "SUB/ann").await, DocumentState::Active);
    });
}

#[test]
fn whoever_only_looks_or_lost_their_access_changes_nothing() {
    on_each_database(|portal| async move {
        open(&portal).await;
        let ann = member(&portal, "ann", "company_admin").await;
        let hash = portal.staff_session(StaffRole::Administrator).await;
        let own = auth::resolve_session(&portal.portico, &hash, Face::Own, origin()).await.expect("resolves");
        let contact = portal.imported("ann").await;
        view_as::begin_view(&own.expect("signed in").cx, contact, "", "Ann called").await.expect("begins");
        let looks = auth::resolve_session(&portal.portico, &hash, Face::Portal, origin()).await;
        let looks = looks.expect("resolves").expect("in").cx;
        let id = document_id(&portal, "SUB/ann").await;
        let shown = documents::get_document(&looks, KIND, id).await.expect("sees it");
        assert!(!shown.actions.contains(&DocumentAction::Manage));
        finds_nothing(&portal, &looks, "SUB/ann").await;

        let none = portal.regroup(contact, "none").await;
        finds_nothing(&portal, &none, "SUB/ann").await;
        portal.change(contact, "", RowChange::Revoke).await;
        assert!(portal.again(&ann).await.is_none());
        assert_eq!(state(&portal, "SUB/ann").await, DocumentState::Active);
    });
}
