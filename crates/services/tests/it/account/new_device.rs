//! A mail when somebody logs in from a browser that is not known.

use domain::access::{RowChange, StaffRole};
use entities::user;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
};
use services::{Cx, Origin, auth};

use super::{CHROME, FIREFOX, browser, user_of};
use crate::support::{PASSWORD, Portal, on_each_database};

async fn told(portal: &Portal) -> Vec<entities::mail_outbox::Model> {
    portal.mails().await.into_iter().filter(|mail| mail.template == "new_sign_in").collect()
}

/// Signs in from a browser; the secret by which it is known from then on, where it got a new one.
async fn sign_in(portal: &Portal, login: &str, origin: Origin) -> Option<String> {
    let cx: Cx = portal.portico.anonymous(origin);
    auth::sign_in(&cx, login, PASSWORD).await.expect("signs in");
    cx.take_answer().device_secret
}

#[test]
fn a_browser_that_is_not_known_is_told_of_once() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let secret = portal.newest_link_secret().await;
        let home = portal.portico.anonymous(browser(FIREFOX, "198.51.100.4", None));
        auth::accept_invitation(&home, &secret, PASSWORD, PASSWORD).await.expect("accepts");
        let known = home.take_answer().device_secret.expect("a device");
        assert!(told(&portal).await.is_empty(), "accepting is nothing to be told of");

        sign_in(&portal, "ann@acme.example", browser(FIREFOX, "198.51.100.4", Some(&known))).await;
        sign_in(&portal, "ann@acme.example", browser(FIREFOX, "192.0.2.99", Some(&known))).await;
        assert!(told(&portal).await.is_empty(), "a known browser, wherever it is");

        let new = sign_in(&portal, "ann@acme.example", browser(CHROME, "203.0.113.9", None)).await;
        let mails = told(&portal).await;
        assert_eq!(mails.len(), 1);
        let mail = &mails[0];
        assert_eq!(
            (mail.to_email.as_str(), mail.subject.as_str()),
            ("ann@acme.example", "New sign-in at Rivet Works")
        );
        for said in [
            "Browser: Chrome",
            "System: Linux",
            "Address: 203.0.113.9",
            "Time: 22 Nov 2026, 10:00 UTC",
            "https://portal.business.example/my/security",
            "help@business.example",
        ] {
            assert!(mail.text_body.contains(said), "{said}\n{}", mail.text_body);
        }
        sign_in(&portal, "ann@acme.example", browser(CHROME, "203.0.113.9", new.as_deref())).await;
        assert_eq!(told(&portal).await.len(), 1, "from now on it is known");
        assert!(
            auth::sign_in(
                &portal.portico.anonymous(browser(CHROME, "203.0.113.10", None)),
                "ann@acme.example",
                "wrong"
            )
            .await
            .is_err()
        );
        assert_eq!(told(&portal).await.len(), 1, "who did not get in is not told of");
    });
}

#[test]
fn a_browser_is_known_for_each_of_its_people() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        for (name, login) in [("Ann", "ann@acme.example"), ("Bob", "bob@acme.example")] {
            let person = portal.person(acme, name, "").await;
            portal.customer(person, login).await;
            let first = sign_in(&portal, login, browser(FIREFOX, "198.51.100.4", None)).await;
            assert!(first.is_some());
        }
        let before = told(&portal).await.len();
        let shared =
            sign_in(&portal, "ann@acme.example", browser(CHROME, "198.51.100.4", None)).await.expect("new");
        sign_in(&portal, "bob@acme.example", browser(CHROME, "198.51.100.4", Some(&shared))).await;
        assert_eq!(told(&portal).await.len(), before + 2, "Bob was never seen there");
        sign_in(&portal, "bob@acme.example", browser(CHROME, "198.51.100.4", Some(&shared))).await;
        sign_in(&portal, "ann@acme.example", browser(CHROME, "198.51.100.4", Some(&shared))).await;
        assert_eq!(told(&portal).await.len(), before + 2);
    });
}

#[test]
fn the_first_sign_in_ever_and_logins_without_address_are_told_nothing() {
    on_each_database(|portal| async move {
        let staff = portal.staff_user(StaffRole::Staff).await;
        let acme = portal.company("Acme").await;
        portal.customer(acme, "office@acme.example").await;
        let hash = user_of(&portal, "office@acme.example").await.password_hash.expect("a password");
        let row = |login: Option<&str>| user::ActiveModel {
            id: Set(staff.0),
            login: login.map_or(NotSet, |login| Set(login.to_owned())),
            password_hash: Set(Some(hash.clone())),
            ..Default::default()
        };
        row(Some("sam@business.example")).update(portal.portico.db.pool()).await.expect("saves");
        sign_in(&portal, "sam@business.example", browser(CHROME, "192.0.2.1", None)).await;
        assert!(told(&portal).await.is_empty(), "never here before");
        sign_in(&portal, "sam@business.example", browser(FIREFOX, "192.0.2.1", None)).await;
        let mails = told(&portal).await;
        assert!(
            mails.len() == 1 && mails[0].text_body.contains("/staff/security"),
            "staff have their own page"
        );
        row(Some("sam.smith")).update(portal.portico.db.pool()).await.expect("saves");
        sign_in(&portal, "sam.smith", browser(CHROME, "192.0.2.200", None)).await;
        assert_eq!(told(&portal).await.len(), 1);
        assert_eq!(user_of(&portal, "sam.smith").await.id, staff.0);
    });
}
