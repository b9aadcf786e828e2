use domain::access::{RowChange, StaffRole};
use services::{ServiceError, auth, mail, users};
use time::Duration;

use super::{change_login, id_of, newest_event, page_of, reset_secret, user_of};
use crate::support::{PASSWORD, Portal, on_each_database};

const NEW: &str = "copper-lantern-drift-9";

/// Ann of Acme, who has a password.
async fn ann(portal: &Portal) -> domain::ids::UserId {
    let acme = portal.company("Acme").await;
    let ann = portal.person(acme, "Ann", "").await;
    portal.customer(ann, "ann@acme.example").await;
    id_of(portal, "ann@acme.example").await
}

async fn signs_in(portal: &Portal, login: &str, password: &str) -> bool {
    auth::sign_in(&portal.anonymous(), login, password).await.is_ok()
}

#[test]
fn a_mailed_link_sets_a_new_password_once_and_ends_every_session() {
    on_each_database(|portal| async move {
        let id = ann(&portal).await;
        let cx = portal.staff(StaffRole::ContactManager).await;
        users::send_password_reset(&cx, id).await.expect("sends");
        let mails = portal.mails().await;
        let sent = mails.last().expect("a mail");
        assert_eq!((sent.to_email.as_str(), sent.template.as_str()), ("ann@acme.example", "password_reset"));
        assert!(sent.is_secret && sent.text_body.contains("22 Nov 2026, 10:30 UTC"), "{}", sent.text_body);
        assert!(signs_in(&portal, "ann@acme.example", PASSWORD).await, "nothing has changed yet");

        let secret = reset_secret(&portal).await;
        let anonymous = portal.anonymous();
        let whom = auth::view_reset(&anonymous, &secret).await.expect("looks").expect("live");
        assert_eq!((whom.name.as_str(), whom.login.as_str()), ("Ann", "ann@acme.example"));
        let short = auth::reset_password(&anonymous, &secret, "short", "short").await;
        assert!(matches!(short, Err(ServiceError::Invalid(_))));
        let own = auth::reset_password(&anonymous, &secret, "my-acme-secret", "my-acme-secret").await;
        assert!(matches!(own, Err(ServiceError::Invalid(_))), "the company's name stays out");
        auth::reset_password(&anonymous, &secret, NEW, NEW).await.expect("sets");

        assert!(signs_in(&portal, "ann@acme.example", NEW).await);
        assert!(!signs_in(&portal, "ann@acme.example", PASSWORD).await);
        assert!(page_of(&portal.system(), id).await.sessions.is_empty());
        let again = auth::reset_password(&anonymous, &secret, PASSWORD, PASSWORD).await;
        assert!(matches!(again, Err(ServiceError::NotFound)));
        let mails = portal.mails().await;
        let told = mails.iter().rfind(|mail| mail.template != "new_sign_in").expect("a mail");
        assert_eq!(
            (told.to_email.as_str(), told.template.as_str()),
            ("ann@acme.example", "password_changed")
        );
        assert!(!told.is_secret);
        let event = newest_event(&portal, "user.password_set").await.expect("an event");
        assert!(!event.data.to_string().contains(NEW) && event.entity_id.is_some());
        assert_eq!(event.data["by"], "password reset");
    });
}

#[test]
fn a_link_dies_with_time_a_newer_one_and_a_disabled_login() {
    on_each_database(|portal| async move {
        let id = ann(&portal).await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let anonymous = portal.anonymous();
        let dead = |secret: String| {
            let anonymous = anonymous.clone();
            async move {
                assert_eq!(auth::view_reset(&anonymous, &secret).await.expect("looks"), None);
                let tried = auth::reset_password(&anonymous, &secret, NEW, NEW).await;
                assert!(matches!(tried, Err(ServiceError::NotFound)));
            }
        };
        users::send_password_reset(&cx, id).await.expect("sends");
        let first = reset_secret(&portal).await;
        let count = portal.mails().await.len();
        users::send_password_reset(&cx, id).await.expect("a double click");
        assert_eq!(portal.mails().await.len(), count, "is one mail");
        portal.clock.advance(Duration::minutes(1));
        users::send_password_reset(&cx, id).await.expect("sends");
        let second = reset_secret(&portal).await;
        dead(first).await;
        portal.clock.advance(Duration::minutes(30) - Duration::milliseconds(1));
        assert!(auth::view_reset(&anonymous, &second).await.expect("looks").is_some());
        portal.clock.advance(Duration::milliseconds(1));
        dead(second).await;

        users::send_password_reset(&cx, id).await.expect("sends");
        let third = reset_secret(&portal).await;
        users::disable_user(&cx, id).await.expect("disables");
        dead(third.clone()).await;
        users::enable_user(&cx, id).await.expect("enables");
        dead(third).await;
        dead("mangled".to_owned()).await;
        assert!(signs_in(&portal, "ann@acme.example", PASSWORD).await);
    });
}

#[test]
fn of_two_who_spend_a_link_at_once_one_gets_it() {
    on_each_database(|portal| async move {
        let id = ann(&portal).await;
        users::send_password_reset(&portal.system(), id).await.expect("sends");
        let secret = reset_secret(&portal).await;
        let anonymous = portal.anonymous();
        let other = "velvet-anchor-prism-7";
        let (first, second) = tokio::join!(
            auth::reset_password(&anonymous, &secret, NEW, NEW),
            auth::reset_password(&anonymous, &secret, other, other),
        );
        assert_ne!(first.is_ok(), second.is_ok());
        let (works, not) = if first.is_ok() { (NEW, other) } else { (other, NEW) };
        assert!(signs_in(&portal, "ann@acme.example", works).await);
        assert!(!signs_in(&portal, "ann@acme.example", not).await);
    });
}

#[test]
fn without_access_there_is_nothing_to_reset_and_a_link_goes_with_the_access() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        portal.customer(ann, "ann@acme.example").await;
        let id = id_of(&portal, "ann@acme.example").await;
        let cx = portal.staff(StaffRole::ContactManager).await;
        users::send_password_reset(&cx, id).await.expect("sends");
        let secret = reset_secret(&portal).await;
        portal.change(ann, "", RowChange::Revoke).await;
        let tried = auth::reset_password(&portal.anonymous(), &secret, NEW, NEW).await;
        assert!(matches!(tried, Err(ServiceError::NotFound)));
        portal.clock.advance(Duration::minutes(1));
        assert!(matches!(users::send_password_reset(&cx, id).await, Err(ServiceError::Refused(_))));
        assert_eq!(user_of(&portal, "ann@acme.example").await.password_hash, None);
    });
}

#[test]
fn an_invited_person_is_let_in_by_a_reset_too_and_their_invitation_is_done() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let invitation = portal.newest_link_secret().await;
        let id = id_of(&portal, "ann@acme.example").await;
        users::send_password_reset(&portal.system(), id).await.expect("sends");
        let secret = reset_secret(&portal).await;
        auth::reset_password(&portal.anonymous(), &secret, NEW, NEW).await.expect("sets");
        assert!(signs_in(&portal, "ann@acme.example", NEW).await);
        let tried = auth::accept_invitation(&portal.anonymous(), &invitation, PASSWORD, PASSWORD).await;
        assert!(matches!(tried, Err(ServiceError::NotFound)), "nobody else sets another");
        assert!(signs_in(&portal, "ann@acme.example", NEW).await);
    });
}

#[test]
fn staff_set_the_password_of_a_login_that_is_a_name() {
    on_each_database(|portal| async move {
        let id = ann(&portal).await;
        let administrator = portal.staff(StaffRole::Administrator).await;
        let manager = portal.staff(StaffRole::ContactManager).await;
        let refused = users::set_password(&manager, id, NEW, NEW).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "an email login gets a link");
        change_login(&administrator, id, "ann-front-desk").await.expect("changes");
        assert!(matches!(users::send_password_reset(&manager, id).await, Err(ServiceError::Refused(_))));
        for (password, repetition) in
            [("short", "short"), (NEW, PASSWORD), ("ann-front-desk", "ann-front-desk")]
        {
            let tried = users::set_password(&manager, id, password, repetition).await;
            assert!(matches!(tried, Err(ServiceError::Invalid(_))), "{password}");
        }
        users::set_password(&manager, id, NEW, NEW).await.expect("sets");
        assert!(signs_in(&portal, "Ann-Front-Desk", NEW).await);
        assert!(!signs_in(&portal, "ann-front-desk", PASSWORD).await);
        assert!(page_of(&administrator, id).await.sessions.is_empty());
        let event = newest_event(&portal, "user.password_set").await.expect("an event");
        assert!(!event.data.to_string().contains(NEW));
        users::disable_user(&administrator, id).await.expect("disables");
        let refused = users::set_password(&administrator, id, PASSWORD, PASSWORD).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))));
    });
}

#[test]
fn an_unsent_mail_with_a_dead_link_is_not_sent_again() {
    on_each_database(|portal| async move {
        let id = ann(&portal).await;
        let cx = portal.staff(StaffRole::Administrator).await;
        users::send_password_reset(&cx, id).await.expect("sends");
        let waiting = portal.mails().await.pop().expect("a mail");
        mail::resend_mail(&cx, domain::ids::MailId(waiting.id)).await.expect("its link works");
        users::disable_user(&cx, id).await.expect("disables");
        let stopped = portal.mails().await.into_iter().find(|mail| mail.id == waiting.id).expect("there");
        assert_eq!(stopped.state, "failed");
        let tried = mail::resend_mail(&cx, domain::ids::MailId(waiting.id)).await;
        assert!(matches!(tried, Err(ServiceError::Refused(_))));
    });
}
