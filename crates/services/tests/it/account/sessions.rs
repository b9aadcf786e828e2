//! U9, D4 and D5 of Odoo's own tests, and ASVS 7.5.2.

use domain::{access::StaffRole, ids::SessionId};
use entities::device;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use services::{
    Cx, ServiceError, account,
    auth::{self, Level},
};
use time::Duration;
use uuid::Uuid;

use super::{CHROME, FIREFOX, browser, events, other_session, user_of, without_account};
use crate::support::{PASSWORD, Portal, on_each_database, origin};

async fn ann(portal: &Portal) -> Cx {
    let acme = portal.company("Acme").await;
    let ann = portal.person(acme, "Ann", "").await;
    portal.customer(ann, "ann@acme.example").await
}

/// Browsers and addresses, in the order of the page.
async fn shown(cx: &Cx) -> Vec<(String, String, String, bool)> {
    let list = account::list_sessions(cx).await.expect("lists");
    let told = list.sessions.into_iter().map(|it| (it.browser, it.system, it.address, it.is_current));
    told.collect()
}

#[test]
fn the_list_begins_with_this_device_and_holds_only_ones_own() {
    on_each_database(|portal| async move {
        let cx = ann(&portal).await;
        let zeta = portal.company("Zeta").await;
        portal.customer(zeta, "office@zeta.example").await;
        portal.clock.advance(Duration::minutes(5));
        other_session(&portal, &cx, &browser(FIREFOX, "198.51.100.4", None), Level::Full).await;
        // Somebody who has not given the second factor is not in.
        other_session(&portal, &cx, &browser(CHROME, "203.0.113.9", None), Level::Code).await;
        other_session(&portal, &cx, &browser(CHROME, "203.0.113.9", None), Level::Enrolment).await;
        let own = |name: &str, system: &str, address: &str, is_current| {
            (name.to_owned(), system.to_owned(), address.to_owned(), is_current)
        };
        let firefox = own("Firefox", "Windows", "198.51.100.4", false);
        assert_eq!(
            shown(&cx).await,
            [own("test", "Unknown system", "192.0.2.1", true), firefox.clone()],
            "{}",
            portal.database
        );
        let list = account::list_sessions(&cx).await.expect("lists");
        assert!(list.limits.contains("an hour without use") && list.limits.contains("24 hours after"));
        let first = list.sessions.first().expect("this one");
        assert_eq!(
            (first.since.as_str(), first.last_seen.as_str()),
            ("22 Nov 2026, 10:00 UTC", "22 Nov 2026, 10:00 UTC")
        );

        // One that has timed out is gone from the list too.
        portal.clock.advance(Duration::minutes(58));
        assert_eq!(shown(&cx).await, [firefox]);
        let staff = portal.staff(StaffRole::Staff).await;
        let list = account::list_sessions(&staff).await.expect("lists");
        assert!(list.limits.contains("30 minutes") && list.limits.contains("12 hours"), "{}", list.limits);
        assert_eq!((list.sessions.len(), list.devices.len()), (1, 0));
    });
}

#[test]
fn ending_one_acts_at_its_next_request_and_leaves_the_others() {
    on_each_database(|portal| async move {
        let cx = ann(&portal).await;
        let firefox = other_session(&portal, &cx, &browser(FIREFOX, "198.51.100.4", None), Level::Full).await;
        let chrome = other_session(&portal, &cx, &browser(CHROME, "203.0.113.9", None), Level::Full).await;
        let list = account::list_sessions(&cx).await.expect("lists");
        let id = list.sessions.iter().find(|session| session.browser == "Firefox").expect("a row").id;
        account::end_session(&cx, id).await.expect("ends");
        account::end_session(&cx, id).await.expect("a double click");
        assert!(portal.again(&firefox).await.is_none());
        assert!(portal.again(&chrome).await.is_some() && portal.again(&cx).await.is_some());
        let told = events(&portal, "user.session_ended").await;
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].data["device"].as_str(), told[0].data["from"].as_str()),
            (Some("Firefox on Windows"), Some("198.51.100.4"))
        );
    });
}

#[test]
fn nobody_ends_anothers() {
    on_each_database(|portal| async move {
        let cx = ann(&portal).await;
        let acme = cx.actor().as_portal().expect("a customer").entity();
        let bob = portal.person(acme, "Bob", "").await;
        let bob = portal.customer(bob, "bob@acme.example").await;
        let zeta = portal.company("Zeta").await;
        let zoe = portal.customer(zeta, "zoe@zeta.example").await;
        let staff = portal.staff(StaffRole::Administrator).await;
        let id = account::list_sessions(&cx).await.expect("lists").sessions[0].id;
        for (who, other) in [("colleague", &bob), ("other company", &zoe), ("administrator", &staff)] {
            account::end_session(other, id).await.expect("answers alike");
            account::end_other_sessions(other).await.expect("ends their own");
            assert!(portal.again(&cx).await.is_some(), "{who}");
        }
        account::end_session(&bob, SessionId(Uuid::now_v7())).await.expect("answers alike");
        assert!(events(&portal, "user.session_ended").await.is_empty());
        for (who, other) in without_account(&portal, &cx).await {
            let answers = [
                account::list_sessions(&other).await.err(),
                account::end_session(&other, id).await.err(),
                account::end_other_sessions(&other).await.err(),
                account::stop_trusting_all_devices(&other).await.err(),
            ];
            for answer in answers {
                assert!(
                    matches!(answer, Some(ServiceError::NotFound | ServiceError::Unauthenticated)),
                    "{who}: {answer:?}"
                );
            }
        }
        assert!(portal.again(&cx).await.is_some());
    });
}

#[test]
fn ending_all_others_leaves_only_this_one() {
    on_each_database(|portal| async move {
        let cx = ann(&portal).await;
        let others = [
            other_session(&portal, &cx, &browser(FIREFOX, "198.51.100.4", None), Level::Full).await,
            other_session(&portal, &cx, &browser(CHROME, "203.0.113.9", None), Level::Full).await,
            other_session(&portal, &cx, &browser(CHROME, "203.0.113.9", None), Level::Code).await,
        ];
        account::end_other_sessions(&cx).await.expect("ends");
        account::end_other_sessions(&cx).await.expect("a double click");
        for other in &others {
            assert!(portal.again(other).await.is_none());
        }
        assert!(portal.again(&cx).await.is_some());
        assert_eq!(shown(&cx).await.len(), 1);
        let told = events(&portal, "user.sessions_ended").await;
        assert_eq!((told.len(), &told[0].data["number"]), (1, &3.into()));
    });
}

/// Notes a sign-in from a browser, which is trusted from then on.
async fn trusted(portal: &Portal, login: &str, agent: &str) -> Uuid {
    let user = user_of(portal, login).await.id;
    let id = Uuid::now_v7();
    let row = device::ActiveModel {
        id: Set(id),
        user_id: Set(user),
        secret_hash: Set(services::hash_secret(&id.to_string())),
        agent: Set(agent.to_owned()),
        address: Set("192.0.2.1".to_owned()),
        created_at: Set(portal.clock.now().millis()),
        last_seen_at: Set(portal.clock.now().millis()),
        trusted_until: Set(Some(portal.clock.now().plus(Duration::days(30)).millis())),
    };
    device::Entity::insert(row).exec_without_returning(portal.portico.db.pool()).await.expect("a device");
    id
}

#[test]
fn trust_ends_one_by_one_or_for_all_and_a_mail_tells() {
    on_each_database(|portal| async move {
        let cx = ann(&portal).await;
        let zeta = portal.company("Zeta").await;
        let zoe = portal.customer(zeta, "zoe@zeta.example").await;
        let firefox = trusted(&portal, "ann@acme.example", FIREFOX).await;
        trusted(&portal, "ann@acme.example", CHROME).await;
        let old = device::ActiveModel {
            id: Set(trusted(&portal, "ann@acme.example", CHROME).await),
            trusted_until: Set(Some(portal.clock.now().millis())),
            ..Default::default()
        };
        old.update(portal.portico.db.pool()).await.expect("ends");
        let list = account::list_sessions(&cx).await.expect("lists").devices;
        assert_eq!(list.len(), 2, "one that is over is no longer trusted");
        let row = list.iter().find(|device| device.id.0 == firefox).expect("a row");
        assert_eq!(
            (row.name.as_str(), row.since.as_str(), row.until.as_str(), row.is_current),
            ("Firefox on Windows", "22 Nov 2026, 10:00 UTC", "22 Dec 2026, 10:00 UTC", false)
        );
        account::stop_trusting_device(&zoe, row.id).await.expect("answers alike");
        account::stop_trusting_all_devices(&zoe).await.expect("answers alike");
        assert_eq!(account::list_sessions(&cx).await.expect("lists").devices.len(), 2);
        let before = portal.mails().await.len();

        account::stop_trusting_device(&cx, row.id).await.expect("stops");
        account::stop_trusting_device(&cx, row.id).await.expect("a double click");
        let mails = portal.mails().await;
        assert_eq!(mails.len(), before + 1);
        let mail = mails.last().expect("a mail");
        assert_eq!(mail.subject, "A trusted device was removed at Rivet Works");
        assert!(mail.text_body.contains("Device: Firefox on Windows") && mail.to_email == "ann@acme.example");
        assert_eq!(account::list_sessions(&cx).await.expect("lists").devices.len(), 1);
        trusted(&portal, "ann@acme.example", FIREFOX).await;
        account::stop_trusting_all_devices(&cx).await.expect("stops");
        assert!(account::list_sessions(&cx).await.expect("lists").devices.is_empty());
        let mail = portal.mails().await.pop().expect("a mail");
        assert_eq!(mail.subject, "Trusted devices were removed at Rivet Works");
        assert_eq!(events(&portal, "user.trust_ended").await.len(), 2);
        // The sessions there go on: trust skips the code of a sign-in, and nothing else.
        assert!(portal.again(&cx).await.is_some());
    });
}

#[test]
fn what_is_shown_opens_nothing() {
    on_each_database(|portal| async move {
        let cx = ann(&portal).await;
        let list = account::list_sessions(&cx).await.expect("lists");
        let hash = cx.session().expect("a session");
        let id = list.sessions[0].id.to_string();
        assert_ne!(id, hash);
        for text in [id.clone(), services::hash_secret(&id)] {
            let found = auth::resolve_session(&portal.portico, &text, auth::Face::Portal, origin())
                .await
                .expect("resolves");
            assert!(found.is_none());
        }
        assert!(auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.is_ok());
    });
}
