//! Cards and charges from begin to end, by localstripe.

use std::sync::Arc;

use domain::{Currency, Money, payments::CardForm};
use server::stripe::Stripe;
use services::payments::{
    CardProvider, ChargeState, EnteredCard, MadeRefund, NewCharge, NewCustomer, NewRefund, Presence,
    ProviderError, RefundState, Setup,
};
use uuid::Uuid;

use crate::support::localstripe::{Localstripe, PUBLISHABLE_KEY};

const GOOD: &str = "4242424242424242";
const DECLINED: &str = "4000000000000341";
const DECLINED_WHEN_ENTERED: &str = "4000000000000002";
const THREE_D_SECURE: &str = "4000002500003155";

/// A stand-in and our account there.
struct Account {
    bank: Localstripe,
    stripe: Arc<Stripe>,
}

impl Account {
    fn open() -> Self {
        let bank = Localstripe::start();
        let stripe = Stripe::new(&bank.config()).expect("settings").expect("keys");
        Self { bank, stripe }
    }

    async fn customer(&self) -> String {
        let customer = NewCustomer {
            id: Uuid::now_v7(),
            name: "Lumen & Söhne".into(),
            email: "pay@lumen.example".into(),
        };
        self.stripe.make_customer(customer).await.expect("a customer")
    }

    async fn setup(&self, number: &str) -> Setup {
        let setup = self.stripe.begin_setup(self.customer().await).await.expect("a setup");
        self.bank.enter_card(&setup.id, &setup.secret, number).await;
        setup
    }

    async fn card(&self, number: &str) -> EnteredCard {
        let setup = self.setup(number).await;
        if number == THREE_D_SECURE {
            self.bank.confirm_card(&setup.id, &setup.secret, true).await;
        }
        self.stripe.finish_setup(setup.id).await.expect("a card")
    }

    async fn prepare(&self, card: &EnteredCard, minor: i64) -> String {
        self.stripe.prepare(charge(card, minor)).await.expect("prepares")
    }
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn charge(card: &EnteredCard, minor: i64) -> NewCharge {
    NewCharge {
        payment: Uuid::now_v7(),
        number: "PAY/2026/1".into(),
        amount: usd(minor),
        customer: card.customer.clone(),
        method: card.method.clone(),
    }
}

#[tokio::test]
async fn a_card_is_entered_charged_and_paid_back() {
    let account = Account::open();
    let stripe = &account.stripe;
    let script = format!("{}/js.stripe.com/v3/", account.bank.address);
    assert_eq!(
        stripe.form(),
        CardForm::Stripe { key: PUBLISHABLE_KEY.into(), script, origins: vec![account.bank.address.clone()] }
    );

    let card = account.card(GOOD).await;
    assert!(card.customer.starts_with("cus_") && card.method.starts_with("pm_"), "{card:?}");
    assert_eq!((card.card.label(), card.card.expiry()), ("Visa •••• 4242".into(), "12/2030".into()));

    let wanted = charge(&card, 12_345);
    let id = stripe.prepare(wanted.clone()).await.expect("prepares");
    assert_eq!(stripe.prepare(wanted).await.as_ref(), Ok(&id), "once under one key");
    assert_eq!(stripe.look(id.clone()).await, Ok(ChargeState::Prepared));
    let paid = ChargeState::Succeeded { received: 12_345 };
    assert_eq!(stripe.charge(id.clone(), Presence::Present).await, Ok(paid.clone()));
    assert_eq!(stripe.charge(id.clone(), Presence::Present).await, Ok(paid.clone()), "not a second time");
    assert_eq!(stripe.look(id.clone()).await, Ok(paid.clone()));
    assert_eq!(stripe.cancel(id.clone()).await, Ok(paid), "too late");
    assert_eq!(stripe.refunds(id.clone()).await, Ok(vec![]));

    let back = NewRefund { id: Uuid::now_v7(), charge: id.clone(), amount: usd(345) };
    let made = stripe.refund(back.clone()).await.expect("goes back");
    let expected =
        MadeRefund { id: made.id.clone(), refund: Some(back.id), amount: 345, state: RefundState::Settled };
    assert_eq!(made, expected);
    assert_eq!(stripe.refund(back).await.as_ref(), Ok(&made), "once under one key");
    let rest = NewRefund { id: Uuid::now_v7(), charge: id.clone(), amount: usd(12_000) };
    let rest = stripe.refund(rest).await.expect("goes back");
    let mut all = stripe.refunds(id).await.expect("refunds");
    all.sort_by_key(|refund| refund.amount);
    assert_eq!(all, [made, rest]);
}

#[tokio::test]
async fn what_is_made_twice_under_one_key_is_one() {
    let account = Account::open();
    let customer = NewCustomer { id: Uuid::now_v7(), name: "Lumen".into(), email: String::new() };
    let first = account.stripe.make_customer(customer.clone()).await.expect("a customer");
    assert_eq!(account.stripe.make_customer(customer).await, Ok(first.clone()));
    let other = NewCustomer { id: Uuid::now_v7(), name: "Lumen".into(), email: String::new() };
    assert_ne!(account.stripe.make_customer(other).await, Ok(first));
}

#[tokio::test]
async fn a_prepared_charge_is_called_off() {
    let account = Account::open();
    let card = account.card(GOOD).await;
    let id = account.prepare(&card, 500).await;
    assert_eq!(account.stripe.cancel(id.clone()).await, Ok(ChargeState::Canceled));
    assert_eq!(account.stripe.cancel(id.clone()).await, Ok(ChargeState::Canceled), "twice is no error");
    assert_eq!(
        account.stripe.charge(id.clone(), Presence::Present).await,
        Ok(ChargeState::Canceled),
        "and takes no money"
    );
    assert_eq!(account.stripe.look(id).await, Ok(ChargeState::Canceled));
}

#[tokio::test]
async fn a_declined_card_takes_no_money() {
    let account = Account::open();
    let card = account.card(DECLINED).await;
    let id = account.prepare(&card, 500).await;
    let failed = ChargeState::Failed { words: "The card was declined by your bank.".into() };
    assert_eq!(account.stripe.charge(id.clone(), Presence::Present).await, Ok(failed.clone()));
    assert_eq!(
        account.stripe.charge(id.clone(), Presence::Present).await,
        Ok(failed.clone()),
        "nor a second time"
    );
    assert_eq!(account.stripe.look(id.clone()).await, Ok(failed));
    let back = NewRefund { id: Uuid::now_v7(), charge: id, amount: usd(500) };
    let refused = account.stripe.refund(back).await;
    assert!(matches!(refused, Err(ProviderError::Refused(_))), "{refused:?}");
}

#[tokio::test]
async fn a_card_that_was_not_entered_is_told_in_words() {
    let account = Account::open();
    let declined = |words: &str| Err(ProviderError::Declined(words.to_owned()));
    let begun = account.stripe.begin_setup(account.customer().await).await.expect("a setup");
    assert_eq!(account.stripe.finish_setup(begun.id).await, declined("No card was entered."));
    let refused = account.setup(DECLINED_WHEN_ENTERED).await;
    assert_eq!(account.stripe.finish_setup(refused.id).await, declined("Entering the card was called off."));
    let asked = account.setup(THREE_D_SECURE).await;
    assert_eq!(
        account.stripe.finish_setup(asked.id.clone()).await,
        declined("It was not confirmed to the bank.")
    );
    account.bank.confirm_card(&asked.id, &asked.secret, false).await;
    assert_eq!(account.stripe.finish_setup(asked.id).await, declined("Entering the card was called off."));
    let unknown = account.stripe.finish_setup("seti_nothing".into()).await;
    assert!(matches!(unknown, Err(ProviderError::Refused(_))), "{unknown:?}");
}

/// 3-D Secure.
#[tokio::test]
async fn a_charge_waits_until_its_payer_confirms_it() {
    let account = Account::open();
    let stripe = &account.stripe;
    let card = account.card(THREE_D_SECURE).await;
    for (is_confirmed, expected) in [
        (true, ChargeState::Succeeded { received: 500 }),
        (false, ChargeState::Failed { words: "It was not confirmed to the bank.".into() }),
    ] {
        let id = account.prepare(&card, 500).await;
        let Ok(ChargeState::NeedsConfirmation { secret }) =
            stripe.charge(id.clone(), Presence::Present).await
        else {
            panic!("is charged at once");
        };
        assert!(secret.starts_with(&id), "{secret}");
        let waiting = ChargeState::NeedsConfirmation { secret: secret.clone() };
        assert_eq!(stripe.look(id.clone()).await, Ok(waiting.clone()));
        assert_eq!(stripe.charge(id.clone(), Presence::Present).await, Ok(waiting));
        account.bank.confirm_charge(&id, &secret, is_confirmed).await;
        assert_eq!(stripe.look(id.clone()).await, Ok(expected.clone()));
        assert_eq!(stripe.charge(id, Presence::Present).await, Ok(expected), "not what was answered before");
    }
    let id = account.prepare(&card, 500).await;
    assert!(matches!(
        stripe.charge(id.clone(), Presence::Present).await,
        Ok(ChargeState::NeedsConfirmation { .. })
    ));
    assert_eq!(stripe.cancel(id).await, Ok(ChargeState::Canceled), "while it waits");
}

#[tokio::test]
async fn a_bank_that_would_ask_declines_when_the_payer_is_away() {
    let account = Account::open();
    let good = account.card(GOOD).await;
    let id = account.prepare(&good, 500).await;
    let paid = account.stripe.charge(id, Presence::Away).await;
    assert_eq!(paid, Ok(ChargeState::Succeeded { received: 500 }));
    let card = account.card(THREE_D_SECURE).await;
    let id = account.prepare(&card, 500).await;
    let words = "The bank wants this payment confirmed, and it was not.".to_owned();
    assert_eq!(account.stripe.charge(id.clone(), Presence::Away).await, Ok(ChargeState::Failed { words }));
    assert!(matches!(account.stripe.look(id).await, Ok(ChargeState::Failed { .. })), "and later");
}

#[tokio::test]
async fn a_forgotten_card_stays_forgotten() {
    let account = Account::open();
    let card = account.card(GOOD).await;
    assert_eq!(account.stripe.forget(card.method.clone()).await, Ok(()));
    assert_eq!(account.stripe.forget(card.method).await, Ok(()), "twice is no error");
    assert_eq!(account.stripe.forget("pm_nothing".into()).await, Ok(()), "nor is one that there is not");
}
