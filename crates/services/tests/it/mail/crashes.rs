use std::sync::Arc;

use entities::mail_outbox;
use sea_orm::{EntityTrait, sea_query::Expr};
use services::mail::{deliver_due, drain, run_worker};
use time::Duration;
use tokio::sync::watch;

use super::{invite, mail_to, queue, transport};
use crate::support::{
    link_secret, on_each_database,
    smtp_server::{Mood, SmtpServer},
};

#[test]
fn a_mail_written_before_a_kill_is_sent_once_after_it() {
    on_each_database(|portal| async move {
        // The worker that dies knows a server that never comes up: what it had begun, a task, may live a moment longer, which
        // no killed process does.
        let (server, mut down) = (SmtpServer::start().await, SmtpServer::start().await);
        down.down().await;
        let (_running, stop) = watch::channel(false);
        let worker = tokio::spawn(run_worker(Arc::clone(&portal.portico), transport(&down), stop));
        invite(&portal, "ann").await;
        worker.abort();
        let _ = worker.await;
        portal.clock.advance(Duration::minutes(3));
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(server.received().len(), 1);
    });
}

#[test]
fn a_mail_that_a_killed_worker_had_is_sent_once_its_lease_lapsed() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        invite(&portal, "ann").await;
        let lease = portal.clock.now().plus(Duration::minutes(2));
        mail_outbox::Entity::update_many()
            .col_expr(mail_outbox::Column::LeasedUntil, Expr::value(lease.millis()))
            .exec(portal.portico.db.pool())
            .await
            .expect("as a killed worker left it");
        portal.clock.advance(Duration::seconds(119));
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        assert!(server.received().is_empty(), "its worker may still be at it");
        portal.clock.advance(Duration::seconds(1));
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(server.received().len(), 1);
    });
}

#[test]
fn killed_between_the_servers_answer_and_our_note_sends_the_same_mail_at_most_once_more() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        invite(&portal, "ann").await;
        let secret = portal.newest_link_secret().await;
        server.set(Mood::HangsAfterData);
        let (portico, dying) = (Arc::clone(&portal.portico), transport(&server));
        let killed = tokio::spawn(async move { deliver_due(&portico, &dying).await });
        server.wait_for(1).await;
        killed.abort();
        server.set(Mood::Willing);
        portal.clock.advance(Duration::minutes(2));
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        let received = server.received();
        assert_eq!(received.len(), 2);
        assert_eq!(received[0].message_id, received[1].message_id);
        assert!(received.iter().all(|mail| link_secret(&mail.text) == secret));
        let mail = mail_to(&portal, "ann@acme.example").await;
        assert_eq!(mail.state, "sent");
        portal.clock.advance(Duration::days(1));
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(server.received().len(), 2);
    });
}

#[test]
fn a_server_that_hangs_up_after_the_mail_gets_it_again_under_the_same_id() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        queue(&portal, "ann@acme.example").await;
        server.set(Mood::DropsAfterData);
        let report = deliver_due(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(report.retried, 1);
        let error = mail_to(&portal, "ann@acme.example").await.error.unwrap_or_default();
        assert!(error.contains("hung up"), "{error}");
        server.set(Mood::Willing);
        portal.clock.advance(Duration::seconds(2));
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        let received = server.received();
        assert_eq!(received.len(), 2);
        assert_eq!(received[0].message_id, received[1].message_id);
    });
}

#[test]
fn two_workers_send_each_mail_once() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        for number in 0..60 {
            queue(&portal, &format!("a{number}@acme.example")).await;
        }
        let (one, other) = (transport(&server), transport(&server));
        let (one, other) = tokio::join!(drain(&portal.portico, &one), drain(&portal.portico, &other));
        let sent = one.expect("delivers").sent + other.expect("delivers").sent;
        assert_eq!((sent, server.received().len()), (60, 60), "{}", portal.database);
    });
}
