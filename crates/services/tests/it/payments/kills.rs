//! A process that is killed at any point of a payment: the next one finds out what became of the money.

use domain::{
    ids::PaymentId,
    payments::{PayForm, PaymentState, TopUpForm},
};
use services::{Cx, payments, wallet};

use super::{Shop, form, id_of, refusal, top_up};
use crate::support::{
    bank::{Call, Fault},
    on_each_database,
};

const POINTS: [(Call, Fault); 4] = [
    (Call::Prepare, Fault::StopBefore),
    (Call::Prepare, Fault::StopAfter),
    (Call::Charge, Fault::StopBefore),
    (Call::Charge, Fault::StopAfter),
];

/// Begins a payment and is killed at a point of it; the next process over the same books and the same bank.
async fn killed(shop: &Shop, cx: &Cx, sent: &PayForm, (call, fault): (Call, Fault)) -> Shop {
    shop.bank.fail(call, fault);
    let (cx, sent) = (cx.clone(), sent.clone());
    let task = tokio::spawn(async move { payments::pay(&cx, &sent).await });
    shop.bank.stopped().await;
    task.abort();
    task.await.expect_err("is gone");
    shop.restarted().await
}

async fn is_pending(shop: &Shop, id: PaymentId) -> bool {
    shop.state(id).await == PaymentState::Pending
}

#[test]
fn books_and_bank_agree_wherever_it_was_killed() {
    on_each_database(|portal| async move {
        let mut shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        let a2 = shop.docs(&["A2"]).await;
        for (place, point) in POINTS.into_iter().enumerate() {
            let is_taken = point == (Call::Charge, Fault::StopAfter);
            let sent = form(&a2, "40", &card);
            let id = id_of(&sent);
            shop = killed(&shop, &ann, &sent, point).await;
            let cx = shop.portal.again(&ann).await.expect("signed in");
            assert!(is_pending(&shop, id).await, "{point:?}");
            // Whoever comes back at once finds it under way, and it is not paid twice.
            assert_eq!(payments::pay(&cx, &sent).await.expect("is one"), id);
            let other = payments::pay(&cx, &form(&a2, "1", &card)).await;
            assert!(refusal(other).contains("under way"), "{point:?}");
            assert_eq!(payments::reconcile(&shop.portal.portico).await.expect("looks"), 0, "too early");
            assert_eq!(shop.worker_after(2).await, 1, "{point:?}");
            let (state, times) =
                if is_taken { (PaymentState::Succeeded, 1) } else { (PaymentState::Failed, 0) };
            assert_eq!((shop.state(id).await, shop.bank.taken(id.into()).0), (state, times), "{point:?}");
            shop.agree().await;
            assert_eq!(shop.worker_after(10).await, 0);
            if !is_taken {
                assert!(shop.payment(id).await.failure.contains("before any money was taken"));
            }
            let again = payments::pay(&cx, &form(&a2, "1", &card)).await.expect("can be paid again");
            assert_eq!(shop.state(again).await, PaymentState::Succeeded);
            let paid = if is_taken { 4_000 } else { 0 } + 100 * i64::try_from(place + 1).expect("few");
            assert_eq!(shop.open_and_paid("A2").await, (20_000 - paid, paid), "{point:?}");
            shop.agree().await;
        }
    });
}

/// A card that was not to be kept is not kept either when its payment was interrupted.
#[test]
fn a_card_of_an_interrupted_payment_is_forgotten() {
    on_each_database(|portal| async move {
        let mut shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let a2 = shop.docs(&["A2"]).await;
        for point in POINTS {
            let setup = shop.setup(&ann, "4242").await;
            let sent = PayForm { setup, ..form(&a2, "40", "new") };
            shop = killed(&shop, &ann, &sent, point).await;
            assert_eq!(shop.bank.cards(), 1, "{point:?}");
            assert_eq!(shop.worker_after(2).await, 1, "{point:?}");
            assert_eq!(shop.bank.cards(), 0, "{point:?}");
            shop.agree().await;
        }
        assert!(payments::list_cards(&ann).await.expect("cards").cards.is_empty());
    });
}

#[test]
fn the_wallet_is_filled_once_wherever_it_was_killed() {
    on_each_database(|portal| async move {
        let mut shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        for (call, fault) in POINTS {
            shop.bank.fail(call, fault);
            let put = TopUpForm { setup: shop.setup(&ann, "4242").await, ..top_up("25", "new") };
            let cx = ann.clone();
            let task = tokio::spawn(async move { wallet::top_up(&cx, &put).await });
            shop.bank.stopped().await;
            task.abort();
            shop = shop.restarted().await;
            assert_eq!(shop.worker_after(2).await, 1);
            shop.agree().await;
        }
        assert_eq!((shop.wallet("acme", "USD").await, shop.bank.total()), (2_500, 2_500));
    });
}

/// Two workers at once, and the customer's own browser asking.
#[test]
fn many_who_look_at_once_write_it_down_once() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        let sent = form(&shop.docs(&["A2"]).await, "40", &card);
        let shop = killed(&shop, &ann, &sent, (Call::Charge, Fault::StopAfter)).await;
        shop.portal.clock.advance(time::Duration::minutes(2));
        let cx = shop.portal.again(&ann).await.expect("signed in");
        let workers = (0..4).map(|_| {
            let portico = std::sync::Arc::clone(&shop.portal.portico);
            tokio::spawn(async move { payments::reconcile(&portico).await.map(drop) })
        });
        let browsers = (0..4).map(|_| {
            let (cx, id) = (cx.clone(), id_of(&sent));
            tokio::spawn(async move { payments::check_payment(&cx, id).await })
        });
        for told in futures::future::join_all(workers.chain(browsers)).await {
            told.expect("no panic").expect("looks");
        }
        assert_eq!(shop.open_and_paid("A2").await, (16_000, 4_000));
        assert_eq!(shop.bank.taken(id_of(&sent).into()), (1, 4_000));
        shop.agree().await;
    });
}

/// A process that is only slow, not dead: it was given up meanwhile and must not take the money any more.
#[test]
fn who_was_too_slow_takes_no_money() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        let a2 = shop.docs(&["A2"]).await;
        for call in [Call::Prepare, Call::Charge] {
            shop.bank.hold(call);
            let sent = form(&a2, "40", &card);
            let task = {
                let (cx, sent) = (ann.clone(), sent.clone());
                tokio::spawn(async move { payments::pay(&cx, &sent).await })
            };
            shop.bank.stopped().await;
            assert_eq!(shop.worker_after(2).await, 1);
            assert_eq!(shop.state(id_of(&sent)).await, PaymentState::Failed);
            shop.bank.go_on();
            task.await.expect("no panic").expect("ends");
            assert_eq!(shop.state(id_of(&sent)).await, PaymentState::Failed, "{call:?}");
            assert_eq!(shop.bank.taken(id_of(&sent).into()), (0, 0), "{call:?}");
            shop.agree().await;
        }
    });
}

/// The business takes no cards any more when the next process begins.
#[test]
fn what_no_provider_knows_of_is_given_up_without_one() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        let sent = form(&shop.docs(&["A1", "A2"]).await, "40", &card);
        killed(&shop, &ann, &sent, (Call::Prepare, Fault::StopBefore)).await;
        let bare = shop.portal.restarted();
        bare.clock.advance(time::Duration::minutes(2));
        assert_eq!(payments::reconcile(&bare.portico).await.expect("looks"), 1);
        assert_eq!(shop.state(id_of(&sent)).await, PaymentState::Failed);
        // Of what the provider may have taken nobody knows without it.
        let sent = form(&shop.docs(&["A1"]).await, "40", &card);
        killed(&shop, &ann, &sent, (Call::Charge, Fault::StopAfter)).await;
        bare.clock.advance(time::Duration::minutes(2));
        assert_eq!(payments::reconcile(&bare.portico).await.expect("looks"), 0);
        assert!(is_pending(&shop, id_of(&sent)).await);
        assert_eq!(shop.worker_after(5).await, 1);
        shop.agree().await;
    });
}
