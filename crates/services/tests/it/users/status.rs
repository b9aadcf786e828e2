use domain::{
    access::{RowChange, RowOutcome, StaffRole},
    ids::{MembershipId, UserId},
};
use entities::membership;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use services::{ServiceError, auth, users};

use super::{id_of, newest_event, page_of, user_of};
use crate::support::{PASSWORD, Portal, on_each_database};

async fn open(portal: &Portal, user: UserId) -> Option<auth::SessionView> {
    let theirs = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user.0))
        .one(portal.portico.db.pool())
        .await
        .expect("looks");
    portal.signed_in(user, theirs.map(|membership| MembershipId(membership.id))).await
}

#[test]
fn a_disabled_login_is_out_at_once_and_comes_back_with_its_password() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        portal.customer(ann, "ann@acme.example").await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let id = id_of(&portal, "ann@acme.example").await;
        users::disable_user(&cx, id).await.expect("disables");
        users::disable_user(&cx, id).await.expect("a double click");
        assert!(page_of(&cx, id).await.sessions.is_empty());
        assert!(open(&portal, id).await.is_none(), "a session that was just opening is dead too");
        assert!(auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.is_err());
        let event = newest_event(&portal, "user.disabled").await.expect("an event");
        assert_eq!((event.data["before"].as_str(), event.entity_id), (Some("active"), Some(acme.0)));

        // Nobody can be granted a disabled login.
        let bob = portal.person(acme, "Bob", "").await;
        let outcome = portal.change(bob, "ann@acme.example", RowChange::Grant).await;
        assert!(
            matches!(&outcome, RowOutcome::Refused { reason, .. } if reason.contains("disabled")),
            "{outcome:?}"
        );

        users::enable_user(&cx, id).await.expect("enables");
        users::enable_user(&cx, id).await.expect("a double click");
        assert!(auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.is_ok());
        let trail: Vec<String> =
            page_of(&cx, id).await.trail.into_iter().map(|event| event.what).take(3).collect();
        assert_eq!(trail, ["Signed in", "Enabled", "Disabled"]);
        let first: Vec<String> =
            page_of(&cx, id).await.trail.into_iter().rev().map(|event| event.what).take(2).collect();
        assert_eq!(first, ["Access granted", "Access accepted"]);
    });
}

#[test]
fn an_invited_one_comes_back_invited_and_the_old_link_is_dead() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        portal.change(acme, "office@acme.example", RowChange::Grant).await;
        let secret = portal.newest_link_secret().await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let id = id_of(&portal, "office@acme.example").await;
        users::disable_user(&cx, id).await.expect("disables");
        assert!(auth::accept_invitation(&portal.anonymous(), &secret, PASSWORD, PASSWORD).await.is_err());
        users::enable_user(&cx, id).await.expect("enables");
        assert_eq!(user_of(&portal, "office@acme.example").await.status, "invited");
        assert!(auth::accept_invitation(&portal.anonymous(), &secret, PASSWORD, PASSWORD).await.is_err());
        portal.change(acme, "office@acme.example", RowChange::Reinvite).await;
        let secret = portal.newest_link_secret().await;
        auth::accept_invitation(&portal.anonymous(), &secret, PASSWORD, PASSWORD).await.expect("accepts");
    });
}

#[test]
fn who_lost_all_access_while_disabled_lost_the_password_too() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        portal.customer(acme, "office@acme.example").await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let id = id_of(&portal, "office@acme.example").await;
        users::disable_user(&cx, id).await.expect("disables");
        portal.change(acme, "", RowChange::Revoke).await;
        users::enable_user(&cx, id).await.expect("enables");
        let user = user_of(&portal, "office@acme.example").await;
        assert_eq!((user.status.as_str(), user.password_hash), ("invited", None));
    });
}

#[test]
fn ending_sessions_ends_all_but_ones_own() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        portal.customer(acme, "office@acme.example").await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let id = id_of(&portal, "office@acme.example").await;
        open(&portal, id).await.expect("a second session");
        assert_eq!(page_of(&cx, id).await.sessions.len(), 2);
        users::end_sessions(&cx, id).await.expect("ends");
        assert!(page_of(&cx, id).await.sessions.is_empty());
        let event = newest_event(&portal, "user.sessions_ended").await.expect("an event");
        assert_eq!(event.data["number"], 2);

        let own = cx.actor().me().expect("somebody").login;
        let own = id_of(&portal, &own).await;
        open(&portal, own).await.expect("a second session");
        users::end_sessions(&cx, own).await.expect("ends");
        let left = page_of(&cx, own).await.sessions;
        assert_eq!(left.iter().map(|session| session.is_current).collect::<Vec<_>>(), [true]);
    });
}

#[test]
fn nobody_disables_themselves_or_the_last_administrator() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        let own = id_of(&portal, &cx.actor().me().expect("somebody").login).await;
        assert!(matches!(users::disable_user(&cx, own).await, Err(ServiceError::Refused(_))));
        assert!(matches!(users::disable_user(&portal.system(), own).await, Err(ServiceError::Refused(_))));
        let other = portal.staff(StaffRole::Administrator).await;
        users::disable_user(&other, own).await.expect("there is another");
        assert!(
            users::list_users(&cx, &Default::default()).await.is_ok(),
            "the context outlives its session"
        );
        assert!(page_of(&other, own).await.sessions.is_empty());
    });
}
