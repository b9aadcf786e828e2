use domain::access::{RowChange, StaffRole};
use entities::{passkey_ceremony, session, user};
use futures::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use services::{
    Origin, ServiceError,
    auth::{
        self, Face, Landing, Level,
        passkeys::{begin_registration, begin_sign_in, finish_registration, finish_sign_in},
    },
};
use time::Duration;

use super::{add, ann, counter, events, refusal, sign_in, stored};
use crate::support::{PASSWORD, authenticator::Authenticator, on_each_database, origin};

#[test]
fn a_passkey_signs_in_all_the_way_and_its_counter_grows() {
    on_each_database(|portal| async move {
        let mut device = Authenticator::default();
        let own = ann(&portal).await;
        add(&own, &mut device, "Work laptop").await;
        let cx = portal.anonymous();
        let begun = begin_sign_in(&cx).await.expect("begins");
        let answer = device.get(&begun.options);
        let work = finish_sign_in(&cx, &begun.secret, &answer, "opened");
        let (signed_in, statements) = portal.statements_of(work).await;
        let signed_in = signed_in.expect("signs in");
        assert!(statements <= 12, "{statements} statements, with the mail of a new device");
        assert_eq!((signed_in.level, signed_in.landing), (Level::Full, Landing::Portal));
        assert_eq!(signed_in.proved_at, Some(portal.clock.now()), "it stands for the password too");
        let opened = auth::resolve_session(&portal.portico, "opened", Face::Portal, origin()).await;
        let opened = opened.expect("resolves").expect("a session").cx;
        assert!(opened.actor().as_portal().is_some());
        let key = stored(&portal).await.remove(0);
        assert_eq!((counter(&key), key.last_used_at), (1, Some(portal.clock.now().millis())));
        let told = events(&portal, "user.signed_in").await.pop().expect("an event");
        assert_eq!(told.data["with"], "passkey");
        sign_in(&portal, &mut device).await.expect("again");
        assert_eq!(counter(&stored(&portal).await[0]), 2);
        let left = passkey_ceremony::Entity::find().count(portal.portico.db.pool()).await;
        assert_eq!(left.expect("counts"), 1, "the registration's; sweeping takes it");
        portal.clock.advance(Duration::minutes(6));
        auth::sweep(&portal.portico).await.expect("sweeps");
        let left = passkey_ceremony::Entity::find().count(portal.portico.db.pool()).await;
        assert_eq!(left.expect("counts"), 0);
    });
}

#[test]
fn staff_sign_in_with_theirs_and_land_on_their_side() {
    on_each_database(|portal| async move {
        for (role, kept) in
            [(StaffRole::Staff, 1), (StaffRole::ContactManager, 2), (StaffRole::Administrator, 3)]
        {
            let mut device = Authenticator::without_counter();
            let id = portal.staff_user(role).await;
            user::Entity::update_many()
                .col_expr(user::Column::PasswordHash, Expr::value("unused"))
                .filter(user::Column::Id.eq(id.0))
                .exec(portal.portico.db.pool())
                .await
                .expect("a password");
            let own = portal.signed_in(id, None).await.expect("a session").cx;
            add(&own, &mut device, "Key").await;
            for _ in 0..2 {
                let signed_in = sign_in(&portal, &mut device).await.expect("signs in");
                assert_eq!((signed_in.user, signed_in.landing), (id, Landing::Staff));
            }
            assert_eq!(stored(&portal).await.len(), kept);
            assert_eq!(counter(&stored(&portal).await[kept - 1]), 0, "a key without a counter");
        }
    });
}

#[test]
fn an_answer_counts_once_and_for_its_own_challenge() {
    on_each_database(|portal| async move {
        let mut device = Authenticator::default();
        let own = ann(&portal).await;
        add(&own, &mut device, "Work laptop").await;
        let cx = portal.anonymous();
        let begun = begin_sign_in(&cx).await.expect("begins");
        let answer = device.get(&begun.options);
        finish_sign_in(&cx, &begun.secret, &answer, "first").await.expect("signs in");
        let again = refusal(finish_sign_in(&cx, &begun.secret, &answer, "second").await);
        assert!(again.contains("Try once more"), "{again}");
        let newer = begin_sign_in(&cx).await.expect("begins");
        refusal(finish_sign_in(&cx, &newer.secret, &answer, "third").await);
        refusal(finish_sign_in(&cx, &newer.secret, &device.get(&newer.options), "fourth").await);
        assert_eq!(counter(&stored(&portal).await[0]), 1, "what is refused moves no counter");
        let sessions = session::Entity::find().filter(session::Column::IdHash.ne(own.session().unwrap()));
        assert_eq!(sessions.count(portal.portico.db.pool()).await.expect("counts"), 1);
    });
}

#[test]
fn of_fifty_uses_at_once_one_counts() {
    on_each_database(|portal| async move {
        let mut device = Authenticator::without_counter();
        add(&ann(&portal).await, &mut device, "Work laptop").await;
        let cx = portal.anonymous();
        let begun = begin_sign_in(&cx).await.expect("begins");
        let answer = device.get(&begun.options);
        let ids: Vec<String> = (0..50).map(|number| format!("session-{number}")).collect();
        let tries = ids.iter().map(|id| finish_sign_in(&cx, &begun.secret, &answer, id));
        let came_in = join_all(tries).await.into_iter().filter(Result::is_ok).count();
        assert_eq!(came_in, 1);
    });
}

#[test]
fn who_did_not_prove_themselves_to_the_device_is_told_so() {
    on_each_database(|portal| async move {
        let mut device = Authenticator::that_verifies_nobody();
        let own = ann(&portal).await;
        let begun = begin_registration(&own, "Old key", None).await.expect("begins");
        let answer = device.create(&begun.options).expect("a key");
        let text = refusal(finish_registration(&own, &begun.secret, &answer).await);
        assert!(text.contains("did not check that it is you") && text.contains("PIN"), "{text}");
        let mut device = Authenticator::default();
        add(&own, &mut device, "Key").await;
        device.verifies = false;
        let text = refusal(sign_in(&portal, &mut device).await);
        assert!(text.contains("did not check that it is you"), "{text}");
        device.verifies = true;
        sign_in(&portal, &mut device).await.expect("with it");
    });
}

#[test]
fn a_copied_key_and_another_sites_answer_are_refused() {
    on_each_database(|portal| async move {
        let mut device = Authenticator::default();
        add(&ann(&portal).await, &mut device, "Key").await;
        for _ in 0..3 {
            sign_in(&portal, &mut device).await.expect("signs in");
        }
        device.set_counter(1);
        let copied = refusal(sign_in(&portal, &mut device).await);
        device.set_counter(9);
        device.origin = "https://portal.business.example.evil.example";
        let elsewhere = refusal(sign_in(&portal, &mut device).await);
        assert_eq!(copied, elsewhere);
        assert_eq!(counter(&stored(&portal).await[0]), 3);
        for rubbish in ["", "{}", "[]", "null", "\u{0}", &"[".repeat(5_000)] {
            let cx = portal.anonymous();
            let begun = begin_sign_in(&cx).await.expect("begins");
            assert_eq!(refusal(finish_sign_in(&cx, &begun.secret, rubbish, "x").await), copied);
        }
    });
}

#[test]
fn unknown_removed_disabled_and_revoked_get_one_answer() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let contact = portal.person(acme, "Ann", "ann@acme.example").await;
        let own = portal.customer(contact, "ann@acme.example").await;
        let mut device = Authenticator::default();
        add(&own, &mut device, "Key").await;
        let mut stranger = Authenticator::default();
        let begun = begin_registration(&own, "Never kept", None).await.expect("begins");
        stranger.create(&begun.options).expect("a key that the server never sees");
        let unknown = refusal(sign_in(&portal, &mut stranger).await);
        let (user, _) = portal.member(contact).await;
        let set = |status: &'static str| {
            user::Entity::update_many()
                .col_expr(user::Column::Status, Expr::value(status))
                .filter(user::Column::Id.eq(user.0))
                .exec(portal.portico.db.pool())
        };
        set("disabled").await.expect("disables");
        let disabled = refusal(sign_in(&portal, &mut device).await);
        set("active").await.expect("enables");
        sign_in(&portal, &mut device).await.expect("enabled again");
        portal.change(contact, "", RowChange::Revoke).await;
        let revoked = refusal(sign_in(&portal, &mut device).await);
        assert_eq!([&disabled, &revoked], [&unknown, &unknown]);

        portal.change(contact, "", RowChange::UndoRevoke).await;
        sign_in(&portal, &mut device).await.expect("as before the revocation");
        portal.change(contact, "", RowChange::Revoke).await;
        portal.clock.advance(Duration::hours(1));
        portal.change(contact, "ann@acme.example", RowChange::Grant).await;
        assert_eq!(refusal(sign_in(&portal, &mut device).await), unknown, "invited, not yet there");
        let secret = portal.newest_link_secret().await;
        auth::accept_invitation(&portal.anonymous(), &secret, PASSWORD, PASSWORD).await.expect("accepts");
        assert!(stored(&portal).await.is_empty(), "whoever begins anew has no passkeys of before");
    });
}

#[test]
fn it_stands_for_the_second_factor_that_a_rule_asks_for() {
    on_each_database(|portal| async move {
        let mut device = Authenticator::default();
        add(&ann(&portal).await, &mut device, "Key").await;
        user::Entity::update_many()
            .col_expr(user::Column::RequireTwoFactor, Expr::value(true))
            .exec(portal.portico.db.pool())
            .await
            .expect("a rule");
        let by_password =
            auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.expect("right");
        assert_eq!(by_password.level, Level::Enrolment);
        assert_eq!(sign_in(&portal, &mut device).await.expect("signs in").level, Level::Full);
    });
}

#[test]
fn a_challenge_is_for_one_purpose_one_browser_and_five_minutes() {
    on_each_database(|portal| async move {
        let mut device = Authenticator::default();
        let own = ann(&portal).await;
        add(&own, &mut device, "Key").await;
        let cx = portal.anonymous();
        let begun = begin_sign_in(&cx).await.expect("begins");
        let answer = device.get(&begun.options);
        refusal(finish_sign_in(&cx, "", &answer, "x").await);
        refusal(finish_sign_in(&cx, "another-browsers", &answer, "x").await);
        refusal(finish_registration(&own, &begun.secret, &answer).await);
        let adding = begin_registration(&own, "Second", None).await.expect("begins");
        refusal(finish_sign_in(&cx, &adding.secret, &answer, "x").await);
        portal.clock.advance(Duration::minutes(5));
        refusal(finish_sign_in(&cx, &begun.secret, &answer, "x").await);
        let begun = begin_sign_in(&cx).await.expect("begins");
        let answer = device.get(&begun.options);
        portal.clock.advance(Duration::minutes(5) - Duration::seconds(1));
        finish_sign_in(&cx, &begun.secret, &answer, "in-time").await.expect("in time");
    });
}

#[test]
fn a_network_that_asks_in_vain_waits_and_others_do_not() {
    on_each_database(|portal| async move {
        let mut device = Authenticator::default();
        add(&ann(&portal).await, &mut device, "Key").await;
        let cx = portal.anonymous();
        for _ in 0..70 {
            // A sign-in that ends well does not count.
            sign_in(&portal, &mut device).await.expect("signs in");
        }
        for _ in 0..60 {
            begin_sign_in(&cx).await.expect("let in");
        }
        let refused = begin_sign_in(&cx).await;
        assert!(matches!(refused, Err(ServiceError::Throttled { wait_seconds: 60 })), "{refused:?}");
        let elsewhere = Origin { address: "198.51.100.1".to_owned(), ..origin() };
        begin_sign_in(&portal.portico.anonymous(elsewhere)).await.expect("from elsewhere");
        portal.clock.advance(Duration::minutes(5));
        begin_sign_in(&cx).await.expect("later");
    });
}
