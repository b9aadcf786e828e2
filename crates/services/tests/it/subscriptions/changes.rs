//! What becomes of a subscription, and who is told.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use std::sync::Arc;

use domain::{
    access::StaffRole,
    documents::{DocumentAction, DocumentState},
    payments::AutomaticForm,
    subscriptions::{MAX_REASON, SubscriptionAction},
};
use entities::{audit_event, automatic_payment, webhook, webhook_delivery};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use services::{
    ServiceError,
    api::Saved,
    documents::{self, messages},
    payments,
    subscriptions::{change_subscription, get_subscription},
};
use time::Duration;
use uuid::Uuid;

use super::{KIND, change, is_not_found, member, open, page, state, tell};
use crate::{
    documents::document_id,
    support::{Portal, bank::Bank, on_each_database},
};

async fn actions(portal: &Portal) -> Vec<(String, String, serde_json::Value)> {
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::Action.starts_with("document.subscription"))
        .order_by_asc(audit_event::Column::Id)
        .all(portal.portico.db.pool());
    let events = events.await.expect("events").into_iter();
    events.map(|event| (event.action, event.subject, event.data)).collect()
}

async fn mails(portal: &Portal) -> Vec<String> {
    let mails = portal.mails().await.into_iter().filter(|mail| mail.template == "message");
    mails.map(|mail| format!("{}: {}", mail.to_email, mail.subject)).collect()
}

#[test]
fn it_is_paused_resumed_and_ended_with_a_reason() {
    on_each_database(|portal| async move {
        open(&portal).await;
        let ann = member(&portal, "ann", "company_admin").await;
        let id = document_id(&portal, "SUB/ann").await;
        let before = page(&ann, id).await;
        assert_eq!((before.recurrence.as_str(), before.next.as_deref()), ("Monthly", Some("1 Dec 2026")));
        assert_eq!(before.amount.map(|amount| amount.minor), Some(5_000));
        assert_eq!(before.actions, [SubscriptionAction::Pause, SubscriptionAction::Cancel]);
        assert!(before.changes.is_empty() && before.paid_by.is_none() && before.may_change);

        // All within one moment: the newest is the first all the same.
        change_subscription(&ann, id, SubscriptionAction::Pause, "  We move\r\nhouse ")
            .await
            .expect("pauses");
        assert_eq!(state(&portal, "SUB/ann").await, DocumentState::Paused);
        let paused = page(&ann, id).await;
        assert_eq!(paused.actions, [SubscriptionAction::Resume, SubscriptionAction::Cancel]);
        assert_eq!(paused.next, None, "nothing is invoiced");
        change_subscription(&ann, id, SubscriptionAction::Resume, "").await.expect("resumes");
        assert_eq!(state(&portal, "SUB/ann").await, DocumentState::Active);
        assert!(page(&ann, id).await.next.is_some());
        change_subscription(&ann, id, SubscriptionAction::Cancel, "Too dear").await.expect("ends");
        assert_eq!(state(&portal, "SUB/ann").await, DocumentState::Ended);
        let ended = page(&ann, id).await;
        assert!(ended.actions.is_empty());
        let told: Vec<_> =
            ended.changes.iter().map(|one| (one.action, one.reason.as_str(), one.by.as_str())).collect();
        let expected = [
            (SubscriptionAction::Cancel, "Too dear", "Ann"),
            (SubscriptionAction::Resume, "", "Ann"),
            (SubscriptionAction::Pause, "We move\nhouse", "Ann"),
        ];
        assert_eq!(told, expected);
        let done = actions(&portal).await;
        let names: Vec<_> =
            done.iter().map(|(action, subject, _)| (action.as_str(), subject.as_str())).collect();
        let expected = [
            ("document.subscription_paused", "SUB/ann"),
            ("document.subscription_resumed", "SUB/ann"),
            ("document.subscription_canceled", "SUB/ann"),
        ];
        assert_eq!(names, expected);
        assert_eq!(done[2].2["reason"], "Too dear");
        let shown = documents::get_document(&ann, KIND, id).await.expect("opens");
        assert!(!shown.actions.contains(&DocumentAction::Manage), "there is nothing to manage any more");
        assert!(documents::check_counters(&portal.system()).await.expect("counts").is_empty());
    });
}

#[test]
fn twice_is_once_and_what_does_not_fit_is_refused() {
    on_each_database(|portal| async move {
        open(&portal).await;
        let ann = member(&portal, "ann", "company_admin").await;
        let id = document_id(&portal, "SUB/ann").await;
        let long = "x".repeat(MAX_REASON + 1);
        match change_subscription(&ann, id, SubscriptionAction::Pause, &long).await {
            Err(ServiceError::Invalid(errors)) => assert!(errors.get("reason").is_some()),
            other => panic!("{other:?}"),
        }
        assert_eq!(state(&portal, "SUB/ann").await, DocumentState::Active);
        let clicks = (0..12).map(|_| {
            let ann = ann.clone();
            tokio::spawn(async move { change_subscription(&ann, id, SubscriptionAction::Pause, "").await })
        });
        for told in futures::future::join_all(clicks).await {
            told.expect("no panic").expect("is once");
        }
        assert_eq!((page(&ann, id).await.changes.len(), actions(&portal).await.len()), (1, 1));
        assert_eq!(mails(&portal).await.len(), 1);
        for _ in 0..2 {
            change(&portal, &ann, "SUB/ann", SubscriptionAction::Cancel).await.expect("ends");
        }
        assert_eq!(page(&ann, id).await.changes.len(), 2);
        for action in [SubscriptionAction::Pause, SubscriptionAction::Resume] {
            for number in ["SUB/ann", "SUB/old"] {
                let told = change(&portal, &ann, number, action).await;
                assert!(matches!(told, Err(ServiceError::Refused(_))), "{number} {action:?}: {told:?}");
            }
        }
        assert_eq!(state(&portal, "SUB/ann").await, DocumentState::Ended, "what ended stays so");
        // What is no subscription is none.
        let invoice = document_id(&portal, "INV/ann").await;
        assert!(is_not_found(&get_subscription(&ann, invoice).await));
        assert!(is_not_found(&change(&portal, &ann, "INV/ann", SubscriptionAction::Cancel).await));
    });
}

/// Two who press different buttons: one comes first, and what the other wanted fits or is refused.
#[test]
fn of_two_at_once_each_finds_what_the_other_did() {
    on_each_database(|portal| async move {
        open(&portal).await;
        let ann = member(&portal, "ann", "company_admin").await;
        let id = document_id(&portal, "SUB/ann").await;
        let work = (0..20).map(|n| {
            let ann = ann.clone();
            let action = if n % 2 == 0 { SubscriptionAction::Pause } else { SubscriptionAction::Resume };
            tokio::spawn(async move { change_subscription(&ann, id, action, "").await })
        });
        for told in futures::future::join_all(work).await {
            told.expect("no panic").expect("fits");
        }
        let mut changes = page(&ann, id).await.changes;
        changes.reverse();
        for (place, one) in changes.iter().enumerate() {
            let expected =
                if place % 2 == 0 { SubscriptionAction::Pause } else { SubscriptionAction::Resume };
            assert_eq!(one.action, expected, "they alternate");
        }
        let last = changes.last().expect("at least one").action;
        assert_eq!(state(&portal, "SUB/ann").await, last.leads_to());
    });
}

#[test]
fn the_business_followers_and_programs_are_told() {
    on_each_database(|portal| async move {
        open(&portal).await;
        let hook = webhook::ActiveModel {
            id: Set(Uuid::now_v7()),
            url: Set("https://erp.example".to_owned()),
            secret: Set(String::new()),
            events: Set("subscription.changed".to_owned()),
            created_by: Set("Tess".to_owned()),
            created_at: Set(0),
            paused_at: Set(None),
            last_success_at: Set(None),
            failing_since: Set(None),
            last_error: Set(None),
        };
        let pool = portal.portico.db.pool();
        webhook::Entity::insert(hook).exec_without_returning(pool).await.expect("a webhook");
        let ann = member(&portal, "ann", "company_admin").await;
        let bob = member(&portal, "bob", "standard").await;
        let id = document_id(&portal, "SUB/ann").await;
        messages::follow_document(&bob, KIND, id, true).await.expect("follows");
        change_subscription(&ann, id, SubscriptionAction::Pause, "We move").await.expect("pauses");
        let mut told = mails(&portal).await;
        told.sort();
        let expected = [
            "bob@acme.example: Ann paused the subscription SUB/ann",
            "help@business.example: Ann paused the subscription SUB/ann",
        ];
        assert_eq!(told, expected);
        assert!(
            portal
                .mails()
                .await
                .iter()
                .filter(|mail| mail.template == "message")
                .all(|mail| mail.text_body.contains("We move"))
        );
        // Once staff follow, they are told in place of the business's address.
        let staff = portal.staff(StaffRole::Staff).await;
        messages::follow_staff_document(&staff, id, true).await.expect("follows");
        portal.clock.advance(Duration::seconds(1));
        change_subscription(&ann, id, SubscriptionAction::Cancel, "").await.expect("ends");
        let mut told = mails(&portal).await.split_off(2);
        told.sort();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("bob@acme.example") && told[1].starts_with("staff-"), "{told:?}");
        assert!(told.iter().all(|one| one.ends_with("Ann canceled the subscription SUB/ann")), "{told:?}");

        let parcels = webhook_delivery::Entity::find().order_by_asc(webhook_delivery::Column::Id).all(pool);
        let parcels = parcels.await.expect("deliveries");
        assert_eq!(parcels.len(), 2);
        for parcel in parcels {
            let body: serde_json::Value = serde_json::from_str(&parcel.body).expect("JSON");
            assert_eq!(
                (&body["event"], &body["record"]["number"]),
                (&"subscription.changed".into(), &"SUB/ann".into())
            );
            assert!(!parcel.body.contains("We move"), "no words of people");
        }
    });
}

#[test]
fn what_ended_is_not_paid_without_asking_any_more() {
    on_each_database(|portal| async move {
        open(&portal).await;
        let bank = Arc::new(Bank::default());
        bank.serve(&portal.portico);
        let ann = member(&portal, "ann", "company_admin").await;
        let setup = payments::begin_setup(&ann).await.expect("a setup").id;
        bank.enter(&setup, "4242");
        payments::add_card(&ann, &setup, false).await.expect("saves");
        let card = payments::list_cards(&ann).await.expect("cards").cards[0].id;
        let form = AutomaticForm { card: card.to_string(), agreed: true, ..AutomaticForm::default() };
        let id = document_id(&portal, "SUB/ann").await;
        payments::set_automatic(&ann, KIND, id, &form).await.expect("switches on");
        assert_eq!(page(&ann, id).await.paid_by.as_deref(), Some("Visa •••• 4242"));
        for action in [SubscriptionAction::Pause, SubscriptionAction::Resume] {
            change_subscription(&ann, id, action, "").await.expect("changes");
            assert!(page(&ann, id).await.paid_by.is_some(), "{action:?}");
        }
        change_subscription(&ann, id, SubscriptionAction::Cancel, "").await.expect("ends");
        assert!(page(&ann, id).await.paid_by.is_none());
        let pool = portal.portico.db.pool();
        let consents = automatic_payment::Entity::find().all(pool).await.expect("consents");
        assert!(consents.iter().all(|consent| consent.ended_at.is_some()) && consents.len() == 1);
        assert!(is_not_found(&payments::set_automatic(&ann, KIND, id, &form).await));
        payments::remove_card(&ann, card).await.expect("is free");
    });
}

/// The other program does not know of it yet: what it sends again, unchanged, changes nothing. What it sends changed, counts.
#[test]
fn an_unchanged_record_leaves_what_the_customer_did() {
    on_each_database(|portal| async move {
        open(&portal).await;
        let ann = member(&portal, "ann", "company_admin").await;
        change(&portal, &ann, "SUB/ann", SubscriptionAction::Pause).await.expect("pauses");
        assert_eq!(tell(&portal, "ann", "SUB/ann", ("active", 50)).await, Saved::Unchanged);
        assert_eq!(state(&portal, "SUB/ann").await, DocumentState::Paused);
        assert_eq!(tell(&portal, "ann", "SUB/ann", ("active", 60)).await, Saved::Changed);
        assert_eq!(state(&portal, "SUB/ann").await, DocumentState::Active);
        let id = document_id(&portal, "SUB/ann").await;
        assert_eq!(page(&ann, id).await.changes.len(), 1, "the history stays");
        assert!(documents::check_counters(&portal.system()).await.expect("counts").is_empty());
    });
}
