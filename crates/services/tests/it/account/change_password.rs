use domain::{access::StaffRole, account::PasswordForm, ids::ContactId};
use entities::device;
use sea_orm::{EntityTrait, sea_query::Expr};
use services::{Cx, ServiceError, account, auth};
use time::Duration;

use crate::{
    support::{PASSWORD, Portal, on_each_database},
    users::newest_event,
};

const ANN: &str = "ann@acme.example";
const NEW: &str = "copper-lantern-drift-9";

async fn ann(portal: &Portal) -> (ContactId, Cx) {
    let acme = portal.company("Acme Flow").await;
    let ann = portal.person(acme, "Ann", ANN).await;
    (ann, portal.customer(ann, ANN).await)
}

fn form(current: &str, new: &str, again: &str) -> PasswordForm {
    PasswordForm {
        current_password: current.to_owned(),
        new_password: new.to_owned(),
        repetition: again.to_owned(),
    }
}

async fn errors(cx: &Cx, form: PasswordForm) -> Vec<(String, String)> {
    match account::change_password(cx, &form).await {
        Err(ServiceError::Invalid(errors)) => {
            errors.iter().map(|(field, text)| (field.to_owned(), text.to_owned())).collect()
        }
        other => panic!("not refused: {other:?}"),
    }
}

async fn signs_in(portal: &Portal, login: &str, password: &str) -> bool {
    auth::sign_in(&portal.anonymous(), login, password).await.is_ok()
}

#[test]
fn the_new_password_counts_every_other_session_ends_and_a_mail_tells() {
    on_each_database(|portal| async move {
        let (contact, cx) = ann(&portal).await;
        let (user, membership) = portal.member(contact).await;
        let other = portal.signed_in(user, Some(membership)).await.expect("a session").cx;
        assert!(signs_in(&portal, ANN, PASSWORD).await);
        device::Entity::update_many()
            .col_expr(device::Column::TrustedUntil, Expr::value(i64::MAX))
            .exec(portal.portico.db.pool())
            .await
            .expect("trusts");
        let trusted = async || {
            let devices = device::Entity::find().all(portal.portico.db.pool()).await.expect("looks");
            (devices.len(), devices.iter().filter(|device| device.trusted_until.is_some()).count())
        };
        let (devices, _) = trusted().await;
        assert!(devices > 0 && trusted().await == (devices, devices));

        portal.clock.advance(Duration::minutes(20));
        let padded = format!(" {NEW} ");
        account::change_password(&cx, &form(PASSWORD, &padded, &padded)).await.expect("changes");
        assert!(!signs_in(&portal, ANN, PASSWORD).await && !signs_in(&portal, ANN, NEW).await);
        assert!(signs_in(&portal, ANN, &padded).await, "as typed");
        assert!(portal.again(&other).await.is_none(), "logged out");
        assert!(portal.again(&cx).await.is_some(), "but for the session at hand, which the server renews");
        let renewed = cx.take_answer().renewed.expect("goes on under a new id");
        assert_eq!((renewed.user, renewed.membership), (Some(user), Some(membership)));
        assert_eq!(renewed.proved_at, Some(portal.clock.now()));
        assert_eq!(trusted().await.1, 0);

        let mails = portal.mails().await;
        let told = mails.iter().find(|mail| mail.template == "password_changed").expect("a mail");
        assert_eq!(told.to_email, ANN);
        for part in ["was changed on 22 Nov 2026, 10:20 UTC", "Every other browser", "help@business.example"]
        {
            assert!(told.text_body.contains(part), "{part}: {}", told.text_body);
        }
        assert!(told.html_body.contains("Every other browser") && !told.is_secret);
        let event = newest_event(&portal, "user.password_changed").await.expect("an event");
        assert!(!event.data.to_string().contains(NEW) && event.entity_id.is_some());
        assert_eq!(event.actor, "Ann");
    });
}

#[test]
fn what_is_wrong_is_told_at_its_field_and_nothing_changes() {
    on_each_database(|portal| async move {
        let (_, cx) = ann(&portal).await;
        let long = "x y".repeat(50);
        for (typed, field, text) in [
            (form("wrong", NEW, NEW), "current_password", "not your password"),
            (form("", NEW, NEW), "current_password", "that you have now"),
            (form(&format!("{PASSWORD} "), NEW, NEW), "current_password", "not your password"),
            (form(PASSWORD, NEW, "copper"), "repetition", "differ"),
            (form(PASSWORD, "short 7", "short 7"), "new_password", "at least 8"),
            (form(PASSWORD, &long, &long), "new_password", "at most 128"),
            (form(PASSWORD, "password1", "password1"), "new_password", "too easy to guess"),
            (form(PASSWORD, "my-acme-secret", "my-acme-secret"), "new_password", "login and the company"),
            (form(PASSWORD, ANN, ANN), "new_password", "login and the company"),
            (form(PASSWORD, "rivet works 99 x", "rivet works 99 x"), "new_password", "company"),
            (form(PASSWORD, PASSWORD, PASSWORD), "new_password", "that you have now"),
        ] {
            let told = errors(&cx, typed.clone()).await;
            assert!(told.iter().any(|(name, error)| name == field && error.contains(text)), "{told:?}");
            portal.clock.advance(Duration::hours(2));
        }
        assert_eq!(errors(&cx, form("", "", "")).await.len(), 2, "all at once");
        assert!(signs_in(&portal, ANN, PASSWORD).await);
        assert!(portal.mails().await.iter().all(|mail| mail.template != "password_changed"));
        assert_eq!(cx.take_answer().renewed, None);
    });
}

#[test]
fn of_two_who_change_it_at_once_one_does() {
    on_each_database(|portal| async move {
        let (_, cx) = ann(&portal).await;
        let other = "velvet-anchor-prism-7";
        let (first, second) = (form(PASSWORD, NEW, NEW), form(PASSWORD, other, other));
        let (first, second) =
            tokio::join!(account::change_password(&cx, &first), account::change_password(&cx, &second));
        assert_ne!(first.is_ok(), second.is_ok());
        let (works, not) = if first.is_ok() { (NEW, other) } else { (other, NEW) };
        assert!(signs_in(&portal, ANN, works).await && !signs_in(&portal, ANN, not).await);
    });
}

#[test]
fn strength_is_told_as_it_would_be_judged() {
    on_each_database(|portal| async move {
        let (_, cx) = ann(&portal).await;
        let staff = portal.staff(StaffRole::Staff).await;
        let rate =
            async |cx: &Cx, password: &str| account::password_strength(cx, password).await.expect("rates");
        for (password, level) in [("", 0), ("short", 0), ("password1", 0), ("my-acme-secret", 0), (NEW, 3)] {
            let (found, words) = rate(&cx, password).await;
            assert!(found == level && !words.is_empty(), "{password}: {found} {words}");
        }
        assert!(rate(&cx, "harbour42").await.0 < rate(&cx, NEW).await.0);
        assert_eq!(rate(&staff, "my-acme-secret").await.0, 3, "another's company is no word of theirs");
        let nobody = account::password_strength(&portal.anonymous(), NEW).await;
        assert!(matches!(nobody, Err(ServiceError::Unauthenticated)));
        let nobody = account::change_password(&portal.anonymous(), &form(PASSWORD, NEW, NEW)).await;
        assert!(matches!(nobody, Err(ServiceError::Unauthenticated)));
    });
}
