//! A bank that takes cards, for tests: what it took is counted, and answers can be lost.

mod provider;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use services::{
    Portico,
    payments::{CardProvider, ChargeState, MadeRefund, Presence, ProviderError, RefundState, Reply},
};
use tokio::sync::Notify;
use uuid::Uuid;

/// The words of a card that is declined.
pub const DECLINED: &str = "Your card was declined.";

/// The words of a card whose bank wants to ask whoever pays, when nobody is there.
pub const NOT_CONFIRMED: &str = "The bank wants this payment confirmed, and it was not.";

/// What the bank is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Customer,
    FinishSetup,
    Prepare,
    Charge,
    Look,
    Cancel,
    Refund,
    Refunds,
}

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is done, but nobody hears of it.
    AnswerLost,
    /// The bank never hears of it.
    NeverArrives,
    /// The bank does not want to.
    Refused,
    /// Whoever asked is gone before it is done.
    StopBefore,
    /// Whoever asked is gone after it is done.
    StopAfter,
    /// It is done late: once it is let go on.
    Held,
}

/// A bank. Cards are told by their last four digits: 0341 is declined, 3155 needs confirmation, 9999 takes its time, and all
/// others work.
#[derive(Debug, Default)]
pub struct Bank {
    books: Mutex<Books>,
    stopped: Notify,
    go_on: Notify,
}

#[derive(Debug, Default)]
struct Books {
    customers: BTreeMap<Uuid, String>,
    setups: BTreeMap<String, Entered>,
    cards: BTreeMap<String, Kept>,
    charges: BTreeMap<String, Charge>,
    refunds: BTreeMap<Uuid, MadeRefund>,
    /// Charge and amount of what was given back at the bank's own desk.
    by_hand: Vec<(String, MadeRefund)>,
    faults: VecDeque<(Call, Fault)>,
    calls: Vec<Call>,
    keys: u32,
    refunds_take_time: bool,
}

#[derive(Clone, Debug)]
struct Entered {
    customer: String,
    last4: Option<String>,
    card: Option<String>,
    expires_year: u16,
}

#[derive(Clone, Debug)]
struct Kept {
    customer: String,
    last4: String,
    is_forgotten: bool,
}

#[derive(Clone, Debug)]
struct Charge {
    payment: Uuid,
    amount: i64,
    last4: String,
    state: ChargeState,
    /// How often money was taken; more than once would be a fault.
    taken: u32,
    refunds: Vec<Uuid>,
}

impl Charge {
    fn take(&mut self) {
        self.taken += 1;
        self.state = ChargeState::Succeeded { received: self.amount };
    }

    fn secret(&self) -> String {
        format!("secret of {}", self.payment)
    }

    /// What the card does once the money is asked for.
    fn attempt(&mut self, payer: Presence) {
        if self.state != ChargeState::Prepared {
            return;
        }
        match self.last4.as_str() {
            "0341" => self.state = ChargeState::Failed { words: DECLINED.to_owned() },
            "3155" if payer == Presence::Away => {
                self.state = ChargeState::Failed { words: NOT_CONFIRMED.to_owned() }
            }
            "3155" => self.state = ChargeState::NeedsConfirmation { secret: self.secret() },
            "9999" => self.state = ChargeState::Processing,
            _ => self.take(),
        }
    }
}

/// What went back by refunds, or is on its way.
fn gone(refunds: &[MadeRefund]) -> i64 {
    refunds.iter().filter(|made| made.state != RefundState::Failed).map(|made| made.amount).sum()
}

fn no_such() -> ProviderError {
    ProviderError::Refused("No such thing.".to_owned())
}

impl Books {
    fn key(&mut self, kind: &str) -> String {
        self.keys += 1;
        format!("{kind}_{}", self.keys)
    }

    fn charge(&mut self, reference: &str) -> Result<&mut Charge, ProviderError> {
        self.charges.get_mut(reference).ok_or_else(no_such)
    }

    fn refunds_of(&self, reference: &str) -> Vec<MadeRefund> {
        let ours = self.charges.get(reference).into_iter().flat_map(|charge| &charge.refunds);
        let by_hand = self.by_hand.iter().filter(|(of, _)| of == reference).map(|(_, made)| made);
        ours.filter_map(|id| self.refunds.get(id)).chain(by_hand).cloned().collect()
    }
}

impl Bank {
    /// Gives an installation this bank.
    pub fn serve(self: &Arc<Self>, portico: &Portico) {
        portico.set_card_provider(Arc::clone(self) as Arc<dyn CardProvider>);
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The customer types a card into the bank's own field.
    pub fn enter(&self, setup: &str, last4: &str) {
        self.enter_expiring(setup, last4, 2034);
    }

    /// The same with a card that expires in December of a year.
    pub fn enter_expiring(&self, setup: &str, last4: &str, year: u16) {
        let mut books = self.books();
        let setup = books.setups.get_mut(setup).expect("a setup");
        setup.last4 = Some(last4.to_owned());
        setup.expires_year = year;
    }

    /// The payer answers their bank. Also after it was refused once: a browser may let them try again.
    pub fn confirm(&self, reference: &str, agrees: bool) {
        let mut books = self.books();
        let charge = books.charge(reference).expect("a charge");
        match (&charge.state, agrees) {
            (ChargeState::NeedsConfirmation { .. } | ChargeState::Failed { .. }, true) => charge.take(),
            (ChargeState::NeedsConfirmation { .. }, false) => {
                charge.state = ChargeState::Failed { words: "Your bank could not confirm it.".to_owned() };
            }
            (state, _) => panic!("there is nothing to confirm: {state:?}"),
        }
    }

    /// Money that took its time arrives, whatever was said of it before.
    pub fn settle(&self, reference: &str) {
        let mut books = self.books();
        let charge = books.charge(reference).expect("a charge");
        if charge.taken == 0 {
            charge.take();
        }
    }

    /// Somebody gives money back at the bank's own desk.
    pub fn give_back(&self, reference: &str, amount: i64) {
        let mut books = self.books();
        let id = books.key("refund");
        let made = MadeRefund { id, refund: None, amount, state: RefundState::Settled };
        books.by_hand.push((reference.to_owned(), made));
    }

    /// Refunds are on their way from now on, until they are settled.
    pub fn slow_refunds(&self) {
        self.books().refunds_take_time = true;
    }

    /// All refunds arrive.
    pub fn settle_refunds(&self) {
        self.books().refunds.values_mut().for_each(|made| made.state = RefundState::Settled);
    }

    /// None of the refunds that are on their way arrives.
    pub fn fail_refunds(&self) {
        let mut books = self.books();
        let waiting = books.refunds.values_mut().filter(|made| made.state == RefundState::OnItsWay);
        waiting.for_each(|made| made.state = RefundState::Failed);
    }

    /// The next call of a kind goes wrong.
    pub fn fail(&self, call: Call, fault: Fault) {
        self.books().faults.push_back((call, fault));
    }

    /// Waits until somebody stands still at a fault that stops them.
    pub async fn stopped(&self) {
        self.stopped.notified().await;
    }

    /// The next call of a kind waits for [`Self::go_on`].
    pub fn hold(&self, call: Call) {
        self.fail(call, Fault::Held);
    }

    /// Goes on with the one that is held.
    pub fn go_on(&self) {
        self.go_on.notify_one();
    }

    /// How often it was asked for something.
    pub fn calls(&self, call: Call) -> usize {
        self.books().calls.iter().filter(|one| **one == call).count()
    }

    /// The bank's key of a payment.
    pub fn reference(&self, payment: Uuid) -> Option<String> {
        let books = self.books();
        books.charges.iter().find(|(_, charge)| charge.payment == payment).map(|(key, _)| key.clone())
    }

    /// How it stands.
    pub fn state(&self, reference: &str) -> ChargeState {
        self.books().charge(reference).expect("a charge").state.clone()
    }

    /// How often money was taken for a payment, and how much.
    pub fn taken(&self, payment: Uuid) -> (u32, i64) {
        let books = self.books();
        let of = books.charges.values().filter(|charge| charge.payment == payment);
        of.fold((0, 0), |(times, sum), charge| {
            (times + charge.taken, sum + i64::from(charge.taken) * charge.amount)
        })
    }

    /// What went back of a payment.
    pub fn given_back(&self, payment: Uuid) -> i64 {
        let books = self.books();
        let charges = books.charges.iter().filter(|(_, charge)| charge.payment == payment);
        gone(&charges.flat_map(|(reference, _)| books.refunds_of(reference)).collect::<Vec<_>>())
    }

    /// Everything that it holds for the business.
    pub fn total(&self) -> i64 {
        let payments: BTreeSet<Uuid> = self.books().charges.values().map(|charge| charge.payment).collect();
        payments.into_iter().map(|payment| self.taken(payment).1 - self.given_back(payment)).sum()
    }

    /// Whether no payment was ever charged twice.
    pub fn charged_once(&self) -> bool {
        self.books().charges.values().all(|charge| charge.taken <= 1)
    }

    /// Cards that it still knows.
    pub fn cards(&self) -> usize {
        self.books().cards.values().filter(|card| !card.is_forgotten).count()
    }

    fn answer<T: Send + 'static>(
        &self,
        call: Call,
        work: impl FnOnce(&mut Books) -> Result<T, ProviderError> + Send + 'static,
    ) -> Reply<'_, T> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let fault = {
                let mut books = self.books();
                books.calls.push(call);
                let place = books.faults.iter().position(|(of, _)| *of == call);
                place.and_then(|place| books.faults.remove(place)).map(|(_, fault)| fault)
            };
            let silence = || ProviderError::Unreachable("no answer".to_owned());
            match fault {
                Some(Fault::NeverArrives) => return Err(silence()),
                Some(Fault::Refused) => return Err(ProviderError::Refused("no".to_owned())),
                Some(Fault::StopBefore) => {
                    self.stopped.notify_one();
                    future::pending::<()>().await;
                }
                Some(Fault::Held) => {
                    self.stopped.notify_one();
                    self.go_on.notified().await;
                }
                _ => {}
            }
            let done = work(&mut self.books());
            match fault {
                Some(Fault::AnswerLost) => return Err(silence()),
                Some(Fault::StopAfter) => {
                    self.stopped.notify_one();
                    future::pending::<()>().await;
                }
                _ => {}
            }
            tokio::task::yield_now().await;
            done
        })
    }
}
