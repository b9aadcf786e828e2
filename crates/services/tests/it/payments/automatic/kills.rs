//! A process that is killed while it pays without asking.

use std::sync::Arc;

use services::payments;

use super::{charged_after, switch_on, told};
use crate::{
    payments::Shop,
    support::{
        bank::{Call, Fault},
        on_each_database,
    },
};

const POINTS: [(Call, Fault); 4] = [
    (Call::Prepare, Fault::StopBefore),
    (Call::Prepare, Fault::StopAfter),
    (Call::Charge, Fault::StopBefore),
    (Call::Charge, Fault::StopAfter),
];

#[test]
fn it_is_paid_once_wherever_it_was_killed() {
    on_each_database(|portal| async move {
        let mut shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        for (place, (call, fault)) in POINTS.into_iter().enumerate() {
            let number = format!("K{place}");
            shop.invoices(&crate::payments::invoice(&number, "ann", "2026-11-20", "USD", "30", "30")).await;
            switch_on(&shop, &ann, &number, &card).await;
            charged_after(&shop, 0).await;
            shop.portal.clock.advance(time::Duration::days(3));
            shop.bank.fail(call, fault);
            let portico = Arc::clone(&shop.portal.portico);
            let task = tokio::spawn(async move { payments::charge_due(&portico).await });
            shop.bank.stopped().await;
            task.abort();
            task.await.expect_err("is gone");
            shop = shop.restarted().await;
            assert_eq!(charged_after(&shop, 0).await, 0, "it may be under way: {call:?} {fault:?}");
            assert_eq!(shop.worker_after(2).await, 1, "{call:?} {fault:?}");
            let is_taken = (call, fault) == (Call::Charge, Fault::StopAfter);
            let again = charged_after(&shop, 0).await;
            assert_eq!(again, u64::from(!is_taken), "{call:?} {fault:?}");
            assert_eq!(charged_after(&shop, 1).await, 0);
            assert_eq!(shop.open_and_paid(&number).await, (0, 3_000), "{call:?} {fault:?}");
            assert_eq!(told(&shop).await.len(), place + 1, "announced, and no failure: {call:?} {fault:?}");
            shop.agree().await;
        }
        assert_eq!(shop.bank.total(), 12_000);
    });
}

/// What is declined after it was killed is told by the next process.
#[test]
fn how_it_ended_is_told_by_whoever_is_left() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        for (number, last4) in [("A1", "0341"), ("A2", "3155")] {
            let card = shop.card(&ann, last4).await;
            switch_on(&shop, &ann, number, &card).await;
            charged_after(&shop, 0).await;
            shop.portal.clock.advance(time::Duration::days(3));
            shop.bank.fail(Call::Charge, Fault::StopAfter);
            let portico = Arc::clone(&shop.portal.portico);
            let task = tokio::spawn(async move { payments::charge_due(&portico).await });
            shop.bank.stopped().await;
            task.abort();
            shop.worker_after(2).await;
            for _ in 0..2 {
                charged_after(&shop, 0).await;
            }
            let last = told(&shop).await.pop().expect("a mail");
            assert!(last.contains("failed") && last.ends_with(number), "{last}");
        }
        assert_eq!(told(&shop).await.len(), 4);
        shop.agree().await;
    });
}
