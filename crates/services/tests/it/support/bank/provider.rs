//! What the bank answers.

use domain::payments::{Card, CardForm};
use services::payments::{
    CardProvider, ChargeState, EnteredCard, MadeRefund, NewCharge, NewCustomer, NewRefund, Presence,
    ProviderError, RefundState, Reply, Setup,
};

use super::{Bank, Call, Charge, Entered, Kept, gone, no_such};

impl CardProvider for Bank {
    fn name(&self) -> &'static str {
        "test bank"
    }

    fn form(&self) -> CardForm {
        CardForm::Stripe { key: String::new(), script: String::new(), origins: Vec::new() }
    }

    fn make_customer(&self, customer: NewCustomer) -> Reply<'_, String> {
        self.answer(Call::Customer, move |books| {
            if let Some(known) = books.customers.get(&customer.id) {
                return Ok(known.clone());
            }
            let key = books.key("customer");
            books.customers.insert(customer.id, key.clone());
            Ok(key)
        })
    }

    fn begin_setup(&self, customer: String) -> Reply<'_, Setup> {
        Box::pin(async move {
            let mut books = self.books();
            let id = books.key("setup");
            let entered = Entered { customer, last4: None, card: None, expires_year: 2034 };
            books.setups.insert(id.clone(), entered);
            Ok(Setup { secret: format!("secret of {id}"), id })
        })
    }

    fn finish_setup(&self, setup: String) -> Reply<'_, EnteredCard> {
        self.answer(Call::FinishSetup, move |books| {
            let key = books.key("card");
            let entered = books.setups.get_mut(&setup).ok_or_else(no_such)?;
            let customer = entered.customer.clone();
            let declined = || ProviderError::Declined("Enter the card’s number.".to_owned());
            let last4 = entered.last4.clone().ok_or_else(declined)?;
            let method = entered.card.get_or_insert(key).clone();
            let expires_year = entered.expires_year;
            let kept = Kept { customer: customer.clone(), last4: last4.clone(), is_forgotten: false };
            books.cards.entry(method.clone()).or_insert(kept);
            let card = Card { brand: "visa".to_owned(), last4, expires_month: 12, expires_year };
            Ok(EnteredCard { customer, method, card })
        })
    }

    fn forget(&self, method: String) -> Reply<'_, ()> {
        Box::pin(async move {
            if let Some(card) = self.books().cards.get_mut(&method) {
                card.is_forgotten = true;
            }
            Ok(())
        })
    }

    fn prepare(&self, charge: NewCharge) -> Reply<'_, String> {
        self.answer(Call::Prepare, move |books| {
            let known = books.charges.iter().find(|(_, known)| known.payment == charge.payment);
            if let Some((reference, known)) = known {
                // What is asked for twice under one key has to be the same.
                return if known.amount == charge.amount.minor {
                    Ok(reference.clone())
                } else {
                    Err(no_such())
                };
            }
            let card = books.cards.get(&charge.method);
            let card = card.filter(|card| card.customer == charge.customer && !card.is_forgotten);
            let last4 = card.ok_or_else(no_such)?.last4.clone();
            let reference = books.key("charge");
            let row = Charge {
                payment: charge.payment,
                amount: charge.amount.minor,
                last4,
                state: ChargeState::Prepared,
                taken: 0,
                refunds: Vec::new(),
            };
            books.charges.insert(reference.clone(), row);
            Ok(reference)
        })
    }

    fn charge(&self, charge: String, payer: Presence) -> Reply<'_, ChargeState> {
        self.answer(Call::Charge, move |books| {
            let charge = books.charge(&charge)?;
            charge.attempt(payer);
            Ok(charge.state.clone())
        })
    }

    fn look(&self, charge: String) -> Reply<'_, ChargeState> {
        self.answer(Call::Look, move |books| Ok(books.charge(&charge)?.state.clone()))
    }

    fn cancel(&self, charge: String) -> Reply<'_, ChargeState> {
        self.answer(Call::Cancel, move |books| {
            let charge = books.charge(&charge)?;
            if matches!(charge.state, ChargeState::Prepared | ChargeState::NeedsConfirmation { .. }) {
                charge.state = ChargeState::Canceled;
            }
            Ok(charge.state.clone())
        })
    }

    fn refund(&self, refund: NewRefund) -> Reply<'_, MadeRefund> {
        self.answer(Call::Refund, move |books| {
            if let Some(made) = books.refunds.get(&refund.id) {
                return Ok(made.clone());
            }
            let gone = gone(&books.refunds_of(&refund.charge));
            let id = books.key("refund");
            let state = if books.refunds_take_time { RefundState::OnItsWay } else { RefundState::Settled };
            let charge = books.charge(&refund.charge)?;
            let taken = i64::from(charge.taken) * charge.amount;
            if gone + refund.amount.minor > taken {
                return Err(no_such());
            }
            charge.refunds.push(refund.id);
            let made = MadeRefund { id, refund: Some(refund.id), amount: refund.amount.minor, state };
            books.refunds.insert(refund.id, made.clone());
            Ok(made)
        })
    }

    fn refunds(&self, charge: String) -> Reply<'_, Vec<MadeRefund>> {
        self.answer(Call::Refunds, move |books| Ok(books.refunds_of(&charge)))
    }
}
