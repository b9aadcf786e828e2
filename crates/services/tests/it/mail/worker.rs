use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use services::mail::run_worker;
use tokio::{sync::watch, time::timeout};

use super::{PATIENCE, invite, mail_to, queue, transport};
use crate::support::{
    on_each_database,
    smtp_server::{Mood, SmtpServer},
};

#[test]
fn a_mail_leaves_as_soon_as_it_is_committed() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        let (running, stop) = watch::channel(false);
        let worker = tokio::spawn(run_worker(Arc::clone(&portal.portico), transport(&server), stop));
        for (number, name) in ["ann", "bob", "cleo"].into_iter().enumerate() {
            let start = Instant::now();
            invite(&portal, name).await;
            server.wait_for(number + 1).await;
            assert!(start.elapsed() < Duration::from_secs(5), "the bell was not heard");
        }
        running.send(true).expect("the worker listens");
        timeout(Duration::from_secs(5), worker).await.expect("stops").expect("in peace");
        assert!(portal.mails().await.iter().all(|mail| mail.state == "sent"));
    });
}

#[test]
fn what_waited_for_the_server_leaves_when_it_is_back() {
    on_each_database(|portal| async move {
        let mut server = SmtpServer::start().await;
        server.down().await;
        for number in 0..30 {
            queue(&portal, &format!("a{number}@acme.example")).await;
        }
        let (running, stop) = watch::channel(false);
        let worker = tokio::spawn(run_worker(Arc::clone(&portal.portico), transport(&server), stop));
        server.up().await;
        portal.clock.advance(time::Duration::minutes(1));
        server.wait_for(30).await;
        running.send(true).expect("the worker listens");
        timeout(Duration::from_secs(5), worker).await.expect("stops").expect("in peace");
        assert_eq!(server.received().len(), 30);
    });
}

#[test]
fn a_mail_that_came_back_is_tried_after_its_own_pause() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        server.set(Mood::Greylisting);
        let (running, stop) = watch::channel(false);
        let worker = tokio::spawn(run_worker(Arc::clone(&portal.portico), transport(&server), stop));
        invite(&portal, "ann").await;
        while mail_to(&portal, "ann@acme.example").await.attempts == 0 {
            tokio::task::yield_now().await;
        }
        server.set(Mood::Willing);
        portal.clock.advance(time::Duration::seconds(2));
        let start = Instant::now();
        server.wait_for(1).await;
        assert!(start.elapsed() < Duration::from_secs(5), "it waited for the next look at the queue");
        drop(running);
        timeout(Duration::from_secs(5), worker).await.expect("stops").expect("in peace");
    });
}

#[test]
fn stopping_finishes_what_is_under_way_and_gives_back_the_rest() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        server.set(Mood::HangsAfterData);
        for number in 0..20 {
            queue(&portal, &format!("a{number}@acme.example")).await;
        }
        let (running, stop) = watch::channel(false);
        let worker = tokio::spawn(run_worker(Arc::clone(&portal.portico), transport(&server), stop));
        server.wait_for(4).await;
        drop(running);
        timeout(PATIENCE * 10, worker).await.expect("stops").expect("in peace");
        let mails = portal.mails().await;
        assert!(mails.iter().all(|mail| mail.state == "queued" && mail.leased_until.is_none()));
        assert_eq!(mails.iter().filter(|mail| mail.attempts == 1).count(), 4, "no new ones were begun");
        assert_eq!(server.received().len(), 4);
    });
}
