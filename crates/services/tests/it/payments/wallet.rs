//! The wallet: filled, spent, and never below zero.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::{payments::PaymentState, wallet::EntryKind};
use futures::future::join_all;
use services::{ServiceError, payments, wallet};

use super::{Shop, field, form, invoice, is_not_found, refusal, top_up};
use crate::support::on_each_database;

#[test]
fn it_is_filled_by_card_and_by_transfer_and_paid_with() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let page = wallet::get_wallet(&ann).await.expect("a page");
        assert_eq!((page.balances[0].minor, page.entries.len()), (0, 0));
        let offer = page.top_up.expect("may be filled");
        assert_eq!((offer.least.minor, offer.most.minor), (100, 10_000_000));
        assert!(offer.ways.wallet.is_none(), "not by itself");

        let by_card = shop.fill(&ann, "100").await;
        assert_eq!(shop.bank.taken(by_card.into()), (1, 10_000));
        assert_eq!(shop.wallet("acme", "USD").await, 10_000);
        let page = payments::get_payment(&ann, by_card).await.expect("a page");
        assert_eq!((page.to_wallet.minor, page.allocations.len()), (10_000, 0));
        let by_transfer = wallet::top_up(&ann, &top_up("50", "transfer")).await.expect("begins");
        assert_eq!(shop.state(by_transfer).await, PaymentState::Pending);
        assert_eq!(shop.wallet("acme", "USD").await, 10_000, "the money has not come yet");
        let admin = shop.admin().await;
        payments::confirm_transfer(&admin, by_transfer, "50.00").await.expect("came");
        payments::confirm_transfer(&admin, by_transfer, "50.00").await.expect("twice is once");
        payments::confirm_transfer(&admin, by_transfer, "70.00").await.expect("twice is once");
        assert_eq!(shop.wallet("acme", "USD").await, 15_000);
        shop.agree().await;

        let documents = shop.docs(&["A1", "A2"]).await;
        let ways = payments::get_paying(&ann, &documents).await.expect("a page").ways;
        assert_eq!(ways.wallet.map(|there| there.minor), Some(15_000));
        let too_much = payments::pay(&ann, &form(&documents, "150.01", "wallet")).await;
        assert_eq!(refusal(too_much), "There is only $150.00 in the wallet.");
        assert_eq!(shop.payments().await.len(), 2, "nothing was begun");
        let id = payments::pay(&ann, &form(&documents, "120", "wallet")).await.expect("pays");
        assert_eq!(
            (shop.state(id).await, shop.applied(id).await),
            (PaymentState::Succeeded, vec![10_000, 2_000])
        );
        assert_eq!(shop.wallet("acme", "USD").await, 3_000);
        shop.agree().await;

        let page = wallet::get_wallet(&ann).await.expect("a page");
        let shown: Vec<_> =
            page.entries.iter().map(|entry| (entry.kind, entry.amount.minor, entry.balance.minor)).collect();
        let expected = [
            (EntryKind::Payment, -12_000, 3_000),
            (EntryKind::TopUp, 5_000, 15_000),
            (EntryKind::TopUp, 10_000, 10_000),
        ];
        assert_eq!(shown, expected);
        assert_eq!(page.entries[0].payment.as_ref().map(|(_, number)| number.as_str()), Some("P00003"));
        // A colleague spends from the same one; the subsidiary and others have their own.
        let bob = shop.member("bob", "standard").await;
        assert_eq!(wallet::get_wallet(&bob).await.expect("a page").balances[0].minor, 3_000);
        let zoe = shop.accountant("zoe").await;
        assert_eq!(wallet::get_wallet(&zoe).await.expect("a page").balances[0].minor, 0);
        let z1 = shop.docs(&["Z1"]).await;
        assert!(refusal(payments::pay(&zoe, &form(&z1, "1", "wallet")).await).contains("only $0.00"));
    });
}

#[test]
fn what_comes_by_transfer_is_less_or_more_than_was_asked_for() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let admin = shop.admin().await;
        let both = shop.docs(&["A1", "A2"]).await;
        let id = payments::pay(&ann, &form(&both, "150", "transfer")).await.expect("begins");
        for wrong in ["", "x", "0", "-1", "1.234"] {
            let told = field(payments::confirm_transfer(&admin, id, wrong).await, "amount");
            assert_eq!(told, "Enter the amount that arrived, such as 150.00.");
        }
        payments::confirm_transfer(&admin, id, "120").await.expect("came");
        assert_eq!(shop.applied(id).await, [10_000, 2_000]);
        assert_eq!(shop.open_and_paid("A2").await, (18_000, 2_000));
        shop.agree().await;

        let a2 = shop.docs(&["A2"]).await;
        let id = payments::pay(&ann, &form(&a2, "180", "transfer")).await.expect("begins");
        payments::confirm_transfer(&admin, id, "200").await.expect("came");
        assert_eq!((shop.open_and_paid("A2").await, shop.wallet("acme", "USD").await), ((0, 20_000), 2_000));
        let page = wallet::get_wallet(&ann).await.expect("a page");
        assert_eq!(page.entries[0].kind, EntryKind::Overpayment);
        assert_eq!(payments::get_payment(&ann, id).await.expect("a page").to_wallet.minor, 2_000);
        shop.agree().await;

        // Given up, and then it comes after all.
        let a3 = shop.docs(&["A3"]).await;
        let id = payments::pay(&ann, &form(&a3, "50", "transfer")).await.expect("begins");
        payments::give_up_transfer(&admin, id).await.expect("gives up");
        payments::confirm_transfer(&admin, id, "50").await.expect("came");
        assert_eq!(shop.open_and_paid("A3").await, (0, 5_000));
        // Those which are no transfers are not confirmed.
        let by_card = shop.fill(&ann, "5").await;
        assert!(is_not_found(&payments::confirm_transfer(&admin, by_card, "5").await));
        assert!(is_not_found(&payments::confirm_transfer(&ann, id, "5").await));
        shop.agree().await;
    });
}

#[test]
fn of_many_at_once_none_takes_what_is_not_there() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let lines: String =
            (0..50).map(|n| invoice(&format!("W{n}"), "ann", "2026-11-20", "USD", "10", "10")).collect();
        shop.invoices(&lines).await;
        let ann = shop.accountant("ann").await;
        shop.fill(&ann, "120.50").await;
        let mut tasks = Vec::new();
        for n in 0..50 {
            let sent = form(&shop.docs(&[&format!("W{n}")]).await, "10", "wallet");
            let ann = ann.clone();
            tasks.push(tokio::spawn(async move { payments::pay(&ann, &sent).await }));
        }
        let answers: Vec<_> = join_all(tasks).await.into_iter().map(|told| told.expect("no panic")).collect();
        let paid = answers.iter().filter(|answer| answer.is_ok()).count();
        for answer in answers.into_iter().filter_map(Result::err) {
            let ServiceError::Refused(words) = answer else { panic!("{answer:?}") };
            assert_eq!(words, "There is only $0.50 in the wallet.");
        }
        assert_eq!((paid, shop.wallet("acme", "USD").await), (12, 50));
        shop.agree().await;
    });
}

#[test]
fn currencies_are_apart() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        shop.invoices(&invoice("E1", "ann", "2026-11-20", "EUR", "30", "30")).await;
        let ann = shop.accountant("ann").await;
        let admin = shop.admin().await;
        shop.fill(&ann, "100").await;
        let e1 = shop.docs(&["E1"]).await;
        let page = payments::get_paying(&ann, &e1).await.expect("a page");
        assert_eq!((page.currency.code(), page.ways.wallet), ("EUR", None));
        assert!(page.elsewhere.iter().any(|(_, words)| words.contains("$100.00 of Invoice A1")));
        assert!(refusal(payments::pay(&ann, &form(&e1, "1", "wallet")).await).contains("only €0.00"));
        let id = payments::pay(&ann, &form(&e1, "30", "transfer")).await.expect("begins");
        payments::confirm_transfer(&admin, id, "45").await.expect("came");
        assert_eq!((shop.wallet("acme", "EUR").await, shop.wallet("acme", "USD").await), (1_500, 10_000));
        let balances = wallet::get_wallet(&ann).await.expect("a page").balances;
        let shown: Vec<_> = balances.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["$100.00", "€15.00"]);
        shop.agree().await;
    });
}
