use domain::account::PasswordForm;
use services::{Cx, Origin, ServiceError, account, auth};
use time::Duration;

use crate::support::{PASSWORD, Portal, on_each_database, origin};

const ANN: &str = "ann@acme.example";
const BOB: &str = "bob@acme.example";
const NOBODY: &str = "nobody@acme.example";

async fn ann_and_bob(portal: &Portal) -> Cx {
    let acme = portal.company("Acme").await;
    let bob = portal.person(acme, "Bob", BOB).await;
    portal.customer(bob, BOB).await;
    let ann = portal.person(acme, "Ann", ANN).await;
    portal.customer(ann, ANN).await
}

/// Signs in from a new browser; what it keeps.
async fn device_of(portal: &Portal, login: &str) -> Origin {
    let cx = portal.anonymous();
    auth::sign_in(&cx, login, PASSWORD).await.expect("signs in");
    let secret = cx.take_answer().device_secret.expect("a new browser");
    Origin { device: Some(services::hash_secret(&secret)), ..origin() }
}

async fn tries(portal: &Portal, from: &Origin, login: &str, password: &str) -> Result<(), ServiceError> {
    auth::sign_in(&portal.portico.anonymous(from.clone()), login, password).await.map(|_| ())
}

fn is_throttled(tried: &Result<(), ServiceError>) -> bool {
    matches!(tried, Err(ServiceError::Throttled { wait_seconds: 1..=61 }))
}

/// Guesses wrongly until there is no more guessing.
async fn exhaust(portal: &Portal, from: &Origin, login: &str) -> usize {
    for guess in 0..100 {
        if is_throttled(&tries(portal, from, login, "wrong-password").await) {
            return guess;
        }
    }
    panic!("nothing stops {login}");
}

/// As a stranger would with many addresses, until the account is refused from everywhere.
async fn hammer(portal: &Portal, login: &str) {
    for network in 0..20 {
        let from = Origin { address: format!("198.51.{network}.7"), ..origin() };
        exhaust(portal, &from, login).await;
    }
    let fresh = Origin { address: "203.0.113.7".to_owned(), ..origin() };
    assert!(is_throttled(&tries(portal, &fresh, login, PASSWORD).await), "refused from anywhere");
}

#[test]
fn a_stranger_keeps_the_owner_out_neither_from_afar_nor_from_next_door() {
    on_each_database(|portal| async move {
        ann_and_bob(&portal).await;
        let own = device_of(&portal, ANN).await;
        // It moved since, to a network that nobody signed in from.
        let own = Origin { address: "203.0.113.20".to_owned(), ..own };
        hammer(&portal, ANN).await;
        let next_door = Origin { address: "203.0.113.66".to_owned(), device: None, ..origin() };
        assert!(is_throttled(&tries(&portal, &next_door, ANN, PASSWORD).await));
        tries(&portal, &own, ANN, PASSWORD).await.expect("a known browser is let in");
        // The owner may mistype, while the attack goes on.
        for _ in 0..4 {
            let mistyped = tries(&portal, &own, ANN, "tram-otter-violin").await;
            assert!(matches!(mistyped, Err(ServiceError::Refused(_))), "{mistyped:?}");
            tries(&portal, &next_door, ANN, "wrong-password").await.expect_err("refused");
        }
        tries(&portal, &own, ANN, PASSWORD).await.expect("is let in");
    });
}

#[test]
fn a_known_browser_guesses_no_more_than_another_and_only_for_itself() {
    on_each_database(|portal| async move {
        ann_and_bob(&portal).await;
        let (stolen, own) = (device_of(&portal, ANN).await, device_of(&portal, ANN).await);
        assert_eq!(exhaust(&portal, &stolen, ANN).await, 5);
        assert!(is_throttled(&tries(&portal, &stolen, ANN, PASSWORD).await), "the right one has to wait too");
        tries(&portal, &own, ANN, PASSWORD).await.expect("another known browser does not");
        tries(&portal, &origin(), ANN, PASSWORD).await.expect("nor does a new one");
        portal.clock.advance(Duration::minutes(1));
        tries(&portal, &stolen, ANN, PASSWORD).await.expect("never for good");
        assert_eq!(exhaust(&portal, &stolen, ANN).await, 5, "what was right is forgotten");
    });
}

#[test]
fn the_cookie_of_one_account_is_no_help_with_another_and_tells_nothing_of_it() {
    on_each_database(|portal| async move {
        ann_and_bob(&portal).await;
        let bobs = device_of(&portal, BOB).await;
        let forged = Origin { device: Some(services::hash_secret("forged")), ..origin() };
        for from in [&bobs, &forged] {
            portal.clock.advance(Duration::hours(2));
            let (known, unknown) = (exhaust(&portal, from, ANN).await, exhaust(&portal, from, NOBODY).await);
            assert_eq!((known, unknown), (5, 5));
            assert!(is_throttled(&tries(&portal, &origin(), ANN, PASSWORD).await), "counted as everybody's");
        }
        portal.clock.advance(Duration::hours(2));
        let statements = async |login: &str| {
            let tried = tries(&portal, &bobs, login, "wrong-password");
            portal.statements_of(tried).await.1
        };
        assert_eq!(statements(ANN).await, statements(NOBODY).await);
    });
}

#[test]
fn limits_outlive_a_restart_and_hold_for_several_servers_together() {
    on_each_database(|portal| async move {
        ann_and_bob(&portal).await;
        let other = portal.restarted();
        for login in [ANN, NOBODY] {
            for server in [&portal, &other, &portal, &other, &portal] {
                let tried = tries(server, &origin(), login, "wrong-password").await;
                assert!(matches!(tried, Err(ServiceError::Refused(_))), "{tried:?}");
            }
            for server in [&portal, &other, &portal.restarted()] {
                assert!(is_throttled(&tries(server, &origin(), login, PASSWORD).await));
            }
        }
        let own = device_of(&portal, BOB).await;
        assert_eq!(exhaust(&other, &own, BOB).await, 5);
        assert!(is_throttled(&tries(&portal.restarted(), &own, BOB, PASSWORD).await));
        portal.clock.advance(Duration::minutes(1));
        tries(&other, &origin(), ANN, PASSWORD).await.expect("is let in");
    });
}

#[test]
fn wrong_passwords_within_a_session_count_like_those_of_sign_ins() {
    on_each_database(|portal| async move {
        let cx = ann_and_bob(&portal).await;
        let form = |current: &str| PasswordForm {
            current_password: current.to_owned(),
            new_password: "copper-lantern-drift-9".to_owned(),
            repetition: "copper-lantern-drift-9".to_owned(),
        };
        for _ in 0..5 {
            let wrong = account::change_password(&cx, &form("wrong-password")).await;
            assert!(matches!(wrong, Err(ServiceError::Invalid(_))), "{wrong:?}");
        }
        let refused = account::change_password(&cx, &form(PASSWORD)).await;
        assert!(is_throttled(&refused), "{refused:?}");
        assert!(is_throttled(&tries(&portal, &origin(), ANN, PASSWORD).await));
        portal.clock.advance(Duration::minutes(1));
        account::change_password(&cx, &form(PASSWORD)).await.expect("changes");
    });
}
