use std::sync::Arc;

use domain::access::{RowChange, StaffRole};
use entities::{device, mail_outbox, reset_request, user};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use services::{Origin, ServiceError, auth, users};
use time::Duration;

use crate::support::{PASSWORD, Portal, on_each_database, origin};

const ANN: &str = "ann@acme.example";
const NEW: &str = "copper-lantern-drift-9";

/// Ann of Acme, who has a password.
async fn ann(portal: &Portal) -> domain::ids::ContactId {
    let acme = portal.company("Acme").await;
    let ann = portal.person(acme, "Ann", "").await;
    portal.customer(ann, ANN).await;
    portal.clock.advance(Duration::hours(1));
    ann
}

/// Asks for a reset from a network of its own, and has it answered; the mails that came of it.
async fn ask(portal: &Portal, login: &str) -> Vec<mail_outbox::Model> {
    let before = portal.mails().await;
    auth::request_reset(&portal.anonymous(), login).await.expect("is taken down");
    assert_eq!(portal.mails().await, before, "nothing is looked up while somebody waits");
    auth::answer_resets(&portal.portico).await.expect("answers");
    assert_eq!(waiting(portal).await, 0);
    portal.mails().await.into_iter().filter(|mail| before.iter().all(|old| old.id != mail.id)).collect()
}

async fn waiting(portal: &Portal) -> u64 {
    reset_request::Entity::find().count(portal.portico.db.pool()).await.expect("counts")
}

fn secret_of(mail: &mail_outbox::Model) -> String {
    let (_, after) = mail.text_body.split_once("https://portal.business.example/reset/").expect("a link");
    after.split_whitespace().next().unwrap_or_default().to_owned()
}

#[test]
fn whoever_forgot_their_password_gets_a_link_that_sets_a_new_one_once() {
    on_each_database(|portal| async move {
        ann(&portal).await;
        let mails = ask(&portal, " ANN@Acme.example ").await;
        let [mail] = mails.as_slice() else { panic!("one mail, not {}", mails.len()) };
        assert_eq!(
            (mail.to_email.as_str(), mail.template.as_str(), mail.is_secret),
            (ANN, "password_reset", true)
        );
        for part in
            ["Somebody, you most likely, asked for a new password", ANN, "22 Nov 2026, 11:30 UTC", "once"]
        {
            assert!(mail.text_body.contains(part), "{part}: {}", mail.text_body);
        }
        assert!(mail.html_body.contains("/reset/") && mail.html_body.contains("most likely"));
        assert!(
            auth::sign_in(&portal.anonymous(), ANN, PASSWORD).await.is_ok(),
            "the old one works until then"
        );
        let secret = secret_of(mail);
        auth::reset_password(&portal.anonymous(), &secret, NEW, NEW).await.expect("sets");
        assert!(auth::sign_in(&portal.anonymous(), ANN, NEW).await.is_ok());
        let again = auth::reset_password(&portal.anonymous(), &secret, PASSWORD, PASSWORD).await;
        assert!(matches!(again, Err(ServiceError::NotFound)));
        let told: Vec<String> = portal.mails().await.into_iter().map(|mail| mail.template).collect();
        assert!(told.ends_with(&["password_changed".to_owned(), "new_sign_in".to_owned()]), "{told:?}");
    });
}

#[test]
fn a_link_lasts_thirty_minutes_and_a_stranger_who_asks_again_takes_it_from_nobody() {
    on_each_database(|portal| async move {
        ann(&portal).await;
        let first = ask(&portal, ANN).await;
        assert_eq!(ask(&portal, ANN).await.len(), 0, "a double click is one mail");
        portal.clock.advance(Duration::minutes(2));
        let second = ask(&portal, ANN).await;
        let live = |secret: String| {
            let cx = portal.anonymous();
            async move { auth::view_reset(&cx, &secret).await.expect("looks").is_some() }
        };
        assert!(live(secret_of(&first[0])).await && live(secret_of(&second[0])).await);
        portal.clock.advance(Duration::minutes(28));
        assert!(!live(secret_of(&first[0])).await && live(secret_of(&second[0])).await);
        auth::reset_password(&portal.anonymous(), &secret_of(&second[0]), NEW, NEW).await.expect("sets");
        let third = ask(&portal, ANN).await;
        portal.clock.advance(Duration::minutes(3));
        let fourth = ask(&portal, ANN).await;
        auth::reset_password(&portal.anonymous(), &secret_of(&third[0]), PASSWORD, PASSWORD)
            .await
            .expect("sets");
        assert!(!live(secret_of(&fourth[0])).await, "all die with the first that is used");
    });
}

#[test]
fn a_reset_skips_no_second_factor_not_even_on_a_trusted_device() {
    on_each_database(|portal| async move {
        ann(&portal).await;
        let browser = portal.anonymous();
        auth::sign_in(&browser, ANN, PASSWORD).await.expect("signs in");
        let secret = browser.take_answer().device_secret.expect("a new browser");
        let own = Origin { device: Some(services::hash_secret(&secret)), ..origin() };
        let pool = portal.portico.db.pool();
        user::Entity::update_many()
            .col_expr(user::Column::TwoFactorSince, Expr::value(portal.clock.now().millis()))
            .filter(user::Column::Login.eq(ANN))
            .exec(pool)
            .await
            .expect("switches it on");
        device::Entity::update_many()
            .col_expr(device::Column::TrustedUntil, Expr::value(i64::MAX))
            .exec(pool)
            .await
            .expect("trusts");
        let level = async |password: &str| {
            let cx = portal.portico.anonymous(own.clone());
            auth::sign_in(&cx, ANN, password).await.expect("the password is right").level
        };
        assert_eq!(level(PASSWORD).await, auth::Level::Full, "trusted");
        let mails = ask(&portal, ANN).await;
        auth::reset_password(&portal.anonymous(), &secret_of(&mails[0]), NEW, NEW).await.expect("sets");
        assert_eq!(level(NEW).await, auth::Level::Code);
    });
}

#[test]
fn an_hour_brings_five_mails_at_most_to_anybody() {
    on_each_database(|portal| async move {
        ann(&portal).await;
        let mut sent = 0;
        for _ in 0..20 {
            sent += ask(&portal, ANN).await.len();
            portal.clock.advance(Duration::minutes(3));
        }
        assert_eq!(sent, 5);
        portal.clock.advance(Duration::hours(1));
        assert_eq!(ask(&portal, ANN).await.len(), 1);
    });
}

#[test]
fn those_who_must_not_or_cannot_have_a_link_get_no_mail() {
    on_each_database(|portal| async move {
        let contact = ann(&portal).await;
        let administrator = portal.staff(StaffRole::Administrator).await;
        for nobody in
            ["eve@acme.example", "nobody", "@", "ann@acme.example ann", &"x".repeat(10_000), "' OR 1=1 --"]
        {
            assert_eq!(ask(&portal, nobody).await, [], "{nobody}");
        }
        let id = crate::users::id_of(&portal, ANN).await;
        users::disable_user(&administrator, id).await.expect("disables");
        assert_eq!(ask(&portal, ANN).await, [], "disabled");
        users::enable_user(&administrator, id).await.expect("enables");
        assert_eq!(ask(&portal, ANN).await.len(), 1, "enabled again");
        portal.clock.advance(Duration::hours(1));
        portal.change(contact, "", RowChange::Revoke).await;
        assert_eq!(ask(&portal, ANN).await, [], "revoked");
        portal.change(contact, ANN, RowChange::Grant).await;
        crate::users::change_login(&administrator, id, "ann-front-desk").await.expect("changes");
        portal.clock.advance(Duration::hours(1));
        assert_eq!(ask(&portal, "ann-front-desk").await, [], "a name is no address");
        assert_eq!(ask(&portal, ANN).await, [], "and the old one nobody's login");
    });
}

#[test]
fn who_was_invited_and_never_came_is_invited_again() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        portal.change(ann, ANN, RowChange::Grant).await;
        let first = portal.newest_link_secret().await;
        assert_eq!(ask(&portal, ANN).await, [], "it is on its way");
        portal.clock.advance(Duration::days(8));
        let mails = ask(&portal, ANN).await;
        let [mail] = mails.as_slice() else { panic!("one mail, not {}", mails.len()) };
        assert_eq!((mail.to_email.as_str(), mail.template.as_str()), (ANN, "invitation"));
        let second = portal.newest_link_secret().await;
        assert_ne!(first, second);
        let accepted = auth::accept_invitation(&portal.anonymous(), &second, NEW, NEW).await;
        accepted.expect("the new link is an invitation's");
        assert!(auth::sign_in(&portal.anonymous(), ANN, NEW).await.is_ok());
    });
}

#[test]
fn staff_ask_for_themselves_and_new_ones_get_their_invitation() {
    on_each_database(|portal| async move {
        let bo = auth::create_administrator(&portal.system(), "bo@business.example", PASSWORD).await;
        bo.expect("staff");
        let mails = ask(&portal, "bo@business.example").await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].template, "password_reset");
        let form = domain::users::StaffUserForm {
            name: "Cy".into(),
            email: "cy@business.example".into(),
            role: "staff".into(),
        };
        let administrator = portal.staff(StaffRole::Administrator).await;
        users::create_staff_user(&administrator, &form).await.expect("invites");
        portal.clock.advance(Duration::minutes(5));
        let mails = ask(&portal, "cy@business.example").await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].template, "staff_invitation");
        assert!(mails[0].text_body.contains("There is a staff account for you"), "{}", mails[0].text_body);
    });
}

#[test]
fn one_network_is_slowed_down_whatever_it_asks_for_and_others_are_not() {
    on_each_database(|portal| async move {
        ann(&portal).await;
        let from = |address: &str| portal.portico.anonymous(Origin { address: address.into(), ..origin() });
        for login in [ANN, "nobody@acme.example"] {
            portal.clock.advance(Duration::hours(2));
            for _ in 0..10 {
                auth::request_reset(&from("198.51.100.7"), login).await.expect("is taken down");
            }
            let refused = auth::request_reset(&from("198.51.100.8"), login).await;
            assert!(matches!(refused, Err(ServiceError::Throttled { wait_seconds: 1..=60 })), "{refused:?}");
            auth::request_reset(&from("203.0.113.7"), login).await.expect("is taken down");
            portal.clock.advance(Duration::minutes(1));
            auth::request_reset(&from("198.51.100.9"), login).await.expect("never for good");
        }
        let nothing = auth::request_reset(&from("203.0.113.9"), "  ").await;
        assert!(matches!(nothing, Err(ServiceError::Invalid(_))));
    });
}

#[test]
fn what_was_taken_down_outlives_the_process_and_is_answered_once_by_one_of_many() {
    on_each_database(|portal| async move {
        ann(&portal).await;
        let before = portal.mails().await.len();
        auth::request_reset(&portal.anonymous(), ANN).await.expect("is taken down");
        auth::request_reset(&portal.anonymous(), "nobody@acme.example").await.expect("is taken down");
        // The process is killed here; two others start over the same database.
        let others = [portal.restarted(), portal.restarted()];
        let (one, other) =
            tokio::join!(auth::answer_resets(&others[0].portico), auth::answer_resets(&others[1].portico));
        assert_eq!(one.expect("answers") + other.expect("answers"), 2);
        assert_eq!((portal.mails().await.len() - before, waiting(&portal).await), (1, 0));
    });
}

#[test]
fn one_that_cannot_be_answered_keeps_no_other_back_and_is_tried_again() {
    on_each_database(|portal| async move {
        ann(&portal).await;
        let before = portal.mails().await.len();
        auth::request_reset(&portal.anonymous(), ANN).await.expect("is taken down");
        auth::request_reset(&portal.anonymous(), "nobody@acme.example").await.expect("is taken down");
        let rename = |from: &str, to: &str| format!("ALTER TABLE {from} RENAME TO {to}");
        let run = async |statement: String| portal.portico.db.pool().execute_unprepared(&statement).await;
        run(rename("mail_outbox", "away")).await.expect("the outbox is broken");
        assert_eq!(auth::answer_resets(&portal.portico).await.expect("goes on"), 1);
        run(rename("away", "mail_outbox")).await.expect("and mended");
        assert_eq!(waiting(&portal).await, 1);
        portal.clock.advance(Duration::minutes(1));
        let restarted = Arc::clone(&portal.restarted().portico);
        assert_eq!(auth::answer_resets(&restarted).await.expect("answers"), 1);
        assert_eq!((portal.mails().await.len() - before, waiting(&portal).await), (1, 0));
    });
}
