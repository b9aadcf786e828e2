use domain::access::RowChange;
use services::{ServiceError, auth};
use time::Duration;

use crate::support::{PASSWORD, on_each_database};

fn refusal(result: Result<auth::SignedIn, ServiceError>) -> String {
    match result {
        Err(ServiceError::Refused(text)) => text,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn unknown_wrong_disabled_and_revoked_get_one_answer() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        let cx = portal.anonymous();

        let unknown = refusal(auth::sign_in(&cx, "nobody@acme.example", PASSWORD).await);
        let wrong = refusal(auth::sign_in(&cx, "ann@acme.example", "tram-otter-violin").await);
        assert!(
            auth::sign_in(&cx, " ANN@acme.example ", PASSWORD).await.is_ok(),
            "logins ignore case and blanks"
        );
        portal.change(ann, "", RowChange::Revoke).await;
        let revoked = refusal(auth::sign_in(&cx, "ann@acme.example", PASSWORD).await);
        assert_eq!(unknown, wrong);
        assert_eq!(unknown, revoked);
    });
}

#[test]
fn failures_slow_down_known_and_unknown_alike_and_the_owner_gets_in_again() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        let cx = portal.anonymous();
        for login in ["ann@acme.example", "nobody@acme.example"] {
            for _ in 0..5 {
                refusal(auth::sign_in(&cx, login, "wrong-password").await);
            }
            let throttled = auth::sign_in(&cx, login, PASSWORD).await;
            assert!(
                matches!(throttled, Err(ServiceError::Throttled { wait_seconds: 1..=60 })),
                "{throttled:?}"
            );
        }
        portal.clock.advance(Duration::minutes(1));
        assert!(auth::sign_in(&cx, "ann@acme.example", PASSWORD).await.is_ok());
    });
}

#[test]
fn guesses_sent_all_at_once_are_counted_before_they_are_checked() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        let cx = portal.anonymous();
        for login in ["ann@acme.example", "nobody@acme.example"] {
            let guesses = (0..20).map(|_| auth::sign_in(&cx, login, "wrong-password"));
            let results = futures::future::join_all(guesses).await;
            let checked =
                results.iter().filter(|result| matches!(result, Err(ServiceError::Refused(_)))).count();
            assert!((1..=5).contains(&checked), "{checked} of 20 guesses were checked");
            let throttled =
                results.iter().filter(|result| matches!(result, Err(ServiceError::Throttled { .. })));
            assert_eq!(throttled.count(), 20 - checked);
        }
    });
}

#[test]
fn signing_in_opens_the_session_in_the_same_transaction() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        let cx = portal.anonymous();
        refusal(auth::sign_in_to_session(&cx, "ann@acme.example", "wrong-password", "refused").await);
        let signing_in = auth::sign_in_to_session(&cx, "ann@acme.example", PASSWORD, "opened");
        let (signed_in, statements) = portal.statements_of(signing_in).await;
        signed_in.expect("signs in");
        assert!(statements <= 8, "two before the hash, five after it and a mail, not {statements}");
        let taken = auth::sign_in_to_session(&cx, "ann@acme.example", PASSWORD, "opened").await;
        assert!(matches!(taken, Err(ServiceError::Internal { .. })), "an id is used once: {taken:?}");
        let resolve = |hash: &'static str| {
            auth::resolve_session(&portal.portico, hash, auth::Face::Portal, crate::support::origin())
        };
        assert!(resolve("opened").await.expect("resolves").is_some());
        assert!(resolve("refused").await.expect("resolves").is_none());
    });
}

#[test]
fn passwords_count_as_typed() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let secret = portal.newest_link_secret().await;
        let padded = format!(" {PASSWORD} ");
        auth::accept_invitation(&portal.anonymous(), &secret, &padded, &padded).await.expect("accepts");
        refusal(auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await);
        assert!(auth::sign_in(&portal.anonymous(), "ann@acme.example", &padded).await.is_ok());
    });
}

#[test]
fn sessions_end_when_idle_and_after_a_day() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        let signed_in =
            auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.expect("signs in");
        let origin = crate::support::origin();
        let open = |hash: &'static str| auth::open_session(&portal.portico, hash, signed_in.whose(), &origin);
        let resolve = |hash: &'static str| {
            auth::resolve_session(&portal.portico, hash, auth::Face::Portal, crate::support::origin())
        };
        open("idle").await.expect("opens");
        portal.clock.advance(Duration::minutes(59));
        assert!(resolve("idle").await.expect("resolves").is_some());
        portal.clock.advance(Duration::minutes(59));
        assert!(resolve("idle").await.expect("resolves").is_some(), "a request keeps it alive");
        portal.clock.advance(Duration::minutes(61));
        assert!(resolve("idle").await.expect("resolves").is_none());
        open("long").await.expect("opens");
        for _ in 0..48 {
            portal.clock.advance(Duration::minutes(29));
            assert!(resolve("long").await.expect("resolves").is_some());
        }
        portal.clock.advance(Duration::minutes(59));
        assert!(resolve("long").await.expect("resolves").is_none(), "a day is the end of every session");
    });
}
