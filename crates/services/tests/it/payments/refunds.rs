//! Money that goes back.

use domain::payments::PaymentState;
use services::{payments, wallet};

use super::{Shop, field, form, is_not_found, new_key, refusal, top_up};
use crate::support::{
    bank::{Call, Fault},
    on_each_database,
};

#[test]
fn a_payment_goes_back_in_part_and_then_all_of_it() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let id = payments::pay(&ann, &form(&shop.docs(&["A1"]).await, "100", &card)).await.expect("pays");
        let admin = shop.admin().await;
        let refundable = || async {
            let page = payments::get_staff_payment(&admin, id).await.expect("a page");
            page.refundable.map(|left| left.minor)
        };
        assert_eq!(refundable().await, Some(10_000));
        shop.give_back(id, "30").await.expect("gives back");
        assert_eq!(shop.open_and_paid("A1").await, (3_000, 7_000));
        assert_eq!(shop.doc("A1").await.attention.as_deref(), Some("pay"), "it is open again");
        assert_eq!((refundable().await, shop.bank.given_back(id.into())), (Some(7_000), 3_000));
        shop.agree().await;
        for (amount, words) in [
            ("70.01", "Enter at most $70.00: no more is left of it."),
            ("0", "Enter at least $0.01."),
            ("x", "Enter an amount in USD, such as 1,250.00."),
        ] {
            assert_eq!(field(shop.give_back(id, amount).await, "amount"), words);
        }
        let long = payments::refund_payment(&admin, id, &new_key(), "1", &"x".repeat(501)).await;
        assert!(field(long, "reason").contains("500"));
        shop.give_back(id, "70").await.expect("gives back");
        assert_eq!((shop.open_and_paid("A1").await, refundable().await), ((10_000, 0), None));
        assert_eq!(refusal(shop.give_back(id, "1").await), "Nothing of it is left to give back.");
        shop.agree().await;

        let page = payments::get_payment(&ann, id).await.expect("a page");
        let shown: Vec<_> =
            page.refunds.iter().map(|row| (row.state, row.amount.minor, row.by.as_str())).collect();
        assert_eq!(shown, [(PaymentState::Succeeded, 3_000, ""), (PaymentState::Succeeded, 7_000, "")]);
        assert_eq!(page.row.refunded.minor, 10_000);
        let page = payments::get_staff_payment(&admin, id).await.expect("a page");
        assert!(page.refunds.iter().all(|row| !row.by.is_empty() && row.reason == "Sent back"));
        // What came back can be paid again.
        payments::pay(&ann, &form(&shop.docs(&["A1"]).await, "100", &card)).await.expect("pays");
        shop.agree().await;
        // Only what was paid can go back.
        let bad = shop.card(&ann, "0341").await;
        let failed = payments::pay(&ann, &form(&shop.docs(&["A2"]).await, "1", &bad)).await.expect("fails");
        assert_eq!(refusal(shop.give_back(failed, "1").await), "Nothing of it is left to give back.");
        let none =
            payments::refund_payment(&admin, new_key().parse().expect("a key"), &new_key(), "1", "").await;
        assert!(is_not_found(&none));
    });
}

#[test]
fn of_several_the_last_is_open_again_first() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let all = shop.docs(&["A1", "A2", "A3"]).await;
        let id = payments::pay(&ann, &form(&all, "350", &card)).await.expect("pays");
        shop.give_back(id, "60").await.expect("gives back");
        assert_eq!(shop.applied(id).await, [10_000, 19_000, 0]);
        assert_eq!((shop.open_and_paid("A2").await.0, shop.open_and_paid("A3").await.0), (1_000, 5_000));
        shop.agree().await;
        shop.give_back(id, "290").await.expect("gives back");
        assert_eq!(shop.applied(id).await, [0, 0, 0]);
        shop.agree().await;
    });
}

#[test]
fn what_came_from_the_wallet_goes_back_into_it_and_transfers_are_noted() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let admin = shop.admin().await;
        shop.fill(&ann, "100").await;
        let a1 = shop.docs(&["A1"]).await;
        let id = payments::pay(&ann, &form(&a1, "80", "wallet")).await.expect("pays");
        shop.give_back(id, "50").await.expect("gives back");
        assert_eq!(
            (shop.wallet("acme", "USD").await, shop.open_and_paid("A1").await),
            (7_000, (7_000, 3_000))
        );
        assert_eq!(shop.bank.given_back(id.into()), 0);
        shop.agree().await;

        // A transfer that was too much: first goes back what lies in the wallet.
        let a2 = shop.docs(&["A2"]).await;
        let id = payments::pay(&ann, &form(&a2, "200", "transfer")).await.expect("begins");
        payments::confirm_transfer(&admin, id, "230").await.expect("came");
        assert_eq!(shop.wallet("acme", "USD").await, 10_000);
        shop.give_back(id, "40").await.expect("is noted");
        assert_eq!(
            (shop.wallet("acme", "USD").await, shop.open_and_paid("A2").await),
            (7_000, (1_000, 19_000))
        );
        shop.agree().await;
    });
}

/// Money that was put into the wallet and spent since cannot be given back, too.
#[test]
fn what_was_spent_from_the_wallet_is_not_given_back() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let filled = shop.fill(&ann, "100").await;
        let paid = payments::pay(&ann, &form(&shop.docs(&["A1"]).await, "80", "wallet")).await.expect("pays");
        let told = refusal(shop.give_back(filled, "100").await);
        assert!(told.contains("only $20.00 of it is still in the wallet"), "{told}");
        assert_eq!((shop.bank.given_back(filled.into()), shop.refunds(filled).await.len()), (0, 0));
        shop.give_back(filled, "20").await.expect("gives back");
        assert_eq!(shop.wallet("acme", "USD").await, 0);
        shop.agree().await;
        shop.give_back(paid, "80").await.expect("goes back into the wallet");
        shop.give_back(filled, "80").await.expect("gives back");
        assert_eq!((shop.wallet("acme", "USD").await, shop.bank.total()), (0, 0));
        shop.agree().await;

        // What was left over of an invoice is spent: what paid the invoice can go back all the same.
        let a3 = shop.docs(&["A3"]).await;
        let id = payments::pay(&ann, &form(&a3, "50", "transfer")).await.expect("begins");
        payments::confirm_transfer(&shop.admin().await, id, "60").await.expect("came");
        payments::pay(&ann, &form(&shop.docs(&["A2"]).await, "10", "wallet")).await.expect("pays");
        refusal(shop.give_back(id, "50.01").await);
        shop.give_back(id, "50").await.expect("gives back");
        assert_eq!(shop.open_and_paid("A3").await, (5_000, 0));
        refusal(shop.give_back(id, "10").await);
        shop.agree().await;
    });
}

#[test]
fn what_the_bank_gave_back_by_itself_is_taken_down_once() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let id = payments::pay(&ann, &form(&shop.docs(&["A1"]).await, "100", &card)).await.expect("pays");
        let reference = shop.reference(id);
        shop.bank.give_back(&reference, 2_500);
        for _ in 0..3 {
            payments::check_by_reference(&shop.portal.portico, &reference).await.expect("asks");
        }
        assert_eq!(shop.open_and_paid("A1").await, (2_500, 7_500));
        let made = shop.refunds(id).await;
        assert_eq!(
            made.iter().map(|one| (one.amount, one.created_by.as_str())).collect::<Vec<_>>(),
            [(2_500, "test bank")]
        );
        shop.agree().await;
        // Beside one of ours.
        shop.give_back(id, "10").await.expect("gives back");
        shop.bank.give_back(&reference, 500);
        let hints = (0..5).map(|_| {
            let (portico, reference) = (std::sync::Arc::clone(&shop.portal.portico), reference.clone());
            tokio::spawn(async move { payments::check_by_reference(&portico, &reference).await })
        });
        for told in futures::future::join_all(hints).await {
            told.expect("no panic").expect("asks");
        }
        assert_eq!(shop.open_and_paid("A1").await, (4_000, 6_000));
        assert_eq!(shop.refunds(id).await.len(), 3);
        shop.agree().await;
    });
}

#[test]
fn the_same_form_gives_back_once() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let id = payments::pay(&ann, &form(&shop.docs(&["A1"]).await, "100", &card)).await.expect("pays");
        let key = new_key();
        shop.give_back_as(id, &key, "30").await.expect("gives back");
        shop.give_back_as(id, &key, "30").await.expect("is one");
        shop.give_back_as(id, &key, "60").await.expect("is one");
        assert_eq!(shop.open_and_paid("A1").await, (3_000, 7_000));
        let (key, admin) = (new_key(), shop.admin().await);
        let clicks = (0..10).map(|_| {
            let (admin, key) = (admin.clone(), key.clone());
            tokio::spawn(async move { payments::refund_payment(&admin, id, &key, "20", "").await })
        });
        for told in futures::future::join_all(clicks).await {
            told.expect("no panic").expect("gives back");
        }
        // Ten people who give it all back at once do so once.
        let all = (0..10).map(|_| {
            let admin = admin.clone();
            tokio::spawn(async move { payments::refund_payment(&admin, id, &new_key(), "50", "").await })
        });
        let told = futures::future::join_all(all).await;
        assert_eq!(told.iter().filter(|told| matches!(told, Ok(Ok(())))).count(), 1);
        assert_eq!((shop.open_and_paid("A1").await, shop.refunds(id).await.len()), ((10_000, 0), 3));
        assert_eq!((shop.bank.given_back(id.into()), shop.bank.total()), (10_000, 0));
        shop.agree().await;
    });
}

#[test]
fn a_refund_whose_answer_is_lost_is_settled_once() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let id = payments::pay(&ann, &form(&shop.docs(&["A1"]).await, "100", &card)).await.expect("pays");
        for (fault, back) in [(Fault::AnswerLost, 3_000), (Fault::NeverArrives, 6_000)] {
            shop.bank.fail(Call::Refund, fault);
            let told = refusal(shop.give_back(id, "30").await);
            assert!(told.contains("do not try again"), "{told}");
            assert_eq!(shop.open_and_paid("A1").await.0, back - 3_000, "nothing is believed yet");
            // What is on its way cannot be given back again.
            let most = field(shop.give_back(id, "100").await, "amount");
            assert!(most.contains(&format!("${}.00", (10_000 - back) / 100)), "{most}");
            shop.worker_after(2).await;
            shop.worker_after(5).await;
            shop.worker_after(60).await;
            assert_eq!(shop.open_and_paid("A1").await, (back, 10_000 - back));
            assert_eq!(shop.payment(id).await.next_check_at, None, "there is nothing to ask for any more");
            shop.agree().await;
        }
        assert_eq!(shop.refunds(id).await.len(), 2);
        // Killed between asking and hearing.
        shop.bank.fail(Call::Refund, Fault::StopAfter);
        let admin = shop.admin().await;
        let task =
            tokio::spawn(async move { payments::refund_payment(&admin, id, &new_key(), "40", "").await });
        shop.bank.stopped().await;
        task.abort();
        let shop = shop.restarted().await;
        shop.worker_after(2).await;
        assert_eq!(shop.open_and_paid("A1").await, (10_000, 0));
        shop.worker_after(60).await;
        shop.agree().await;
    });
}

#[test]
fn a_refund_that_is_refused_leaves_the_amount() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let id = payments::pay(&ann, &form(&shop.docs(&["A1"]).await, "100", &card)).await.expect("pays");
        shop.bank.fail(Call::Refund, Fault::Refused);
        assert_eq!(refusal(shop.give_back(id, "100").await), "The card service refused to give it back.");
        let made = shop.refunds(id).await;
        assert_eq!(made.iter().map(|one| one.state.as_str()).collect::<Vec<_>>(), ["failed"]);
        assert_eq!(shop.open_and_paid("A1").await, (0, 10_000));
        shop.worker_after(5).await;
        assert_eq!(shop.payment(id).await.next_check_at, None);
        shop.agree().await;
        shop.give_back(id, "100").await.expect("gives back");
        assert_eq!(shop.open_and_paid("A1").await, (10_000, 0));
        shop.agree().await;
    });
}

#[test]
fn a_refund_that_takes_its_time_is_waited_for() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let filled = shop.fill(&ann, "100").await;
        shop.bank.slow_refunds();
        shop.give_back(filled, "70").await.expect("is on its way");
        let page = payments::get_payment(&ann, filled).await.expect("a page");
        assert_eq!(page.refunds.iter().map(|row| row.state).collect::<Vec<_>>(), [PaymentState::Pending]);
        assert_eq!(shop.bank.calls(Call::Refund), 1);
        shop.worker_after(5).await;
        shop.worker_after(30).await;
        assert_eq!((shop.bank.calls(Call::Refund), shop.payment(filled).await.refunded), (1, 0));
        shop.bank.settle_refunds();
        shop.worker_after(120).await;
        assert_eq!((shop.payment(filled).await.refunded, shop.wallet("acme", "USD").await), (7_000, 3_000));
        shop.agree().await;
        // Another one fails after a while: the money stays, and may be given back again.
        shop.give_back(filled, "20").await.expect("is on its way");
        assert!(shop.give_back(filled, "20").await.is_err(), "only 10 of it are not on their way");
        shop.bank.fail_refunds();
        shop.worker_after(120).await;
        let states: Vec<_> = shop.refunds(filled).await.into_iter().map(|refund| refund.state).collect();
        assert_eq!(states, ["succeeded", "failed"]);
        assert_eq!((shop.payment(filled).await.refunded, shop.wallet("acme", "USD").await), (7_000, 3_000));
        assert!(shop.payment(filled).await.next_check_at.is_none(), "nothing is waited for");
        shop.agree().await;
        // The wallet of the others is no concern of it.
        let put = wallet::top_up(&ann, &top_up("5", "transfer")).await.expect("begins");
        assert_eq!(shop.state(put).await, PaymentState::Pending);
    });
}
