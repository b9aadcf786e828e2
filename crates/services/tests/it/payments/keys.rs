//! The same form pays once, and one payment a document is under way.

use domain::{
    access::StaffRole,
    ids::PaymentId,
    payments::{PayForm, PaymentState},
};
use futures::future::join_all;
use services::{Cx, ServiceResult, payments, wallet};

use super::{Shop, form, is_not_found, refusal, top_up};
use crate::support::{
    bank::{Call, DECLINED, Fault},
    on_each_database,
};

/// Sends a form many times at once.
async fn at_once(cx: &Cx, sent: &PayForm, times: usize) -> Vec<ServiceResult<PaymentId>> {
    let tasks = (0..times).map(|_| {
        let (cx, sent) = (cx.clone(), sent.clone());
        tokio::spawn(async move { payments::pay(&cx, &sent).await })
    });
    join_all(tasks).await.into_iter().map(|answer| answer.expect("no panic")).collect()
}

#[test]
fn the_same_form_pays_once_however_often_it_is_sent() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let a1 = shop.docs(&["A1"]).await;
        let sent = form(&a1, "100", &card);
        let first = payments::pay(&ann, &sent).await.expect("pays");
        for _ in 0..3 {
            // Also with something else in it, and when nothing is open any more.
            let again = PayForm { amount: "5".into(), ..sent.clone() };
            assert_eq!(payments::pay(&ann, &again).await.expect("is one"), first);
        }
        assert_eq!(shop.payments().await.len(), 1);
        assert_eq!((shop.bank.taken(first.into()), shop.bank.calls(Call::Charge)), ((1, 10_000), 1));

        let filled = shop.fill(&ann, "80").await;
        let put = top_up("80", "transfer");
        let again = domain::payments::TopUpForm { key: filled.to_string(), ..put };
        assert_eq!(wallet::top_up(&ann, &again).await.expect("is one"), filled);
        let a2 = shop.docs(&["A2"]).await;
        let spend = form(&a2, "80", "wallet");
        let spent = payments::pay(&ann, &spend).await.expect("pays");
        assert_eq!(payments::pay(&ann, &spend).await.expect("is one"), spent);
        assert_eq!(shop.wallet("acme", "USD").await, 0);
        shop.agree().await;
    });
}

#[test]
fn twenty_clicks_at_once_are_one_payment() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        shop.fill(&ann, "200").await;
        let (a1, a2, a3) = (shop.docs(&["A1"]).await, shop.docs(&["A2"]).await, shop.docs(&["A3"]).await);
        let entered = PayForm { setup: shop.setup(&ann, "4242").await, ..form(&a3, "30", "new") };
        let kept = PayForm { setup: shop.setup(&ann, "4242").await, keep: true, ..form(&a3, "20", "new") };
        let all =
            [form(&a1, "100", &card), form(&a2, "150", "wallet"), form(&a2, "50", "transfer"), entered, kept];
        for (place, sent) in all.iter().enumerate() {
            let before = shop.payments().await.len();
            for answer in at_once(&ann, sent, 20).await {
                let answer = answer.unwrap_or_else(|error| panic!("{place}: {error:?}"));
                assert_eq!(answer, super::id_of(sent), "one answer");
            }
            assert_eq!(shop.payments().await.len(), before + 1, "{place}");
            let (times, _) = shop.bank.taken(super::id_of(sent).into());
            assert_eq!(times, u32::from(sent.way.starts_with("card:") || sent.way == "new"), "{place}");
        }
        assert_eq!(payments::list_cards(&ann).await.expect("cards").cards.len(), 2, "one was kept");
        assert_eq!(shop.open_and_paid("A1").await, (0, 10_000));
        assert_eq!(shop.open_and_paid("A3").await, (0, 5_000));
        shop.agree().await;
    });
}

#[test]
fn the_key_of_somebody_else_is_no_key() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let bob = shop.accountant("bob").await;
        let zoe = shop.accountant("zoe").await;
        let card = shop.card(&ann, "4242").await;
        let id = payments::pay(&ann, &form(&shop.docs(&["A1"]).await, "10", &card)).await.expect("pays");
        let b1 = shop.docs(&["B1"]).await;
        let z1 = shop.docs(&["Z1"]).await;
        for (cx, documents) in [(&bob, &b1), (&zoe, &z1)] {
            let taken = PayForm { key: id.to_string(), ..form(documents, "10", "transfer") };
            assert!(is_not_found(&payments::pay(cx, &taken).await));
            let put = domain::payments::TopUpForm { key: id.to_string(), ..top_up("10", "transfer") };
            assert!(is_not_found(&wallet::top_up(cx, &put).await));
        }
        assert_eq!(shop.payments().await.len(), 1);
    });
}

#[test]
fn one_payment_a_document_is_under_way() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let bob = shop.accountant("bob").await;
        let admin = shop.admin().await;
        shop.fill(&ann, "20").await;
        let (works, asks) = (shop.card(&ann, "4242").await, shop.card(&ann, "3155").await);
        let a1 = shop.docs(&["A1"]).await;
        let both = shop.docs(&["A2", "A1"]).await;
        for way in [asks.as_str(), "transfer"] {
            let waits = payments::pay(&ann, &form(&a1, "10", way)).await.expect("begins");
            assert_eq!(shop.state(waits).await, PaymentState::Pending);
            for other in [works.as_str(), "wallet", "transfer"] {
                for documents in [&a1, &both] {
                    let second = payments::pay(&ann, &form(documents, "10", other)).await;
                    assert!(refusal(second).contains("under way already"), "{way} {other}");
                }
            }
            // A colleague's is as well.
            let second = payments::pay(&bob, &form(&a1, "10", "wallet")).await;
            assert!(refusal(second).contains("under way already"));
            let page = payments::get_paying(&bob, &a1).await.expect("a page");
            let shown = page.payables.iter().find(|one| one.name == "Invoice A1").expect("listed");
            assert!(shown.hindrance.is_some() && !shown.is_chosen);

            assert!(is_not_found(&payments::cancel_payment(&bob, waits).await), "only who began it");
            payments::cancel_payment(&ann, waits).await.expect("gives up");
            payments::cancel_payment(&ann, waits).await.expect("twice is once");
            assert_eq!(shop.state(waits).await, PaymentState::Canceled);
            payments::pay(&ann, &form(&a1, "5", "wallet")).await.expect("is free again");
        }
        let waits = payments::pay(&ann, &form(&a1, "10", "transfer")).await.expect("begins");
        payments::give_up_transfer(&admin, waits).await.expect("gives up");
        payments::pay(&ann, &form(&a1, "80", &works)).await.expect("is free again");
        payments::cancel_payment(&ann, waits).await.expect("it is given up already");
        let staff = shop.portal.staff(StaffRole::Staff).await;
        assert!(is_not_found(&payments::give_up_transfer(&staff, waits).await));
        shop.agree().await;
    });
}

#[test]
fn a_card_that_is_declined_leaves_the_invoice_open() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let (bad, good) = (shop.card(&ann, "0341").await, shop.card(&ann, "4242").await);
        let a1 = shop.docs(&["A1"]).await;
        let sent = form(&a1, "100", &bad);
        let id = payments::pay(&ann, &sent).await.expect("is written down");
        let page = payments::get_payment(&ann, id).await.expect("a page");
        assert_eq!((page.row.state, page.failure.as_str()), (PaymentState::Failed, DECLINED));
        assert_eq!((page.confirm, page.may_cancel, page.refundable), (None, false, None));
        assert_eq!(shop.open_and_paid("A1").await, (10_000, 0));
        assert_eq!(shop.doc("A1").await.attention.as_deref(), Some("pay"));
        // The same form stays what it was; the next page has another key.
        let again = PayForm { way: good.clone(), ..sent };
        assert_eq!(payments::pay(&ann, &again).await.expect("is one"), id);
        assert_eq!(shop.state(id).await, PaymentState::Failed);
        let second = payments::pay(&ann, &form(&a1, "100", &good)).await.expect("pays");
        assert_eq!(shop.state(second).await, PaymentState::Succeeded);
        assert_eq!(shop.bank.total(), 10_000);
        shop.agree().await;
        // A card that the bank does not even prepare a charge for.
        let a2 = shop.docs(&["A2"]).await;
        for fault in [Fault::Refused, Fault::NeverArrives] {
            shop.bank.fail(Call::Prepare, fault);
            let id = payments::pay(&ann, &form(&a2, "100", &good)).await.expect("is written down");
            let words = shop.payment(id).await.failure;
            assert_eq!(shop.state(id).await, PaymentState::Failed);
            assert!(words.contains("No money was taken"), "{words}");
        }
        shop.agree().await;
    });
}
