use domain::{access::StaffRole, ids::PasskeyId};
use sea_orm::EntityTrait;
use services::{
    Cx, ServiceError,
    auth::{
        self, Face, NewSession,
        passkeys::{
            begin_registration, finish_registration, get_passkey, list_passkeys, remove_passkey,
            rename_passkey,
        },
    },
    links::{self, SecureLinkOpened},
    view_as,
};
use time::Duration;
use uuid::Uuid;

use super::{add, ann, counter, events, refusal, sign_in, stored, wrong_field};
use crate::support::{PASSWORD, Portal, authenticator::Authenticator, on_each_database, origin};

#[test]
fn adding_one_stores_its_name_and_exactly_one_key_and_a_mail_tells() {
    on_each_database(|portal| async move {
        let own = ann(&portal).await;
        assert_eq!(list_passkeys(&own).await.expect("lists"), Some(Vec::new()));
        let id = add(&own, &mut Authenticator::default(), "  Work   laptop ").await;
        let all = stored(&portal).await;
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].name.as_str(), counter(&all[0])), ("Work laptop", 0));
        let shown = list_passkeys(&own).await.expect("lists").expect("offered").remove(0);
        assert_eq!((shown.id, shown.created, shown.last_used), (id, portal.clock.now(), None));
        assert_eq!(get_passkey(&own, id).await.expect("shows"), shown);
        let mail = portal.mails().await.pop().expect("a mail");
        assert_eq!((mail.template.as_str(), mail.to_email.as_str()), ("passkey_added", "ann@acme.example"));
        assert!(mail.subject.starts_with("Passkey added") && mail.text_body.contains("“Work laptop”"));
        let told = events(&portal, "passkey.added").await.remove(0);
        assert_eq!((told.actor.as_str(), told.data["name"].as_str()), ("Ann", Some("Work laptop")));
        assert!(told.entity_id.is_some(), "the company reads of it");
    });
}

#[test]
fn a_device_has_one_key_of_an_account_and_names_are_told_apart() {
    on_each_database(|portal| async move {
        let own = ann(&portal).await;
        let mut device = Authenticator::default();
        add(&own, &mut device, "Phone").await;
        wrong_field(begin_registration(&own, "PHONE", None).await, "name");
        wrong_field(begin_registration(&own, "  ", None).await, "name");
        let begun = begin_registration(&own, "Again", None).await.expect("begins");
        assert!(device.create(&begun.options).is_none(), "the browser knows that it has one");
        let second = add(&own, &mut Authenticator::default(), "Laptop").await;
        wrong_field(rename_passkey(&own, second, " phone ").await, "name");
        wrong_field(rename_passkey(&own, second, "").await, "name");
        rename_passkey(&own, second, "laptop").await.expect("its own name in other letters");
        rename_passkey(&own, second, "laptop").await.expect("again");
        let told = events(&portal, "passkey.renamed").await;
        assert_eq!(told.len(), 1, "the same name again is no change");
        assert_eq!(told[0].data["before"]["name"], "Laptop");
    });
}

#[test]
fn of_two_that_were_begun_the_newer_one_counts_and_once() {
    on_each_database(|portal| async move {
        let own = ann(&portal).await;
        let first = begin_registration(&own, "First", None).await.expect("begins");
        let second = begin_registration(&own, "Second", None).await.expect("begins");
        let mut device = Authenticator::default();
        let late = device.create(&first.options).expect("a key");
        refusal(finish_registration(&own, &first.secret, &late).await);
        let answer = Authenticator::default().create(&second.options).expect("a key");
        finish_registration(&own, &second.secret, &answer).await.expect("adds");
        refusal(finish_registration(&own, &second.secret, &answer).await);
        assert_eq!(stored(&portal).await.len(), 1);
    });
}

#[test]
fn there_is_room_for_twenty() {
    on_each_database(|portal| async move {
        let own = ann(&portal).await;
        for number in 0..20 {
            add(&own, &mut Authenticator::default(), &format!("Key {number}")).await;
        }
        let text = refusal(begin_registration(&own, "One more", None).await);
        assert!(text.contains("Remove one"), "{text}");
    });
}

#[test]
fn adding_and_removing_ask_for_the_password_when_the_last_proof_is_old() {
    on_each_database(|portal| async move {
        let own = ann(&portal).await;
        let id = add(&own, &mut Authenticator::default(), "Key").await;
        portal.clock.advance(Duration::minutes(10));
        let own = portal.again(&own).await.expect("signed in");
        for password in [None, Some(""), Some("wrong-password")] {
            wrong_field(begin_registration(&own, "Second", password).await, "password");
            wrong_field(remove_passkey(&own, id, password).await, "password");
        }
        rename_passkey(&own, id, "Renamed").await.expect("a name is no danger");
        begin_registration(&own, "Second", Some(PASSWORD)).await.expect("begins");
        let own = portal.again(&own).await.expect("signed in");
        remove_passkey(&own, id, None).await.expect("proved a moment ago");
    });
}

#[test]
fn a_removed_one_is_dead_and_so_is_every_other_session() {
    on_each_database(|portal| async move {
        let own = ann(&portal).await;
        let mut device = Authenticator::default();
        let id = add(&own, &mut device, "Key").await;
        let by_key = sign_in(&portal, &mut device).await.expect("signs in");
        let other = portal.signed_in(by_key.user, by_key.membership).await.expect("a session").cx;
        remove_passkey(&own, id, None).await.expect("removes");
        assert!(portal.again(&own).await.is_some(), "whoever removed it stays");
        assert!(portal.again(&other).await.is_none());
        refusal(sign_in(&portal, &mut device).await);
        assert!(matches!(remove_passkey(&own, id, None).await, Err(ServiceError::NotFound)));
        let mail = portal.mails().await.pop().expect("a mail");
        assert_eq!(mail.template, "passkey_removed");
        assert_eq!(events(&portal, "passkey.removed").await.len(), 1);
    });
}

#[test]
fn nobody_reaches_anothers_and_only_account_holders_have_any() {
    on_each_database(|portal| async move {
        let own = ann(&portal).await;
        let mut device = Authenticator::default();
        let id = add(&own, &mut device, "Key").await;
        let zeta = portal.company("Zeta").await;
        let boss = portal.customer(zeta, "boss@zeta.example").await;
        let mut holders = vec![boss];
        for role in [StaffRole::Staff, StaffRole::ContactManager, StaffRole::Administrator] {
            holders.push(portal.staff(role).await);
        }
        for cx in &holders {
            assert_eq!(list_passkeys(cx).await.expect("their own"), Some(Vec::new()));
            assert!(begin_registration(cx, "Mine", None).await.is_ok());
            is_denied(cx, id, false).await;
        }
        for cx in [portal.anonymous(), half(&portal, &own).await] {
            assert!(matches!(list_passkeys(&cx).await, Err(ServiceError::Unauthenticated)));
            is_denied(&cx, id, true).await;
        }
        for cx in [visitor(&portal).await, viewing(&portal).await] {
            assert!(matches!(list_passkeys(&cx).await, Err(ServiceError::NotFound)));
            is_denied(&cx, id, true).await;
        }
        let key = stored(&portal).await.remove(0);
        assert_eq!((key.name.as_str(), key.credential_id), ("Key", device.key_id()));
    });
}

/// Somebody else's passkey does not exist, and whoever has no account begins none.
async fn is_denied(cx: &Cx, id: PasskeyId, begins_none: bool) {
    let denied = |result: Result<(), ServiceError>| {
        assert!(matches!(result, Err(ServiceError::NotFound | ServiceError::Unauthenticated)), "{result:?}");
    };
    denied(get_passkey(cx, id).await.map(|_| ()));
    denied(rename_passkey(cx, id, "Stolen").await);
    denied(remove_passkey(cx, id, Some(PASSWORD)).await);
    if begins_none {
        denied(begin_registration(cx, "Mine", Some(PASSWORD)).await.map(|_| ()));
        denied(finish_registration(cx, "secret", "{}").await.map(|_| ()));
    }
}

/// Ann again, whose password was right and whose second factor is due.
async fn half(portal: &Portal, own: &Cx) -> Cx {
    let user = entities::user::Entity::find().all(portal.portico.db.pool()).await.expect("users");
    let ann = user.into_iter().find(|user| user.login == "ann@acme.example").expect("Ann");
    let whose = NewSession {
        user: Some(domain::ids::UserId(ann.id)),
        level: auth::Level::Code,
        ..NewSession::default()
    };
    assert!(own.session().is_some());
    open(portal, whose, Face::Portal).await
}

async fn visitor(portal: &Portal) -> Cx {
    let vega = portal.company("Vega").await;
    let link = links::secure_link_of(&portal.portico, portal.portico.db.pool(), vega).await;
    let link = link.expect("asks").expect("a link");
    let secret = link.rsplit('/').next().expect("a secret");
    let opened = links::open_secure_link(&portal.anonymous(), secret, false).await.expect("opens");
    let SecureLinkOpened::Visit(whose) = opened else { panic!("no visit") };
    open(portal, whose, Face::Portal).await
}

async fn viewing(portal: &Portal) -> Cx {
    let hash = portal.staff_session(StaffRole::ContactManager).await;
    let resolve = |face| auth::resolve_session(&portal.portico, &hash, face, origin());
    let staff = resolve(Face::Own).await.expect("resolves").expect("staff").cx;
    let rhea = portal.company("Rhea").await;
    portal.customer(rhea, "rhea@rhea.example").await;
    view_as::begin_view(&staff, rhea, "", "She called").await.expect("views");
    resolve(Face::Portal).await.expect("resolves").expect("a view").cx
}

async fn open(portal: &Portal, whose: NewSession, face: Face) -> Cx {
    let hash = Uuid::now_v7().to_string();
    auth::open_session(&portal.portico, &hash, whose, &origin()).await.expect("a session");
    auth::resolve_session(&portal.portico, &hash, face, origin())
        .await
        .expect("resolves")
        .expect("a session")
        .cx
}
