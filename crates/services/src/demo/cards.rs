//! Cards of the demo: no money moves, and no number is asked for. Which card is chosen says what happens to it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use domain::payments::{Card, CardForm};
use uuid::Uuid;

use crate::payments::{
    CardProvider, ChargeState, EnteredCard, MadeRefund, NewCharge, NewCustomer, NewRefund, Presence,
    ProviderError, RefundState, Reply, Setup,
};

const DECLINED: &str = "Your bank declined the card.";

/// A provider that moves no money. It knows nothing but what its keys say, so that it survives a restart; refunds it
/// remembers until then.
#[derive(Debug, Default)]
pub struct DemoCards {
    refunds: Mutex<BTreeMap<String, Vec<MadeRefund>>>,
    canceled: Mutex<BTreeSet<String>>,
}

impl DemoCards {
    fn state(&self, charge: &str) -> ChargeState {
        if self.canceled.lock().unwrap_or_else(PoisonError::into_inner).contains(charge) {
            return ChargeState::Canceled;
        }
        // `demo_<card>_<amount>_<payment>`
        let mut parts = charge.split('_').skip(1);
        let (card, amount) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        match (card, amount.parse()) {
            ("declined", _) => ChargeState::Failed { words: DECLINED.to_owned() },
            (_, Ok(received)) => ChargeState::Succeeded { received },
            (_, Err(_)) => ChargeState::Failed { words: DECLINED.to_owned() },
        }
    }
}

impl CardProvider for DemoCards {
    fn name(&self) -> &'static str {
        "demo"
    }

    fn form(&self) -> CardForm {
        CardForm::Demo
    }

    fn make_customer(&self, customer: NewCustomer) -> Reply<'_, String> {
        Box::pin(async move { Ok(format!("demo_customer_{}", customer.id)) })
    }

    fn begin_setup(&self, customer: String) -> Reply<'_, Setup> {
        Box::pin(async move { Ok(Setup { id: customer.clone(), secret: customer }) })
    }

    /// The setup is what was chosen in the form, `works` or `declined`, behind the customer's key.
    fn finish_setup(&self, setup: String) -> Reply<'_, EnteredCard> {
        Box::pin(async move {
            let (customer, card) = setup.rsplit_once('/').unwrap_or_default();
            let (brand, last4) = match card {
                "works" => ("visa", "4242"),
                "declined" => ("mastercard", "0002"),
                _ => return Err(ProviderError::Declined("Choose one of the demo’s cards.".to_owned())),
            };
            let card_key = format!("demo_{card}_{}", Uuid::now_v7().simple());
            let card = Card {
                brand: brand.to_owned(),
                last4: last4.to_owned(),
                expires_month: 12,
                expires_year: 2034,
            };
            Ok(EnteredCard { customer: customer.to_owned(), method: card_key, card })
        })
    }

    fn forget(&self, _method: String) -> Reply<'_, ()> {
        Box::pin(async { Ok(()) })
    }

    fn prepare(&self, charge: NewCharge) -> Reply<'_, String> {
        Box::pin(async move {
            let card = charge.method.split('_').nth(1).unwrap_or("declined").to_owned();
            Ok(format!("demo_{card}_{}_{}", charge.amount.minor, charge.payment.simple()))
        })
    }

    fn charge(&self, charge: String, _payer: Presence) -> Reply<'_, ChargeState> {
        self.look(charge)
    }

    fn look(&self, charge: String) -> Reply<'_, ChargeState> {
        Box::pin(async move { Ok(self.state(&charge)) })
    }

    fn cancel(&self, charge: String) -> Reply<'_, ChargeState> {
        self.canceled.lock().unwrap_or_else(PoisonError::into_inner).insert(charge.clone());
        self.look(charge)
    }

    fn refund(&self, refund: NewRefund) -> Reply<'_, MadeRefund> {
        Box::pin(async move {
            let made = MadeRefund {
                id: format!("demo_refund_{}", refund.id.simple()),
                refund: Some(refund.id),
                amount: refund.amount.minor,
                state: RefundState::Settled,
            };
            let mut refunds = self.refunds.lock().unwrap_or_else(PoisonError::into_inner);
            let all = refunds.entry(refund.charge).or_default();
            if all.iter().all(|before| before.id != made.id) {
                all.push(made.clone());
            }
            Ok(made)
        })
    }

    fn refunds(&self, charge: String) -> Reply<'_, Vec<MadeRefund>> {
        Box::pin(async move {
            let refunds = self.refunds.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(refunds.get(&charge).cloned().unwrap_or_default())
        })
    }
}
