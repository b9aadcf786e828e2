//! Codes, of the app and for recovery: each works once, for its time, and for so many tries.

use super::*;

/// 0 of 10,000 replayed codes are accepted.
#[test]
fn no_code_is_accepted_twice() {
    on_each_database(|portal| async move {
        let (ann, key, _) = enrolled(&portal).await;
        for _ in 0..rounds(25, 2_500) {
            portal.clock.advance(Duration::minutes(5));
            let right = code(&portal, &key);
            let half = halfway(&portal, &ann, Level::Code).await;
            second_factor::verify_code(&half, &right, false).await.expect("in");
            for late in [0, 1, 28, 29] {
                portal.clock.advance(Duration::seconds(late));
                let another = halfway(&portal, &ann, Level::Code).await;
                assert_eq!(wrong_field(second_factor::verify_code(&another, &right, false).await), "code");
            }
        }
    });
}

#[test]
fn one_of_fifty_at_once_gets_in() {
    on_each_database(|portal| async move {
        let (ann, key, codes) = enrolled(&portal).await;
        portal.clock.advance(Duration::minutes(5));
        let right = code(&portal, &key);
        let mut halves = Vec::new();
        for _ in 0..50 {
            halves.push(halfway(&portal, &ann, Level::Code).await);
        }
        let tries = halves.iter().map(|half| second_factor::verify_code(half, &right, false));
        let accepted = join_all(tries).await.into_iter().filter(Result::is_ok).count();
        assert_eq!(accepted, 1);
        portal.clock.advance(Duration::minutes(5));
        let mut halves = Vec::new();
        for _ in 0..50 {
            halves.push(halfway(&portal, &ann, Level::Code).await);
        }
        let tries = halves.iter().map(|half| second_factor::use_recovery_code(half, &codes[0]));
        let accepted = join_all(tries).await.into_iter().filter(Result::is_ok).count();
        assert_eq!(accepted, 1, "recovery codes too");
    });
}

#[test]
fn a_code_works_for_its_step_and_thirty_seconds_more() {
    on_each_database(|portal| async move {
        let (ann, key, _) = enrolled(&portal).await;
        for (late, is_accepted) in [(0, true), (29, true), (30, true), (59, true), (60, false), (90, false)] {
            portal.clock.advance(Duration::minutes(10));
            let into_step = portal.clock.now().millis() / 1_000 % 30;
            portal.clock.advance(Duration::seconds(30 - into_step));
            let right = code(&portal, &key);
            portal.clock.advance(Duration::seconds(late));
            let half = halfway(&portal, &ann, Level::Code).await;
            let verified = second_factor::verify_code(&half, &right, false).await;
            assert_eq!(verified.is_ok(), is_accepted, "{late} s after its step began");
        }
    });
}

/// A clock that is set back accepts nothing that was accepted before.
#[test]
fn a_clock_set_back_brings_no_code_back() {
    on_each_database(|portal| async move {
        let (ann, key, _) = enrolled(&portal).await;
        portal.clock.advance(Duration::minutes(10));
        let right = code(&portal, &key);
        second_factor::verify_code(&halfway(&portal, &ann, Level::Code).await, &right, false)
            .await
            .expect("in");
        portal.clock.advance(Duration::minutes(-5));
        let earlier = code(&portal, &key);
        let half = halfway(&portal, &ann, Level::Code).await;
        assert_eq!(wrong_field(second_factor::verify_code(&half, &earlier, false).await), "code");
    });
}

#[test]
fn codes_are_tried_five_times_in_five_minutes_and_fifty_times_a_day() {
    on_each_database(|portal| async move {
        let (ann, key, _) = enrolled(&portal).await;
        portal.clock.advance(Duration::days(1));
        let half = halfway(&portal, &ann, Level::Code).await;
        let right = code(&portal, &key);
        let not_right = if right == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            assert_eq!(wrong_field(second_factor::verify_code(&half, not_right, false).await), "code");
        }
        let sixth = second_factor::verify_code(&half, &right, false).await;
        assert!(matches!(sixth, Err(ServiceError::Throttled { wait_seconds: 1..=300 })), "{sixth:?}");
        let told = portal.mails().await.iter().filter(|mail| mail.template == "codes_refused").count();
        assert_eq!(told, 1, "its owner is told once");
        // Another session, another browser: the same counter.
        let mut tries = 5;
        for _ in 0..(24 * 12) {
            portal.clock.advance(Duration::minutes(5));
            let half = halfway(&portal, &ann, Level::Code).await;
            for _ in 0..6 {
                let tried = second_factor::verify_code(&half, not_right, false).await;
                tries += i32::from(matches!(tried, Err(ServiceError::Invalid(_))));
            }
        }
        assert!((50..=100).contains(&tries), "fifty in each of the two days that this touches: {tries}");
        portal.clock.advance(Duration::days(1));
        let half = halfway(&portal, &ann, Level::Code).await;
        second_factor::verify_code(&half, &code(&portal, &key), false).await.expect("never for good");
    });
}

#[test]
fn recovery_codes_work_once_each_and_are_renewed_with_the_password() {
    on_each_database(|portal| async move {
        let (ann, _, codes) = enrolled(&portal).await;
        let half = halfway(&portal, &ann, Level::Code).await;
        let typed = codes[0].to_uppercase().replace('-', " ");
        second_factor::use_recovery_code(&half, &typed).await.expect("in");
        let mail = portal.mails().await.pop().expect("a mail");
        assert_eq!(mail.template, "recovery_code_used");
        assert!(mail.text_body.contains("You have 9 more."), "{}", mail.text_body);
        let half = halfway(&portal, &ann, Level::Code).await;
        assert_eq!(wrong_field(second_factor::use_recovery_code(&half, &codes[0]).await), "code");
        let cx = portal.signed_in(ann.user, Some(ann.membership)).await.expect("a session").cx;
        assert_eq!(wrong_field(second_factor::renew_recovery_codes(&cx, "wrong-password").await), "password");
        let renewed = second_factor::renew_recovery_codes(&cx, PASSWORD).await.expect("renews");
        assert_eq!(renewed.len(), 10);
        assert_eq!(wrong_field(second_factor::use_recovery_code(&half, &codes[1]).await), "code");
        second_factor::use_recovery_code(&half, &renewed[3]).await.expect("in");
    });
}
