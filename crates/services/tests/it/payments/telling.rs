//! Who is told of a payment: its payer, the audit trail, and other programs.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use entities::{audit_event, mail_outbox, webhook, webhook_delivery};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use services::payments;
use uuid::Uuid;

use super::{Shop, form};
use crate::support::on_each_database;

async fn receipts(shop: &Shop) -> Vec<mail_outbox::Model> {
    let mails = shop.portal.mails().await;
    mails.into_iter().filter(|mail| mail.template.starts_with("payment")).collect()
}

async fn actions(shop: &Shop, subject: &str) -> Vec<String> {
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::Subject.eq(subject))
        .order_by_asc(audit_event::Column::Id)
        .all(shop.portal.portico.db.pool());
    events.await.expect("events").into_iter().map(|event| event.action).collect()
}

async fn told_to_programs(shop: &Shop) -> Vec<String> {
    let all = webhook_delivery::Entity::find()
        .order_by_asc(webhook_delivery::Column::Id)
        .all(shop.portal.portico.db.pool());
    let bodies = all.await.expect("deliveries").into_iter().map(|row| {
        let body: serde_json::Value = serde_json::from_str(&row.body).expect("JSON");
        format!("{} {}", row.event, body["record"]["number"].as_str().expect("a number"))
    });
    bodies.collect()
}

#[test]
fn a_receipt_is_sent_once_for_each_payment_and_refund() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let hook = webhook::ActiveModel {
            id: Set(Uuid::now_v7()),
            url: Set("https://erp.example".to_owned()),
            secret: Set(String::new()),
            events: Set("document.paid".to_owned()),
            created_by: Set("Tess".to_owned()),
            created_at: Set(0),
            paused_at: Set(None),
            last_success_at: Set(None),
            failing_since: Set(None),
            last_error: Set(None),
        };
        webhook::Entity::insert(hook)
            .exec_without_returning(shop.portal.portico.db.pool())
            .await
            .expect("a webhook");
        let card = shop.card(&ann, "4242").await;
        let two = shop.docs(&["A1", "A2"]).await;
        let sent = form(&two, "150", &card);
        let id = payments::pay(&ann, &sent).await.expect("pays");
        payments::pay(&ann, &sent).await.expect("is one");
        payments::check_by_reference(&shop.portal.portico, &shop.reference(id)).await.expect("asks");
        payments::check_payment(&ann, id).await.expect("asks");
        let mails = receipts(&shop).await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to_email, "ann@acme.example");
        assert!(mails[0].subject.contains("$150.00"), "{}", mails[0].subject);
        let link = format!("https://portal.business.example/my/payments/{id}");
        for said in ["P00001", "$150.00", "Visa •••• 4242", &link] {
            assert!(mails[0].text_body.contains(said), "{said} in {}", mails[0].text_body);
        }
        assert_eq!(actions(&shop, "P00001").await, ["payment.begun", "payment.succeeded"]);
        assert_eq!(told_to_programs(&shop).await, ["document.paid A1", "document.paid A2"]);

        // An overpayment says what went into the wallet.
        let transfer = payments::pay(&ann, &form(&shop.docs(&["A3"]).await, "50", "transfer")).await;
        let transfer = transfer.expect("begins");
        assert_eq!(receipts(&shop).await.len(), 1, "nothing came yet");
        payments::confirm_transfer(&shop.admin().await, transfer, "60").await.expect("came");
        let mails = receipts(&shop).await;
        assert_eq!(mails.len(), 2);
        for said in ["$60.00", "Into your wallet", "$10.00"] {
            assert!(mails[1].text_body.contains(said), "{said} in {}", mails[1].text_body);
        }
        let key = super::new_key();
        for _ in 0..2 {
            shop.give_back_as(id, &key, "70").await.expect("gives back");
        }
        shop.worker_after(2).await;
        let mails = receipts(&shop).await;
        assert_eq!(mails.len(), 3);
        assert_eq!(
            (mails[2].subject.as_str(), mails[2].to_email.as_str()),
            ("$70.00 back from Rivet Works", "ann@acme.example")
        );
        assert!(mails[2].text_body.contains(&link));
        assert_eq!(
            actions(&shop, "P00001").await,
            ["payment.begun", "payment.succeeded", "payment.refund_begun", "payment.refunded"]
        );
        let told = ["document.paid A1", "document.paid A2", "document.paid A3"];
        assert_eq!(told_to_programs(&shop).await, told);
        shop.agree().await;
    });
}

#[test]
fn what_failed_is_no_receipt() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let (bad, asks) = (shop.card(&ann, "0341").await, shop.card(&ann, "3155").await);
        let a1 = shop.docs(&["A1"]).await;
        payments::pay(&ann, &form(&a1, "10", &bad)).await.expect("fails");
        let waits = payments::pay(&ann, &form(&a1, "10", &asks)).await.expect("begins");
        payments::cancel_payment(&ann, waits).await.expect("gives up");
        assert!(receipts(&shop).await.is_empty());
        assert_eq!(actions(&shop, "P00001").await, ["payment.begun", "payment.failed"]);
        assert_eq!(actions(&shop, "P00002").await, ["payment.begun", "payment.canceled"]);
        // No word of a card's number or a provider's key is in the audit trail.
        let all = audit_event::Entity::find().all(shop.portal.portico.db.pool()).await.expect("events");
        assert!(all.iter().all(|event| !event.data.to_string().contains("card_")));
    });
}
