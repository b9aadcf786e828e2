//! What falls due is announced, and paid on its day.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use std::sync::Arc;

use services::payments;

use super::{charged_after, last_mail, only_payment, set, subscription, switch_off, switch_on, told, typed};
use crate::{
    payments::{Shop, form, refusal},
    support::on_each_database,
};

const ANNOUNCED: &str = "ann@acme.example: An invoice is going to be paid: Invoice A3";

#[test]
fn an_invoice_is_announced_three_days_before_and_paid_on_its_day() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        switch_on(&shop, &ann, "A3", &card).await;
        // It is due on 20 December, and today is 22 November.
        assert_eq!(charged_after(&shop, 24).await, 0);
        assert!(told(&shop).await.is_empty(), "four days are early");
        assert_eq!(charged_after(&shop, 1).await, 0);
        assert_eq!(charged_after(&shop, 0).await, 0);
        assert_eq!(told(&shop).await, [ANNOUNCED], "once");
        let mail = last_mail(&shop).await;
        for said in ["20 Dec 2026", "$50.00", "Visa •••• 4242", "/my/invoices/"] {
            assert!(mail.contains(said), "{said} in {mail}");
        }
        assert_eq!(charged_after(&shop, 2).await, 0, "the day before");
        assert_eq!(charged_after(&shop, 1).await, 1);
        assert_eq!(charged_after(&shop, 0).await, 0);
        let (id, payment) = only_payment(&shop).await;
        assert_eq!(
            (payment.state.as_str(), payment.received, payment.payer.as_str()),
            ("succeeded", 5_000, "Ann")
        );
        assert_eq!((shop.open_and_paid("A3").await, shop.bank.taken(id.into())), ((0, 5_000), (1, 5_000)));
        let receipts =
            shop.portal.mails().await.into_iter().filter(|mail| mail.template.starts_with("payment"));
        assert_eq!(receipts.map(|mail| mail.to_email).collect::<Vec<_>>(), ["ann@acme.example"]);
        assert_eq!(charged_after(&shop, 30).await, 0);
        assert_eq!(told(&shop).await, [ANNOUNCED]);
        shop.agree().await;
    });
}

/// A due date that is past when it is switched on, or soon: there are three days all the same.
#[test]
fn there_are_three_days_also_for_what_is_overdue() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        switch_on(&shop, &ann, "A1", &card).await;
        assert_eq!(charged_after(&shop, 0).await, 0);
        assert!(last_mail(&shop).await.contains("25 Nov 2026"));
        assert_eq!(charged_after(&shop, 2).await, 0);
        assert_eq!(charged_after(&shop, 1).await, 1);
        assert_eq!(shop.open_and_paid("A1").await, (0, 10_000));
        shop.agree().await;
    });
}

#[test]
fn many_workers_of_two_processes_announce_and_pay_once() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        switch_on(&shop, &ann, "A1", &card).await;
        switch_on(&shop, &ann, "A2", &card).await;
        let other = shop.restarted().await;
        let mut paid = 0;
        for days in [0, 3] {
            shop.portal.clock.advance(time::Duration::days(days));
            let workers = (0..20).map(|n| {
                let portico = if n % 2 == 0 { &shop.portal.portico } else { &other.portal.portico };
                let portico = Arc::clone(portico);
                tokio::spawn(async move { payments::charge_due(&portico).await })
            });
            for answer in futures::future::join_all(workers).await {
                paid += answer.expect("no panic").expect("charges");
            }
        }
        assert_eq!(paid, 2);
        assert_eq!((told(&shop).await.len(), shop.payments().await.len()), (2, 2));
        assert_eq!((shop.open_and_paid("A1").await.0, shop.open_and_paid("A2").await.0), (0, 0));
        assert_eq!(charged_after(&shop, 1).await, 0);
        assert_eq!(told(&shop).await.len(), 2, "nobody is told of a failure");
        shop.agree().await;
    });
}

/// Its invoices are those that name it as where they come from.
#[test]
fn a_subscriptions_invoices_are_paid_and_no_others() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let invoices = [("H1", "2026-11-20"), ("H2", "2026-12-20"), ("H3", "2027-01-20")];
        subscription(&shop, "SUB/1", &invoices).await;
        subscription(&shop, "SUB/2", &[("G1", "2026-11-20")]).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        switch_on(&shop, &ann, "SUB/1", &card).await;
        assert_eq!(charged_after(&shop, 0).await, 0);
        assert_eq!(charged_after(&shop, 3).await, 1);
        assert_eq!(charged_after(&shop, 22).await, 0, "17 December: the next is announced");
        assert_eq!(charged_after(&shop, 3).await, 1);
        let open = [
            shop.open_and_paid("H1").await.0,
            shop.open_and_paid("H2").await.0,
            shop.open_and_paid("H3").await.0,
            shop.open_and_paid("G1").await.0,
            shop.open_and_paid("A1").await.0,
        ];
        assert_eq!(open, [0, 0, 5_000, 5_000, 10_000]);
        assert_eq!(told(&shop).await.len(), 2);
        shop.agree().await;
    });
}

#[test]
fn more_than_the_limit_is_not_taken() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        set(&shop, &ann, "A1", &typed(&card, "99.99")).await.expect("switches on");
        set(&shop, &ann, "A2", &typed(&card, "200")).await.expect("switches on");
        charged_after(&shop, 0).await;
        let over = "ann@acme.example: An invoice is over your limit: Invoice A1";
        assert!(told(&shop).await.contains(&over.to_owned()));
        assert_eq!(charged_after(&shop, 3).await, 1, "the limit itself is within it");
        assert_eq!((shop.open_and_paid("A1").await.0, shop.open_and_paid("A2").await.0), (10_000, 0));
        charged_after(&shop, 3).await;
        assert_eq!(told(&shop).await.len(), 2, "told once");
        // A higher limit is a new consent: it is announced, and paid.
        set(&shop, &ann, "A1", &typed(&card, "100")).await.expect("switches on");
        assert_eq!(charged_after(&shop, 0).await, 0);
        assert_eq!(told(&shop).await.len(), 3);
        assert_eq!(charged_after(&shop, 3).await, 1);
        assert_eq!(shop.open_and_paid("A1").await.0, 0);
        shop.agree().await;

        // More than was announced may be open on the day.
        set(&shop, &ann, "A3", &typed(&card, "50")).await.expect("switches on");
        charged_after(&shop, 17).await;
        shop.invoices(&crate::payments::invoice("A3", "ann", "2026-12-20", "USD", "60", "60")).await;
        assert_eq!(charged_after(&shop, 5).await, 0);
        assert_eq!(shop.open_and_paid("A3").await, (6_000, 0));
        shop.agree().await;
    });
}

#[test]
fn what_was_switched_off_or_paid_meanwhile_is_not_taken() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        for number in ["A1", "A2", "A3"] {
            switch_on(&shop, &ann, number, &card).await;
        }
        charged_after(&shop, 26).await;
        assert_eq!(told(&shop).await.len(), 3);
        switch_off(&shop, &ann, "A1").await;
        payments::pay(&ann, &form(&shop.docs(&["A2"]).await, "200", &card)).await.expect("pays by hand");
        let part = form(&shop.docs(&["A3"]).await, "20", &card);
        payments::pay(&ann, &part).await.expect("pays a part by hand");
        assert_eq!(charged_after(&shop, 3).await, 1, "the rest of what was paid in part");
        let open = [shop.open_and_paid("A1").await.0, shop.open_and_paid("A2").await.0];
        assert_eq!((open, shop.open_and_paid("A3").await), ([10_000, 0], (0, 5_000)));
        assert_eq!(told(&shop).await.len(), 3);
        shop.agree().await;
        // Switched on again, it is announced again.
        switch_on(&shop, &ann, "A1", &card).await;
        assert_eq!(charged_after(&shop, 0).await, 0);
        assert_eq!(charged_after(&shop, 3).await, 1);
        assert_eq!((shop.open_and_paid("A1").await.0, told(&shop).await.len()), (0, 4));
        shop.agree().await;
    });
}

#[test]
fn while_it_is_paid_by_hand_it_waits() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        switch_on(&shop, &ann, "A1", &card).await;
        charged_after(&shop, 0).await;
        let a1 = shop.docs(&["A1"]).await;
        let transfer = payments::pay(&ann, &form(&a1, "100", "transfer")).await.expect("begins");
        assert_eq!(charged_after(&shop, 3).await, 0);
        payments::cancel_payment(&ann, transfer).await.expect("gives up");
        assert_eq!(charged_after(&shop, 0).await, 1);
        assert!(refusal(payments::pay(&ann, &form(&a1, "1", &card)).await).contains("Nothing"));
        shop.agree().await;
    });
}
