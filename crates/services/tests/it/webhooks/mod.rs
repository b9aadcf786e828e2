//! Webhooks: what they are told, how often it is tried, and who may keep them.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use std::{
    collections::VecDeque,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex},
};

use domain::{
    access::StaffRole,
    documents::TicketForm,
    ids::WebhookId,
    webhooks::{DeliveryState, WebhookForm, WebhooksPage},
};
use entities::{audit_event, webhook, webhook_delivery};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde_json::Value;
use services::{
    Cx, ServiceError,
    documents::tickets,
    webhooks::{self, DeliveryReport, Parcel, Postman, Undelivered},
};
use time::Duration;

use crate::support::{PASSWORD, Portal, on_each_database};

/// A postman that keeps what it is given, and answers what it was told to; without more, 200.
#[derive(Debug, Default)]
struct Post {
    parcels: Mutex<Vec<Parcel>>,
    answers: Mutex<VecDeque<u16>>,
}

impl Post {
    fn answer(&self, statuses: &[u16]) {
        self.answers.lock().expect("answers").extend(statuses);
    }

    fn taken(&self) -> Vec<Parcel> {
        self.parcels.lock().expect("parcels").clone()
    }
}

impl Postman for Post {
    fn check<'a>(&'a self, url: &'a str) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        let known =
            if url.contains("nowhere") { Err("There is no host nowhere.".to_owned()) } else { Ok(()) };
        Box::pin(async { known })
    }

    fn post(&self, parcel: Parcel) -> Pin<Box<dyn Future<Output = Result<u16, Undelivered>> + Send + '_>> {
        self.parcels.lock().expect("parcels").push(parcel);
        let status = self.answers.lock().expect("answers").pop_front().unwrap_or(200);
        let words = format!("The receiver answered {status}.");
        let answer = if status < 300 { Ok(status) } else { Err(Undelivered { status: Some(status), words }) };
        Box::pin(async { answer })
    }
}

fn post_of(portal: &Portal) -> Arc<Post> {
    let post = Arc::new(Post::default());
    portal.portico.set_postman(Arc::clone(&post) as Arc<dyn Postman>);
    post
}

fn form(url: &str, events: &[&str]) -> WebhookForm {
    WebhookForm { url: url.to_owned(), events: events.iter().map(|&event| event.to_owned()).collect() }
}

async fn hook(staff: &Cx, events: &[&str]) -> (WebhookId, String) {
    let form = form("https://erp.example/portico?key=abc", events);
    let made = webhooks::create_webhook(staff, &form, Some(PASSWORD)).await.expect("a webhook");
    (made.id, made.secret)
}

async fn page(staff: &Cx) -> WebhooksPage {
    webhooks::list_webhooks(staff).await.expect("lists")
}

async fn deliver(portal: &Portal) -> DeliveryReport {
    webhooks::deliver_due(&portal.portico).await.expect("delivers")
}

async fn customer(portal: &Portal) -> Cx {
    let acme = portal.company("Acme").await;
    let ann = portal.person(acme, "Ann", "ann@acme.example").await;
    portal.customer(ann, "ann@acme.example").await
}

async fn ticket(ann: &Cx, subject: &str) {
    let form = TicketForm { subject: subject.into(), description: "It hums.".into(), key: String::new() };
    tickets::create_ticket(ann, &form, Vec::new()).await.expect("a ticket");
}

#[test]
fn what_happens_is_told_to_who_wants_to_know_and_signed() {
    on_each_database(|portal| async move {
        let post = post_of(&portal);
        let staff = portal.staff(StaffRole::Administrator).await;
        let (_, secret) = hook(&staff, &["ticket.created"]).await;
        hook(&staff, &["access.granted", "nonsense"]).await;
        assert!(secret.starts_with("whsec_"));
        let kept = webhook::Entity::find().all(portal.portico.db.pool()).await.expect("reads");
        assert!(kept.iter().all(|hook| !hook.secret.contains(&secret[6..])), "sealed");
        let ann = customer(&portal).await;
        ticket(&ann, "The pump hums").await;
        assert_eq!(deliver(&portal).await, DeliveryReport { delivered: 2, failed: 0, retried: 0 });
        assert_eq!(deliver(&portal).await, DeliveryReport::default(), "once");

        let parcels = post.taken();
        let bodies: Vec<Value> =
            parcels.iter().map(|one| serde_json::from_str(&one.body).expect("JSON")).collect();
        assert_eq!(bodies[0]["event"], "access.granted");
        assert_eq!(bodies[1]["event"], "ticket.created");
        assert_eq!(bodies[1]["record"]["kind"], "ticket");
        assert!(!parcels[1].body.contains("hums"), "no words of people");
        assert_eq!(parcels[1].url, "https://erp.example/portico?key=abc");
        let header = |name: &str| {
            let found = parcels[1].headers.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        assert_eq!(Value::from(header("webhook-id")), bodies[1]["id"]);
        assert!(header("webhook-signature").starts_with("v1,"));
        let listed = page(&staff).await;
        assert_eq!(
            listed.webhooks[0].address, "https://erp.example/portico?…",
            "what follows may be a secret"
        );
        assert!(
            listed.deliveries.iter().all(|one| one.state == DeliveryState::Delivered && one.attempts == 1)
        );
    });
}

#[test]
fn a_change_that_is_not_kept_is_not_told() {
    on_each_database(|portal| async move {
        post_of(&portal);
        let staff = portal.staff(StaffRole::Administrator).await;
        hook(&staff, &["ticket.created"]).await;
        let ann = customer(&portal).await;
        // The mail to staff is written last, and cannot be: all that was written before goes with it.
        let pool = portal.portico.db.pool();
        pool.execute_unprepared("ALTER TABLE mail_outbox RENAME TO away").await.expect("renames");
        let form = TicketForm { subject: "Hums".into(), description: "It hums.".into(), key: String::new() };
        let failed = tickets::create_ticket(&ann, &form, Vec::new()).await;
        assert!(matches!(failed, Err(ServiceError::Internal { .. })), "{failed:?}");
        pool.execute_unprepared("ALTER TABLE away RENAME TO mail_outbox").await.expect("renames");
        let waiting = webhook_delivery::Entity::find().count(portal.portico.db.pool()).await.expect("counts");
        assert_eq!(waiting, 0);
        ticket(&ann, "The pump hums").await;
        let waiting = webhook_delivery::Entity::find().count(pool).await.expect("counts");
        assert_eq!(waiting, 1, "one that is kept is told");
    });
}

#[test]
fn it_is_tried_for_a_day_then_given_up_and_sent_again_when_asked() {
    on_each_database(|portal| async move {
        let post = post_of(&portal);
        let staff = portal.staff(StaffRole::Administrator).await;
        hook(&staff, &["ticket.created"]).await;
        let ann = customer(&portal).await;
        ticket(&ann, "The pump hums").await;
        post.answer(&[500; 9]);
        for turn in 1..=8 {
            let expected = DeliveryReport { retried: 1, ..DeliveryReport::default() };
            assert_eq!(deliver(&portal).await, expected, "{turn}");
            assert_eq!(deliver(&portal).await, DeliveryReport::default(), "it waits");
            portal.clock.advance(Duration::hours(12));
        }
        let (_, why) = page(&staff).await.webhooks[0].failing.clone().expect("fails");
        assert_eq!(why, "The receiver answered 500.");
        assert_eq!(deliver(&portal).await.failed, 1, "given up");
        portal.clock.advance(Duration::days(2));
        assert_eq!(deliver(&portal).await, DeliveryReport::default());
        let given_up = page(&staff).await.deliveries[0].clone();
        assert_eq!((given_up.state, given_up.attempts), (DeliveryState::Failed, 9));

        webhooks::resend_delivery(&staff, given_up.id).await.expect("waits anew");
        assert_eq!(deliver(&portal).await.delivered, 1);
        let listed = page(&staff).await;
        assert!(listed.webhooks[0].failing.is_none() && listed.deliveries[0].error.is_none());
        let ids: Vec<_> = post.taken().into_iter().map(|parcel| parcel.headers[0].1.clone()).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "under one id, so that the receiver knows it");
    });
}

#[test]
fn two_workers_post_each_delivery_once() {
    on_each_database(|portal| async move {
        let (post, other) = (post_of(&portal), portal.restarted());
        other.portico.set_postman(Arc::clone(&post) as Arc<dyn Postman>);
        let staff = portal.staff(StaffRole::Administrator).await;
        for _ in 0..3 {
            hook(&staff, &["ticket.created"]).await;
        }
        let ann = customer(&portal).await;
        for number in 0..5 {
            ticket(&ann, &format!("Ticket {number}")).await;
        }
        while post.taken().len() < 15 {
            let (first, second) = tokio::join!(deliver(&portal), deliver(&other));
            assert_eq!(first.failed + second.failed + first.retried + second.retried, 0);
        }
        let mut ids: Vec<_> = post.taken().into_iter().map(|parcel| parcel.headers[0].1.clone()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), post.taken().len()), (15, 15));
    });
}

#[test]
fn a_paused_one_waits_and_a_removed_one_is_forgotten() {
    on_each_database(|portal| async move {
        let post = post_of(&portal);
        let staff = portal.staff(StaffRole::Administrator).await;
        let (id, _) = hook(&staff, &["ticket.created"]).await;
        webhooks::set_paused(&staff, id, true).await.expect("pauses");
        let ann = customer(&portal).await;
        ticket(&ann, "The pump hums").await;
        assert_eq!(deliver(&portal).await, DeliveryReport::default());
        webhooks::send_test(&staff, id).await.expect("a test is sent all the same");
        post.answer(&[404]);
        let failed = webhooks::send_test(&staff, id).await.expect_err("says why");
        assert!(matches!(failed, ServiceError::Refused(why) if why.contains("404")));
        webhooks::set_paused(&staff, id, false).await.expect("resumes");
        assert_eq!(deliver(&portal).await.delivered, 1, "what happened meanwhile; a test is tried once");
        webhooks::remove_webhook(&staff, id).await.expect("removes");
        let pool = portal.portico.db.pool();
        assert_eq!(webhook_delivery::Entity::find().count(pool).await.expect("counts"), 0);
        let events = audit_event::Entity::find().all(pool).await.expect("reads");
        for action in ["created", "paused", "tested", "resumed", "removed"] {
            assert!(events.iter().any(|event| event.action == format!("webhook.{action}")), "{action}");
        }
    });
}

#[test]
fn a_wrong_form_says_what_to_do_and_only_administrators_keep_them() {
    on_each_database(|portal| async move {
        post_of(&portal);
        let staff = portal.staff(StaffRole::Administrator).await;
        for (url, events, field) in [
            ("", &["ticket.created"][..], "url"),
            ("http://erp.example", &["ticket.created"], "url"),
            ("https://nowhere/x", &["ticket.created"], "url"),
            ("https://erp.example", &[], "events"),
        ] {
            let refused = webhooks::create_webhook(&staff, &form(url, events), Some(PASSWORD)).await;
            let Err(ServiceError::Invalid(errors)) = refused else { panic!("{url}: {refused:?}") };
            assert!(errors.get(field).is_some(), "{url}: {errors:?}");
        }
        let good = form("https://erp.example", &["ticket.created"]);
        for cx in [portal.staff(StaffRole::ContactManager).await, portal.anonymous(), customer(&portal).await]
        {
            webhooks::create_webhook(&cx, &good, Some(PASSWORD)).await.expect_err("may not");
            webhooks::list_webhooks(&cx).await.expect_err("may not");
        }
    });
}
