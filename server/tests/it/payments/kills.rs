//! The server killed, as by a power cut, at any point of a payment or refund: the next one brings the books and the card
//! service together.

use std::time::Duration;

use domain::payments::PaymentState;
use tokio::time::sleep;
use uuid::Uuid;

use super::{
    GOOD, Shop, databases,
    proxy::{Call, Fault},
};
use crate::support::{localstripe::WEBHOOK_SECRET, rounds};

/// When the server is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    At(Call, Fault),
    /// It has written down how it went, and the card service is about to tell.
    BeforeTheWebhook,
    /// So long after the form was sent.
    After(Duration),
}

const MOMENTS: [Moment; 5] = [
    Moment::At(Call::Prepare, Fault::HangsBefore),
    Moment::At(Call::Prepare, Fault::HangsAfter),
    Moment::At(Call::Confirm, Fault::HangsBefore),
    Moment::At(Call::Confirm, Fault::HangsAfter),
    Moment::BeforeTheWebhook,
];

impl Moment {
    fn of(round: usize) -> Self {
        let chance = Self::After(Duration::from_millis((round as u64 * 37) % 61));
        MOMENTS.get(round % (MOMENTS.len() + 1)).copied().unwrap_or(chance)
    }

    /// Whether money was taken; nothing where that is a matter of chance.
    fn is_taken(self) -> Option<bool> {
        match self {
            Self::At(call, fault) => Some(call == Call::Confirm && fault == Fault::HangsAfter),
            Self::BeforeTheWebhook => Some(true),
            Self::After(_) => None,
        }
    }
}

/// Sends a form and kills the server at the moment.
async fn killed<T>(shop: &Shop, moment: Moment, form: impl Future<Output = Option<T>>) {
    match moment {
        Moment::At(call, fault) => {
            shop.proxy.set(call, fault);
            tokio::select! {
                () = shop.proxy.happened() => {}
                _ = form => panic!("{moment:?}: is answered"),
            }
        }
        Moment::BeforeTheWebhook => {
            form.await.expect("an answer");
        }
        Moment::After(pause) => {
            tokio::select! {
                biased;
                () = sleep(pause) => {}
                () = async { form.await; std::future::pending().await } => {}
            }
        }
    }
}

async fn payments_survive(shop: &mut Shop, round: usize, card: &str) {
    let moment = Moment::of(round);
    let (invoice, id) = (shop.invoice(2_000).await, Uuid::now_v7());
    killed(shop, moment, shop.pay(id, invoice, "12.00", card)).await;
    shop.kill();
    shop.proxy.clear();
    shop.a_minute_later().await;
    // The form is sent again at once, while the new server looks at what the old one left.
    shop.start().await;
    shop.bank.send_events(&format!("{}/hooks/stripe", shop.server().address()), WEBHOOK_SECRET).await;
    let again = shop.pay(id, invoice, "12.00", card).await.expect("an answer");
    assert_eq!((again.status, again.location()), (303, format!("/my/payments/{id}").as_str()), "{moment:?}");
    let state = shop.ended(id).await;
    let taken = shop.taken(id).await;
    if let Some(is_taken) = moment.is_taken() {
        assert_eq!(taken, if is_taken { 1_200 } else { 0 }, "{moment:?}");
    }
    let expected = if taken > 0 { PaymentState::Succeeded } else { PaymentState::Failed };
    assert_eq!((state, shop.paid(invoice).await), (expected, taken), "{moment:?}");
    if taken == 0 {
        let failure = shop.payment(id).await.failure;
        assert!(failure.contains("before any money was taken"), "{moment:?}: {failure}");
    }
    // What is left can be paid, once.
    let (left, rest) = if taken > 0 { ("8.00", Uuid::now_v7()) } else { ("20.00", Uuid::now_v7()) };
    let paid = shop.pay(rest, invoice, left, card).await.expect("an answer");
    assert_eq!(paid.status, 303, "{moment:?}: {}", paid.body);
    assert_eq!((shop.ended(rest).await, shop.paid(invoice).await), (PaymentState::Succeeded, 2_000));
    shop.agree().await;
}

#[tokio::test]
async fn whatever_the_moment_of_a_kill_money_is_taken_once() {
    for database in databases().await {
        let mut shop = Shop::open(database).await;
        let card = shop.save_card(GOOD).await;
        for round in 0..rounds(MOMENTS.len() + 1, 200) {
            payments_survive(&mut shop, round, &card).await;
        }
        // The webhooks that came late change nothing.
        sleep(Duration::from_secs(2)).await;
        shop.agree().await;
        shop.said();
    }
}

const OF_A_REFUND: [Moment; 3] = [
    Moment::At(Call::Refund, Fault::HangsBefore),
    Moment::At(Call::Refund, Fault::HangsAfter),
    Moment::After(Duration::from_millis(3)),
];

async fn a_refund_survives(shop: &mut Shop, round: usize, card: &str) {
    let moment = match OF_A_REFUND[round % OF_A_REFUND.len()] {
        Moment::After(_) => Moment::After(Duration::from_millis((round as u64 * 17) % 41)),
        moment => moment,
    };
    let (invoice, id, key) = (shop.invoice(2_000).await, Uuid::now_v7(), Uuid::now_v7());
    shop.pay(id, invoice, "20.00", card).await.expect("an answer");
    assert_eq!(shop.ended(id).await, PaymentState::Succeeded);
    killed(shop, moment, shop.give_back(id, key, "5.00")).await;
    shop.kill();
    shop.proxy.clear();
    shop.a_minute_later().await;
    shop.start().await;
    // The form again, with its key: once.
    let again = shop.give_back(id, key, "5.00").await.expect("an answer");
    assert_eq!(again.status, 303, "{moment:?}: {}", again.body);
    let payment = shop.until(id, "given back", |payment| payment.refunded > 0).await;
    assert_eq!((payment.refunded, shop.paid(invoice).await), (500, 1_500), "{moment:?}");
    shop.agree().await;
    // What is open again can be paid again.
    let rest = Uuid::now_v7();
    shop.pay(rest, invoice, "5.00", card).await.expect("an answer");
    assert_eq!((shop.ended(rest).await, shop.paid(invoice).await), (PaymentState::Succeeded, 2_000));
    shop.agree().await;
}

#[tokio::test]
async fn whatever_the_moment_of_a_kill_money_goes_back_once() {
    for database in databases().await {
        let mut shop = Shop::open(database).await;
        let card = shop.save_card(GOOD).await;
        for round in 0..rounds(OF_A_REFUND.len(), 100) {
            a_refund_survives(&mut shop, round, &card).await;
        }
        shop.a_minute_later().await;
        shop.kill();
        shop.start().await;
        shop.nothing_is_looked_at().await;
        shop.agree().await;
        shop.said();
    }
}

/// Fills the wallet by a card that is not to be kept: neither is it, however it went.
async fn a_filling_survives(shop: &mut Shop, moment: Moment) -> i64 {
    let (id, setup) = (Uuid::now_v7(), shop.enter(GOOD).await);
    let key = id.to_string();
    let fields = [("key", key.as_str()), ("amount", "30.00"), ("way", "new"), ("setup", &setup)];
    killed(shop, moment, shop.server().post_form("/my/wallet", &shop.cookie, &fields)).await;
    shop.kill();
    shop.proxy.clear();
    shop.a_minute_later().await;
    shop.start().await;
    let again = shop.server().post_form("/my/wallet", &shop.cookie, &fields).await.expect("an answer");
    assert_eq!(again.location(), format!("/my/payments/{id}"), "{moment:?}: {}", again.body);
    let state = shop.ended(id).await;
    shop.cards_are(0).await;
    let taken = shop.taken(id).await;
    let expected = match moment.is_taken() {
        Some(true) => (PaymentState::Succeeded, 3_000),
        _ => (PaymentState::Failed, 0),
    };
    assert_eq!((state, taken), expected, "{moment:?}");
    shop.agree().await;
    taken
}

#[tokio::test]
async fn whatever_the_moment_of_a_kill_the_wallet_is_filled_once() {
    let mut shop = Shop::open(None).await;
    let mut sum = 0;
    for moment in MOMENTS {
        sum += a_filling_survives(&mut shop, moment).await;
        assert_eq!(shop.wallet().await, sum, "{moment:?}");
    }
    assert_eq!(sum, 6_000, "twice of the five");
    shop.said();
}
