//! Paying orders: what is paid confirms them.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::payments::PaymentState;
use services::{Cx, documents, payments};

use super::{Shop, field, form, invoice, refusal};
use crate::support::on_each_database;

const HEADER: &str = "id,name,partner_id/id,date_order,validity_date,state,currency_id/name,amount_total\n";

async fn orders(shop: &Shop, lines: &str) {
    shop.portal.import(&[("orders.csv", format!("{HEADER}{lines}"))]).await;
}

async fn open(portal: crate::support::Portal, down_payment: &str) -> (Shop, Cx, String) {
    let shop = Shop::open(portal).await;
    shop.set(|form| form.down_payment = down_payment.to_owned()).await;
    let lines = "q1,Q1,ann,2026-11-01,2026-12-30,Quotation Sent,USD,100.0\n\
        q2,Q2,ann,2026-11-01,2026-12-30,Quotation Sent,USD,100.0\n\
        old,OLD,ann,2026-10-01,2026-11-21,Quotation Sent,USD,100.0\n\
        s1,SO1,ann,2026-11-01,,Sales Order,USD,100.0\n\
        s2,SO2,ann,2026-11-01,,Sales Order,USD,100.0\n\
        d1,DR1,ann,2026-11-01,,Quotation,USD,100.0\n\
        c1,CA1,ann,2026-11-01,,Cancelled,USD,100.0\n";
    orders(&shop, lines).await;
    let ann = shop.member("ann", "standard").await;
    let card = shop.card(&ann, "4242").await;
    (shop, ann, card)
}

#[test]
fn without_a_down_payment_orders_are_not_paid_here() {
    on_each_database(|portal| async move {
        let (shop, ann, card) = open(portal, "").await;
        for number in ["Q1", "SO1", "OLD"] {
            let ids = shop.docs(&[number]).await;
            assert!(refusal(payments::get_paying(&ann, &ids).await).contains("Nothing"), "{number}");
            assert!(
                refusal(payments::pay(&ann, &form(&ids, "50", &card)).await).contains("Nothing"),
                "{number}"
            );
        }
    });
}

#[test]
fn a_down_payment_confirms_a_quotation() {
    on_each_database(|portal| async move {
        let (shop, ann, card) = open(portal, "30").await;
        let q1 = shop.docs(&["Q1"]).await;
        let page = payments::get_paying(&ann, &q1).await.expect("a page");
        assert_eq!((page.open.minor, page.least.minor, page.payables.len()), (10_000, 3_000, 1));
        assert_eq!(page.payables[0].name, "Quotation Q1");
        let little = payments::pay(&ann, &form(&q1, "29.99", &card)).await;
        assert_eq!(field(little, "amount"), "Enter at least $30.00.");
        let id = payments::pay(&ann, &form(&q1, "30", &card)).await.expect("pays");
        assert_eq!(shop.state(id).await, PaymentState::Succeeded);
        let doc = shop.doc("Q1").await;
        assert_eq!((doc.state.as_str(), doc.paid_here, doc.attention), ("confirmed", 3_000, None));
        let seen = documents::get_document(&ann, domain::documents::DocumentKind::Sale, q1[0]).await;
        assert_eq!(seen.expect("seen").row.noun, "Order");
        shop.agree().await;
        // The rest is paid in any parts.
        let page = payments::get_paying(&ann, &q1).await.expect("a page");
        assert_eq!((page.open.minor, page.least.minor), (7_000, 1));
        payments::pay(&ann, &form(&q1, "0.01", &card)).await.expect("pays");
        assert!(field(payments::pay(&ann, &form(&q1, "70", &card)).await, "amount").contains("$69.99"));
        payments::pay(&ann, &form(&q1, "69.99", &card)).await.expect("pays");
        assert!(refusal(payments::pay(&ann, &form(&q1, "1", &card)).await).contains("Nothing"));
        assert_eq!(shop.doc("Q1").await.paid_here, 10_000);
        shop.agree().await;
        // What goes back does not make it a quotation again.
        shop.give_back(id, "30").await.expect("gives back");
        let doc = shop.doc("Q1").await;
        assert_eq!((doc.state.as_str(), doc.paid_here), ("confirmed", 7_000));
        shop.agree().await;
    });
}

/// A transfer of which less comes than confirms it leaves a quotation, and what is missing still to be paid.
#[test]
fn what_is_too_little_does_not_confirm() {
    on_each_database(|portal| async move {
        let (shop, ann, card) = open(portal, "30").await;
        let q1 = shop.docs(&["Q1"]).await;
        let id = payments::pay(&ann, &form(&q1, "30", "transfer")).await.expect("begins");
        payments::confirm_transfer(&shop.admin().await, id, "20").await.expect("came");
        assert_eq!(shop.doc("Q1").await.state, "sent");
        assert_eq!(payments::get_paying(&ann, &q1).await.expect("a page").least.minor, 1_000);
        payments::pay(&ann, &form(&q1, "10", &card)).await.expect("pays");
        assert_eq!(shop.doc("Q1").await.state, "confirmed");
        shop.agree().await;
    });
}

#[test]
fn expired_invoiced_and_unfinished_orders_are_not_paid() {
    on_each_database(|portal| async move {
        let (shop, ann, card) = open(portal, "30").await;
        for number in ["OLD", "DR1", "CA1"] {
            let ids = shop.docs(&[number]).await;
            payments::pay(&ann, &form(&ids, "50", &card)).await.expect_err(number);
        }
        let header = "id,name,move_type,partner_id/id,invoice_date,invoice_date_due,state,currency_id/name,amount_total,\
            amount_residual,invoice_origin\n";
        let line = "inv,INV,out_invoice,ann,2026-11-01,2026-11-20,posted,USD,100,100,SO1\n";
        shop.portal.import(&[("invoices.csv", format!("{header}{line}"))]).await;
        let so1 = shop.docs(&["SO1"]).await;
        assert!(refusal(payments::pay(&ann, &form(&so1, "50", &card)).await).contains("Nothing"));
        payments::pay(&ann, &form(&shop.docs(&["INV"]).await, "50", &card)).await.expect("pays its invoice");
        payments::pay(&ann, &form(&shop.docs(&["SO2"]).await, "50", &card)).await.expect("has no invoice");
        // Orders and invoices are paid apart.
        let mixed = shop.docs(&["SO2", "A1"]).await;
        assert!(
            field(payments::pay(&ann, &form(&mixed, "1", &card)).await, "documents").contains("One payment")
        );
        // The page of an order is about it alone, and that of invoices offers no order.
        let page = payments::get_paying(&ann, &shop.docs(&["A1"]).await).await.expect("a page");
        assert!(page.payables.iter().all(|one| one.name.starts_with("Invoice")));
        shop.agree().await;
    });
}

/// It expired, or was called off, while the bank took its time: the money is there, and goes where it was meant to.
#[test]
fn money_that_was_on_its_way_confirms_all_the_same() {
    on_each_database(|portal| async move {
        let (shop, ann, _) = open(portal, "30").await;
        let q1 = shop.docs(&["Q1"]).await;
        let id = payments::pay(&ann, &form(&q1, "40", "transfer")).await.expect("begins");
        shop.portal.clock.advance(time::Duration::days(60));
        payments::confirm_transfer(&shop.admin().await, id, "40").await.expect("came");
        assert_eq!(
            (shop.doc("Q1").await.state.as_str(), shop.doc("Q1").await.paid_here),
            ("confirmed", 4_000)
        );
        shop.agree().await;
    });
}

/// The books do not know yet that it was confirmed by a payment.
#[test]
fn books_that_do_not_know_of_a_down_payment_do_not_take_it_back() {
    on_each_database(|portal| async move {
        let (shop, ann, card) = open(portal, "30").await;
        let q1 = shop.docs(&["Q1"]).await;
        payments::pay(&ann, &form(&q1, "30", &card)).await.expect("pays");
        orders(&shop, "q1,Q1,ann,2026-11-01,2026-12-30,Quotation Sent,USD,100.0\n").await;
        assert_eq!(shop.doc("Q1").await.state, "confirmed", "an unchanged file changes nothing");
        orders(&shop, "q1,Q1,ann,2026-11-02,2026-12-30,Quotation Sent,USD,100.0\n").await;
        let doc = shop.doc("Q1").await;
        assert_eq!((doc.paid_here, doc.state.as_str()), (3_000, "sent"), "the books decide what it is");
        let page = payments::get_paying(&ann, &q1).await.expect("a page");
        assert_eq!((page.open.minor, page.least.minor), (7_000, 1), "but what was paid is not paid twice");
        orders(&shop, "q1,Q1,ann,2026-11-02,2026-12-30,Sales Order,USD,100.0\n").await;
        assert_eq!(shop.doc("Q1").await.state, "confirmed");
        shop.invoices(&invoice("X", "ann", "2026-11-20", "USD", "1", "1")).await;
        shop.agree().await;
    });
}
