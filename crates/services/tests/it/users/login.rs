use domain::{
    access::{RowChange, StaffRole},
    users::UserForm,
};
use entities::contact;
use sea_orm::EntityTrait;
use services::{ServiceError, auth, users};
use uuid::Uuid;

use super::{change_login, id_of, newest_event, page_of, reset_secret, user_of};
use crate::support::{PASSWORD, link_secret, on_each_database};

#[test]
fn a_new_login_changes_the_login_only_and_both_addresses_are_told() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        portal.customer(ann, "ann@acme.example").await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let id = id_of(&portal, "ann@acme.example").await;
        users::send_password_reset(&cx, id).await.expect("sends");
        let old_link = reset_secret(&portal).await;
        let sessions = page_of(&cx, id).await.sessions.len();
        assert!(sessions > 0);

        change_login(&cx, id, " Ann.Good@ACME.example ").await.expect("changes");

        assert!(auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.is_err());
        assert!(auth::sign_in(&portal.anonymous(), "Ann.Good@acme.example", PASSWORD).await.is_ok());
        let contact = contact::Entity::find_by_id(Uuid::from(ann)).one(portal.portico.db.pool()).await;
        assert_eq!(contact.expect("looks").expect("Ann").email, "ann@acme.example");
        assert_eq!(page_of(&cx, id).await.sessions.len(), sessions, "sessions stay");
        assert_eq!(auth::view_reset(&portal.anonymous(), &old_link).await.expect("looks"), None);

        let mails = portal.mails().await;
        let told: Vec<_> = mails.iter().filter(|mail| mail.template == "login_changed").collect();
        let to: Vec<&str> = told.iter().map(|mail| mail.to_email.as_str()).collect();
        assert_eq!(to, ["ann@acme.example", "ann.good@acme.example"]);
        assert!(told.iter().all(|mail| mail.text_body.contains("ann.good@acme.example") && !mail.is_secret));

        let event = newest_event(&portal, "user.login_changed").await.expect("an event");
        assert_eq!(event.data["before"], "ann@acme.example");
        assert_eq!(event.data["after"], "ann.good@acme.example");
        assert_eq!((event.subject_id, event.entity_id), (Some(id.0), Some(acme.0)));
    });
}

#[test]
fn an_unclaimed_invitation_goes_to_the_new_address() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        portal.change(ann, "an@acme.example", RowChange::Grant).await;
        let first = portal.newest_link_secret().await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let id = id_of(&portal, "an@acme.example").await;
        change_login(&cx, id, "ann@acme.example").await.expect("changes");

        assert_eq!(
            auth::view_invitation(&portal.anonymous(), &first).await.expect("looks"),
            auth::InvitationView::Replaced
        );
        let mails = portal.mails().await;
        let invitation = mails.iter().rfind(|mail| mail.template == "invitation").expect("an invitation");
        assert_eq!(invitation.to_email, "ann@acme.example");
        let secret = link_secret(&invitation.text_body);
        auth::accept_invitation(&portal.anonymous(), &secret, PASSWORD, PASSWORD).await.expect("accepts");
        assert!(auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.is_ok());
    });
}

#[test]
fn a_login_is_unique_whatever_its_case_and_disabled_ones_count() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        let bob = portal.person(acme, "Bob", "").await;
        portal.customer(ann, "ann@acme.example").await;
        portal.customer(bob, "bob@acme.example").await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let [ann, bob] = [id_of(&portal, "ann@acme.example").await, id_of(&portal, "bob@acme.example").await];
        users::disable_user(&cx, bob).await.expect("disables");
        for taken in ["bob@acme.example", "BOB@Acme.Example"] {
            let error = change_login(&cx, ann, taken).await.expect_err("taken");
            assert!(
                matches!(&error, ServiceError::Invalid(errors) if errors.get("login").is_some()),
                "{error}"
            );
        }
        for bad in ["", "two words", "ann@acme", "a"] {
            let error = change_login(&cx, ann, bad).await.expect_err("no login");
            assert!(
                matches!(&error, ServiceError::Invalid(errors) if errors.get("login").is_some()),
                "{bad}"
            );
        }
        assert_eq!(page_of(&cx, ann).await.login, "ann@acme.example");
    });
}

#[test]
fn two_who_choose_the_same_login_at_once_do_not_both_get_it() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        let bob = portal.person(acme, "Bob", "").await;
        portal.customer(ann, "ann@acme.example").await;
        portal.customer(bob, "bob@acme.example").await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let [ann, bob] = [id_of(&portal, "ann@acme.example").await, id_of(&portal, "bob@acme.example").await];
        let (first, second) = tokio::join!(
            change_login(&cx, ann, "office@acme.example"),
            change_login(&cx, bob, "Office@acme.example")
        );
        assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(), 1);
        let refused = first.err().or(second.err()).expect("one error");
        assert!(
            matches!(&refused, ServiceError::Invalid(errors) if errors.get("login").is_some()),
            "{refused}"
        );
    });
}

#[test]
fn a_stale_save_is_refused_and_one_that_changes_nothing_says_nothing() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        portal.customer(acme, "office@acme.example").await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let id = id_of(&portal, "office@acme.example").await;
        let opened = UserForm::of("Acme", "office@acme.example", false);
        let first = UserForm { name: "Acme office".into(), require_two_factor: true, ..opened.clone() };
        users::save_user(&cx, id, &first).await.expect("saves");
        let event = newest_event(&portal, "user.changed").await.expect("an event");
        assert_eq!(event.data["before"]["name"], "Acme");
        assert_eq!(event.data["after"]["require_two_factor"], true);
        let second = UserForm { name: "ACME".into(), ..opened };
        assert!(matches!(users::save_user(&cx, id, &second).await, Err(ServiceError::Stale)));
        // A double click sends the same twice.
        users::save_user(&cx, id, &first).await.expect("nothing to do");
        let page = page_of(&cx, id).await;
        assert_eq!((page.name.as_str(), page.require_two_factor), ("Acme office", true));
        assert_eq!(page.trail.iter().filter(|event| event.what == "Changed").count(), 1);
    });
}

#[test]
fn a_login_that_becomes_a_name_gets_no_mail() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        portal.customer(acme, "office@acme.example").await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let id = id_of(&portal, "office@acme.example").await;
        change_login(&cx, id, "Front-Desk").await.expect("changes");
        assert_eq!(user_of(&portal, "front-desk").await.id, id.0);
        let mails = portal.mails().await;
        let to: Vec<&str> = mails
            .iter()
            .filter(|mail| mail.template == "login_changed")
            .map(|mail| mail.to_email.as_str())
            .collect();
        assert_eq!(to, ["office@acme.example"]);
        assert!(auth::sign_in(&portal.anonymous(), "FRONT-desk", PASSWORD).await.is_ok());
    });
}
