use domain::Instant;
use services::mail::{DeliveryReport, MailTransport, deliver_due, drain};
use time::Duration;

use super::{invite, mail_to, queue, transport};
use crate::support::{
    on_each_database,
    smtp_server::{Mood, SmtpServer},
};

#[test]
fn down_then_up_loses_nothing_and_sends_nothing_twice() {
    on_each_database(|portal| async move {
        let mut server = SmtpServer::start().await;
        server.down().await;
        for number in 0..20 {
            queue(&portal, &format!("a{number}@acme.example")).await;
        }
        invite(&portal, "ann").await;
        for _ in 0..5 {
            let report = drain(&portal.portico, &transport(&server)).await.expect("delivers");
            assert_eq!((report.sent, report.failed), (0, 0));
            portal.clock.advance(Duration::minutes(5));
        }
        let mail = mail_to(&portal, "ann@acme.example").await;
        assert!(mail.error.is_some_and(|error| error.contains("cannot be reached")));
        server.up().await;
        let report = drain(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(report, DeliveryReport { sent: 21, ..DeliveryReport::default() });
        let mut to: Vec<String> = server.received().into_iter().map(|mail| mail.to).collect();
        to.sort();
        to.dedup();
        assert_eq!(to.len(), 21);
    });
}

#[test]
fn a_server_that_is_away_is_not_asked_for_every_mail() {
    on_each_database(|portal| async move {
        let mut server = SmtpServer::start().await;
        server.down().await;
        for number in 0..50 {
            queue(&portal, &format!("a{number}@acme.example")).await;
        }
        let report = deliver_due(&portal.portico, &transport(&server)).await.expect("delivers");
        assert!((1..=8).contains(&report.retried), "{report:?}");
        let untouched = portal.mails().await.iter().filter(|mail| mail.attempts == 0).count();
        assert!(untouched >= 42, "{untouched}");
        assert!(portal.mails().await.iter().all(|mail| mail.leased_until.is_none()));
    });
}

#[test]
fn every_kind_of_outage_is_waited_out() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        let plain = transport(&server);
        let smtps = MailTransport::parse(&format!("smtps://127.0.0.1:{}", server.port)).expect("parses");
        queue(&portal, "ann@acme.example").await;
        for (mood, transport, said) in [
            (Mood::Closing, &plain, "421 4.3.2 shutting down"),
            (Mood::Silent, &plain, "no answer in time"),
            (Mood::Greylisting, &plain, "450 4.2.0 come back later"),
            (Mood::Willing, &smtps.with_patience(super::PATIENCE), "cannot be reached"),
        ] {
            server.set(mood);
            let report = deliver_due(&portal.portico, transport).await.expect("delivers");
            assert_eq!(report, DeliveryReport { retried: 1, ..DeliveryReport::default() }, "{mood:?}");
            let error = mail_to(&portal, "ann@acme.example").await.error.unwrap_or_default();
            assert!(error.contains(said), "{mood:?}: {error}");
            portal.clock.advance(Duration::hours(1));
        }
        assert_eq!(deliver_due(&portal.portico, &plain).await.expect("delivers").sent, 1);
        assert_eq!(mail_to(&portal, "ann@acme.example").await.attempts, 5);
    });
}

#[test]
fn pauses_grow_and_end_after_three_days() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        server.set(Mood::Greylisting);
        queue(&portal, "ann@acme.example").await;
        let start = portal.clock.now();
        for seconds in [1.0, 5.0, 30.0, 120.0, 300.0, 900.0, 900.0] {
            let report = deliver_due(&portal.portico, &transport(&server)).await.expect("delivers");
            assert_eq!(report.retried, 1);
            let mail = mail_to(&portal, "ann@acme.example").await;
            let pause = Instant::from_millis(mail.next_try_at).since(portal.clock.now());
            let pause_seconds = pause.as_seconds_f64();
            assert!(
                (seconds * 0.79..seconds * 1.21).contains(&pause_seconds),
                "{pause_seconds} for {seconds}"
            );
            portal.clock.advance(pause - Duration::milliseconds(1));
            let early = deliver_due(&portal.portico, &transport(&server)).await.expect("delivers");
            assert_eq!(early, DeliveryReport::default(), "not before its time");
            portal.clock.advance(Duration::milliseconds(1));
        }
        portal.clock.advance(Duration::days(3) - portal.clock.now().since(start));
        let report = deliver_due(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(report, DeliveryReport { failed: 1, ..DeliveryReport::default() });
        let mail = mail_to(&portal, "ann@acme.example").await;
        assert_eq!(mail.state, "failed");
        assert!(mail.error.is_some_and(|error| error.contains("450")));
    });
}

#[test]
fn a_server_that_comes_back_is_noticed_within_a_minute() {
    on_each_database(|portal| async move {
        let mut server = SmtpServer::start().await;
        server.down().await;
        queue(&portal, "ann@acme.example").await;
        for _ in 0..12 {
            deliver_due(&portal.portico, &transport(&server)).await.expect("delivers");
            let mail = mail_to(&portal, "ann@acme.example").await;
            let pause = Instant::from_millis(mail.next_try_at).since(portal.clock.now());
            assert!(pause < Duration::minutes(1), "{pause}");
            portal.clock.advance(pause);
        }
    });
}
