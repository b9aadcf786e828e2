//! Payments that are confirmed to a bank, and banks that tell late, twice, or in another order.

use domain::{ids::PaymentId, payments::PaymentState};
use services::{Cx, ServiceError, payments};

use super::{Shop, form, is_not_found, refusal};
use crate::support::{
    bank::{Call, Fault},
    on_each_database,
};

/// A payment of A1 that waits for its payer's confirmation.
async fn waiting(shop: &Shop, ann: &Cx) -> PaymentId {
    let card = shop.card(ann, "3155").await;
    let id = payments::pay(ann, &form(&shop.docs(&["A1"]).await, "100", &card)).await.expect("begins");
    assert_eq!(shop.state(id).await, PaymentState::Pending);
    id
}

async fn hint(shop: &Shop, reference: &str) -> Result<(), ServiceError> {
    payments::check_by_reference(&shop.portal.portico, reference).await
}

#[test]
fn only_who_began_it_is_told_the_secret_to_confirm_it() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let bob = shop.accountant("bob").await;
        let zoe = shop.accountant("zoe").await;
        let id = waiting(&shop, &ann).await;
        let page = payments::get_payment(&ann, id).await.expect("a page");
        assert_eq!(page.confirm.map(|confirm| confirm.secret), Some(format!("secret of {id}")));
        assert!(page.may_cancel);
        let page = payments::get_payment(&bob, id).await.expect("a colleague sees it");
        assert_eq!((page.confirm, page.may_cancel, page.provider_ref.as_str()), (None, false, ""));
        assert!(is_not_found(&payments::get_payment(&zoe, id).await));
        let page = payments::get_staff_payment(&shop.admin().await, id).await.expect("a page");
        assert_eq!((page.confirm, page.may_cancel), (None, false));
        assert_eq!(page.provider_ref, shop.reference(id));
    });
}

#[test]
fn confirmed_it_succeeds_and_refused_it_fails() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let id = waiting(&shop, &ann).await;
        payments::check_payment(&ann, id).await.expect("asks");
        assert_eq!(shop.state(id).await, PaymentState::Pending, "nothing happened yet");
        shop.bank.confirm(&shop.reference(id), false);
        payments::check_payment(&ann, id).await.expect("asks");
        assert_eq!(shop.state(id).await, PaymentState::Failed);
        assert_eq!(shop.payment(id).await.failure, "Your bank could not confirm it.");
        assert_eq!(shop.open_and_paid("A1").await, (10_000, 0));
        shop.agree().await;

        let id = waiting(&shop, &ann).await;
        shop.bank.confirm(&shop.reference(id), true);
        payments::check_payment(&ann, id).await.expect("asks");
        payments::check_payment(&ann, id).await.expect("asks again");
        assert_eq!(shop.state(id).await, PaymentState::Succeeded);
        assert_eq!(shop.open_and_paid("A1").await, (0, 10_000));
        assert_eq!(shop.bank.taken(id.into()), (1, 10_000));
        shop.agree().await;
    });
}

#[test]
fn what_nobody_confirms_is_given_up_after_an_hour() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let id = waiting(&shop, &ann).await;
        for _ in 0..5 {
            assert_eq!(shop.worker_after(10).await, 0);
            assert_eq!(shop.state(id).await, PaymentState::Pending);
        }
        // The older it is, the more rarely it is asked for: within another hour it is.
        let mut ended = 0;
        for _ in 0..7 {
            ended += shop.worker_after(10).await;
        }
        assert_eq!(ended, 1);
        let payment = shop.payment(id).await;
        assert_eq!(payment.state, "failed");
        assert_eq!(payment.failure, "It was not confirmed to the bank in time.");
        assert_eq!(shop.bank.state(&shop.reference(id)), payments::ChargeState::Canceled);
        payments::pay(&ann, &form(&shop.docs(&["A1"]).await, "10", "transfer")).await.expect("is free again");
        shop.agree().await;
    });
}

#[test]
fn a_bank_that_takes_its_time_is_asked_until_it_knows() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "9999").await;
        let id = payments::pay(&ann, &form(&shop.docs(&["A1"]).await, "60", &card)).await.expect("begins");
        assert_eq!(shop.state(id).await, PaymentState::Pending);
        assert_eq!(
            refusal(payments::cancel_payment(&ann, id).await),
            "The bank is working on it: it cannot be given up at the moment."
        );
        let page = payments::get_payment(&ann, id).await.expect("a page");
        assert_eq!((page.confirm, page.may_cancel), (None, false));
        for _ in 0..30 {
            assert_eq!(shop.worker_after(60).await, 0);
        }
        assert_eq!(shop.state(id).await, PaymentState::Pending);
        shop.bank.settle(&shop.reference(id));
        assert_eq!(shop.worker_after(6 * 60 + 1).await, 1);
        assert_eq!(shop.open_and_paid("A1").await, (4_000, 6_000));
        shop.agree().await;
    });
}

#[test]
fn a_hint_counts_once_however_often_it_comes() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        hint(&shop, "charge_of_another_shop").await.expect("is no fault");
        let id = waiting(&shop, &ann).await;
        let reference = shop.reference(id);
        hint(&shop, &reference).await.expect("asks");
        assert_eq!(shop.state(id).await, PaymentState::Pending, "nothing in a hint is believed");
        shop.bank.confirm(&reference, true);
        let hints = (0..10).map(|_| {
            let (shop, reference) = (shop.clone(), reference.clone());
            tokio::spawn(async move { hint(&shop, &reference).await })
        });
        for told in futures::future::join_all(hints).await {
            told.expect("no panic").expect("is written down");
        }
        assert_eq!(shop.open_and_paid("A1").await, (0, 10_000));
        shop.agree().await;
    });
}

/// The webhook overtakes the answer to the charge.
#[test]
fn a_hint_may_come_before_the_answer() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        let sent = form(&shop.docs(&["A1"]).await, "100", &card);
        shop.bank.fail(Call::Charge, Fault::StopAfter);
        let task = {
            let (ann, sent) = (ann.clone(), sent.clone());
            tokio::spawn(async move { payments::pay(&ann, &sent).await })
        };
        shop.bank.stopped().await;
        let id = super::id_of(&sent);
        assert_eq!(shop.state(id).await, PaymentState::Pending);
        hint(&shop, &shop.reference(id)).await.expect("asks");
        assert_eq!(shop.state(id).await, PaymentState::Succeeded);
        task.abort();
        assert_eq!(payments::pay(&ann, &sent).await.expect("is one"), id);
        shop.worker_after(2).await;
        shop.agree().await;
    });
}

#[test]
fn an_answer_that_is_lost_is_asked_for() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        let a1 = shop.docs(&["A1"]).await;
        shop.bank.fail(Call::Charge, Fault::AnswerLost);
        let id = payments::pay(&ann, &form(&a1, "60", &card)).await.expect("begins");
        assert_eq!(shop.state(id).await, PaymentState::Pending);
        assert_eq!(shop.worker_after(2).await, 1);
        assert_eq!(shop.open_and_paid("A1").await, (4_000, 6_000));
        shop.agree().await;

        shop.bank.fail(Call::Charge, Fault::NeverArrives);
        let id = payments::pay(&ann, &form(&a1, "40", &card)).await.expect("begins");
        assert_eq!(shop.state(id).await, PaymentState::Pending);
        shop.bank.fail(Call::Look, Fault::NeverArrives);
        assert_eq!(shop.worker_after(2).await, 0, "it cannot be asked yet");
        assert_eq!(shop.worker_after(5).await, 1);
        assert_eq!(shop.state(id).await, PaymentState::Failed);
        assert!(shop.payment(id).await.failure.contains("before any money was taken"));
        shop.agree().await;

        // Prepared over there, but never heard of: nothing was taken, and it can be paid again.
        shop.bank.fail(Call::Prepare, Fault::AnswerLost);
        let id = payments::pay(&ann, &form(&a1, "40", &card)).await.expect("begins");
        assert_eq!(shop.state(id).await, PaymentState::Failed);
        payments::pay(&ann, &form(&a1, "40", &card)).await.expect("pays");
        assert_eq!(shop.open_and_paid("A1").await, (0, 10_000));
        shop.agree().await;
    });
}

/// A payer who tries again in their browser after it was called a failure here.
#[test]
fn money_that_comes_late_is_there_all_the_same() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let id = waiting(&shop, &ann).await;
        shop.bank.confirm(&shop.reference(id), false);
        hint(&shop, &shop.reference(id)).await.expect("asks");
        assert_eq!(shop.state(id).await, PaymentState::Failed);
        // Still open: it pays the invoice.
        shop.bank.confirm(&shop.reference(id), true);
        hint(&shop, &shop.reference(id)).await.expect("asks");
        assert_eq!(
            (shop.state(id).await, shop.open_and_paid("A1").await),
            (PaymentState::Succeeded, (0, 10_000))
        );
        assert_eq!(shop.payment(id).await.failure, "");
        shop.agree().await;

        // Paid otherwise meanwhile, in part: the rest of it goes into the wallet.
        let card = shop.card(&ann, "3155").await;
        let a2 = shop.docs(&["A2"]).await;
        let late = payments::pay(&ann, &form(&a2, "200", &card)).await.expect("begins");
        payments::cancel_payment(&ann, late).await.expect("gives up");
        assert_eq!(shop.state(late).await, PaymentState::Canceled);
        let works = shop.card(&ann, "4242").await;
        payments::pay(&ann, &form(&a2, "150", &works)).await.expect("pays");
        shop.bank.settle(&shop.reference(late));
        hint(&shop, &shop.reference(late)).await.expect("asks");
        hint(&shop, &shop.reference(late)).await.expect("asks");
        assert_eq!(shop.state(late).await, PaymentState::Succeeded);
        assert_eq!((shop.applied(late).await, shop.wallet("acme", "USD").await), (vec![5_000], 15_000));
        assert_eq!(shop.open_and_paid("A2").await, (0, 20_000));
        let page = payments::get_payment(&ann, late).await.expect("a page");
        assert_eq!(page.to_wallet.minor, 15_000);
        shop.agree().await;
    });
}

/// While the bank does not answer, the hint has to come again: else nobody would ask for late money.
#[test]
fn a_hint_that_could_not_be_looked_into_comes_again() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let id = waiting(&shop, &ann).await;
        let reference = shop.reference(id);
        payments::cancel_payment(&ann, id).await.expect("gives up");
        shop.bank.settle(&reference);
        shop.bank.fail(Call::Look, Fault::NeverArrives);
        hint(&shop, &reference).await.expect_err("it is not known");
        hint(&shop, &reference).await.expect("asks");
        assert_eq!(shop.open_and_paid("A1").await, (0, 10_000));
        shop.bank.give_back(&reference, 1_000);
        shop.bank.fail(Call::Refunds, Fault::AnswerLost);
        hint(&shop, &reference).await.expect_err("it is not known");
        hint(&shop, &reference).await.expect("asks");
        assert_eq!(shop.open_and_paid("A1").await, (1_000, 9_000));
        shop.agree().await;
    });
}

/// What was paid and given back before anybody here heard of either, is one hint.
#[test]
fn money_that_came_and_went_back_meanwhile_is_both_written_down() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        for by_hint in [true, false] {
            shop.bank.fail(Call::Charge, Fault::AnswerLost);
            let a2 = shop.docs(&["A2"]).await;
            let id = payments::pay(&ann, &form(&a2, "50", &card)).await.expect("begins");
            shop.bank.give_back(&shop.reference(id), 3_000);
            if by_hint {
                hint(&shop, &shop.reference(id)).await.expect("asks");
            } else {
                assert_eq!(shop.worker_after(2).await, 1);
            }
            let payment = shop.payment(id).await;
            assert_eq!((payment.received, payment.refunded), (5_000, 3_000), "{by_hint}");
            shop.agree().await;
        }
        assert_eq!(shop.open_and_paid("A2").await, (16_000, 4_000));
    });
}
