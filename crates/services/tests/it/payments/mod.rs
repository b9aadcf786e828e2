//! Payments: what is paid, by whom, and that books and bank agree whatever happens in between.

mod access;
mod automatic;
mod budget;
mod cards;
mod confirming;
mod currencies;
mod keys;
mod kills;
mod orders;
mod paying;
mod refunds;
mod reminders;
mod rounds;
mod statements;
mod storm;
mod telling;
mod wallet;

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::StaffRole,
    ids::{ContactId, DocumentId, PaymentId},
    payments::{PayForm, PaymentState, TopUpForm},
    settings::GeneralForm,
};
use entities::{document, payment, payment_allocation, payment_refund, wallet_entry};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use services::{Cx, ServiceError, documents, payments, settings};
use uuid::Uuid;

use crate::{
    documents::document_id,
    support::{Portal, bank::Bank},
};

const CONTACTS: &str = "id,name,is_company,parent_id/id,email\n\
    acme,Acme,True,,\n\
    ann,Ann,,acme,ann@acme.example\n\
    bob,Bob,,acme,bob@acme.example\n\
    acme_sub,Acme Lisbon,True,acme,\n\
    sue,Sue,,acme_sub,sue@acme.example\n\
    zeta,Zeta,True,,\n\
    zoe,Zoe,,zeta,zoe@zeta.example\n";

const INVOICES: &str = "id,name,move_type,partner_id/id,invoice_date,invoice_date_due,state,currency_id/name,\
    amount_total,amount_residual\n";

/// A portal with a bank, three invoices of Ann's and one of each of the others.
#[derive(Clone)]
pub struct Shop {
    pub portal: Portal,
    pub bank: Arc<Bank>,
}

/// A line of the file of invoices.
fn invoice(id: &str, who: &str, due: &str, currency: &str, total: &str, residual: &str) -> String {
    format!("{id},{id},out_invoice,{who},2026-11-01,{due},posted,{currency},{total},{residual}\n")
}

impl Shop {
    pub async fn open(portal: Portal) -> Self {
        let bank = Arc::new(Bank::default());
        bank.serve(&portal.portico);
        let shop = Self { portal, bank };
        let account = "DE89370400440532013000";
        shop.set(|form| form.iban = account.to_owned()).await;
        let lines = [
            invoice("A1", "ann", "2026-11-10", "USD", "100", "100"),
            invoice("A2", "ann", "2026-11-20", "USD", "200", "200"),
            invoice("A3", "ann", "2026-12-20", "USD", "50", "50"),
            invoice("B1", "bob", "2026-11-20", "USD", "70", "70"),
            invoice("S1", "sue", "2026-11-20", "USD", "70", "70"),
            invoice("Z1", "zoe", "2026-11-20", "USD", "70", "70"),
        ];
        shop.portal.import(&[("contacts.csv", CONTACTS.to_owned())]).await;
        shop.invoices(&lines.concat()).await;
        shop
    }

    pub async fn invoices(&self, lines: &str) {
        self.portal.import(&[("invoices.csv", format!("{INVOICES}{lines}"))]).await;
    }

    /// Changes the settings. Contexts from before do not know of it.
    pub async fn set(&self, change: impl FnOnce(&mut GeneralForm)) {
        let admin = self.portal.system();
        let mut form = settings::get_general(&admin).await.expect("settings").form;
        change(&mut form);
        settings::save_general(&admin, &form).await.expect("saves");
    }

    /// The same over the same bank, as another process has it.
    pub async fn restarted(&self) -> Self {
        let portal = self.portal.restarted();
        settings::refresh(&portal.portico).await.expect("settings");
        self.bank.serve(&portal.portico);
        Self { portal, bank: Arc::clone(&self.bank) }
    }

    pub async fn admin(&self) -> Cx {
        self.portal.staff(StaffRole::Administrator).await
    }

    /// A person in the seeded group "Accounting", who may do everything with money.
    pub async fn accountant(&self, who: &str) -> Cx {
        self.member(who, "accounting").await
    }

    pub async fn member(&self, who: &str, group: &str) -> Cx {
        let contact = self.portal.imported(who).await;
        let company = if who.starts_with('z') { "zeta" } else { "acme" };
        self.portal.customer(contact, &format!("{who}@{company}.example")).await;
        self.portal.regroup(contact, group).await
    }

    pub async fn contact(&self, who: &str) -> ContactId {
        self.portal.imported(who).await
    }

    pub async fn doc(&self, number: &str) -> document::Model {
        let id = document_id(&self.portal, number).await;
        let found = document::Entity::find_by_id(Uuid::from(id)).one(self.portal.portico.db.pool()).await;
        found.expect("looks").expect("a document")
    }

    /// What is open on an invoice, and what was paid of it here.
    pub async fn open_and_paid(&self, number: &str) -> (i64, i64) {
        let doc = self.doc(number).await;
        (doc.residual.expect("an invoice"), doc.paid_here)
    }

    pub async fn docs(&self, numbers: &[&str]) -> Vec<DocumentId> {
        let mut ids = Vec::new();
        for number in numbers {
            ids.push(document_id(&self.portal, number).await);
        }
        ids
    }

    pub async fn payment(&self, id: PaymentId) -> payment::Model {
        let found = payment::Entity::find_by_id(Uuid::from(id)).one(self.portal.portico.db.pool()).await;
        found.expect("looks").expect("a payment")
    }

    pub async fn payments(&self) -> Vec<payment::Model> {
        payment::Entity::find().all(self.portal.portico.db.pool()).await.expect("payments")
    }

    pub async fn state(&self, id: PaymentId) -> PaymentState {
        PaymentState::parse(&self.payment(id).await.state).expect("a state")
    }

    /// What a payment's documents got, in their order.
    pub async fn applied(&self, id: PaymentId) -> Vec<i64> {
        let parts = payment_allocation::Entity::find()
            .filter(payment_allocation::Column::PaymentId.eq(Uuid::from(id)))
            .order_by_asc(payment_allocation::Column::Position)
            .all(self.portal.portico.db.pool());
        parts.await.expect("parts").into_iter().map(|part| part.applied).collect()
    }

    pub async fn refunds(&self, id: PaymentId) -> Vec<payment_refund::Model> {
        payment_refund::Entity::find()
            .filter(payment_refund::Column::PaymentId.eq(Uuid::from(id)))
            .order_by_asc(payment_refund::Column::CreatedAt)
            .order_by_asc(payment_refund::Column::Id)
            .all(self.portal.portico.db.pool())
            .await
            .expect("refunds")
    }

    /// Saves a card of one's own; what the form sends to pay with it.
    pub async fn card(&self, cx: &Cx, last4: &str) -> String {
        self.save_card(cx, last4, false).await
    }

    pub async fn save_card(&self, cx: &Cx, last4: &str, for_company: bool) -> String {
        let before = payments::list_cards(cx).await.expect("cards").cards;
        payments::add_card(cx, &self.setup(cx, last4).await, for_company).await.expect("saves");
        let after = payments::list_cards(cx).await.expect("cards").cards;
        let new = after.iter().find(|card| before.iter().all(|old| old.id != card.id)).expect("a new card");
        format!("card:{}", new.id)
    }

    /// Enters a card; the setup's key.
    pub async fn setup(&self, cx: &Cx, last4: &str) -> String {
        let setup = payments::begin_setup(cx).await.expect("a setup");
        self.bank.enter(&setup.id, last4);
        setup.id
    }

    /// The bank's key of a payment.
    pub fn reference(&self, id: PaymentId) -> String {
        self.bank.reference(id.into()).expect("a charge")
    }

    /// What is in a wallet.
    pub async fn wallet(&self, who: &str, currency: &str) -> i64 {
        let entity = Uuid::from(self.contact(who).await);
        let entries = self.entries().await;
        let last = entries.iter().rfind(|entry| entry.entity_id == entity && entry.currency == currency);
        last.map_or(0, |entry| entry.balance)
    }

    async fn entries(&self) -> Vec<wallet_entry::Model> {
        wallet_entry::Entity::find()
            .order_by_asc(wallet_entry::Column::Place)
            .all(self.portal.portico.db.pool())
            .await
            .expect("entries")
    }

    /// Puts money into Acme's wallet by a card that works.
    pub async fn fill(&self, cx: &Cx, amount: &str) -> PaymentId {
        let form = TopUpForm { setup: self.setup(cx, "4242").await, ..top_up(amount, "new") };
        services::wallet::top_up(cx, &form).await.expect("tops up")
    }

    /// The same by a card that is saved, as often as one likes: of new ones only some are taken in an hour.
    pub async fn fill_by(&self, cx: &Cx, amount: &str, card: &str) -> PaymentId {
        services::wallet::top_up(cx, &top_up(amount, card)).await.expect("tops up")
    }

    /// Minutes later the worker comes by.
    pub async fn worker_after(&self, minutes: i64) -> u64 {
        self.portal.clock.advance(time::Duration::minutes(minutes));
        payments::reconcile(&self.portal.portico).await.expect("reconciles")
    }

    pub async fn give_back(&self, id: PaymentId, amount: &str) -> Result<(), ServiceError> {
        self.give_back_as(id, &new_key(), amount).await
    }

    pub async fn give_back_as(&self, id: PaymentId, key: &str, amount: &str) -> Result<(), ServiceError> {
        payments::refund_payment(&self.admin().await, id, key, amount, "Sent back").await
    }

    /// That the books are right: every document by its payments, every wallet by its entries, and all together by the bank. Not
    /// to be asked while the bank knows more than we.
    pub async fn agree(&self) {
        let pool = self.portal.portico.db.pool();
        let payments = self.payments().await;
        let parts = payment_allocation::Entity::find().all(pool).await.expect("parts");
        let mut paid: BTreeMap<Uuid, i64> = BTreeMap::new();
        for part in &parts {
            assert!(part.applied >= 0 && part.applied <= part.amount, "{part:?}");
            *paid.entry(part.document_id).or_default() += part.applied;
        }
        for doc in document::Entity::find().all(pool).await.expect("documents") {
            assert_eq!(doc.paid_here, paid.get(&doc.id).copied().unwrap_or(0), "{}", doc.number);
            assert!(doc.paid_here <= doc.total.unwrap_or(0), "{}", doc.number);
            assert!(doc.residual.is_none_or(|open| open >= 0), "{}", doc.number);
        }
        for payment in &payments {
            assert!((0..=payment.received).contains(&payment.refunded), "{payment:?}");
            let is_done = payment.state == "succeeded";
            assert_eq!(payment.received > 0, is_done, "{payment:?}");
            let is_card = payment.means == "card";
            let bank = self.bank.taken(payment.id).1 - self.bank.given_back(payment.id);
            assert_eq!(if is_card { payment.received - payment.refunded } else { 0 }, bank, "{payment:?}");
        }
        assert!(self.bank.charged_once());
        let mut wallets: BTreeMap<(Uuid, String), (i64, i64)> = BTreeMap::new();
        for entry in self.entries().await {
            let (place, balance) = wallets.entry((entry.entity_id, entry.currency.clone())).or_default();
            assert_eq!((entry.place, entry.balance), (*place + 1, *balance + entry.amount), "{entry:?}");
            assert!(entry.balance >= 0, "{entry:?}");
            (*place, *balance) = (entry.place, entry.balance);
        }
        let from_outside = payments.iter().filter(|payment| payment.means != "wallet");
        let came: i64 = from_outside.map(|payment| payment.received - payment.refunded).sum();
        let in_wallets: i64 = wallets.values().map(|(_, balance)| balance).sum();
        assert_eq!(came, paid.values().sum::<i64>() + in_wallets, "no money is lost, and none is made");
        assert_eq!(documents::check_counters(&self.portal.system()).await.expect("counts"), []);
    }
}

fn new_key() -> String {
    Uuid::now_v7().to_string()
}

/// What is sent to pay documents.
fn form(documents: &[DocumentId], amount: &str, way: &str) -> PayForm {
    PayForm {
        key: new_key(),
        documents: documents.to_vec(),
        amount: amount.into(),
        way: way.into(),
        ..PayForm::default()
    }
}

/// What is sent to put money into the wallet.
fn top_up(amount: &str, way: &str) -> TopUpForm {
    TopUpForm { key: new_key(), amount: amount.into(), way: way.into(), ..TopUpForm::default() }
}

fn id_of(form: &PayForm) -> PaymentId {
    form.key.parse().expect("a key")
}

/// The words on a field.
fn field<T: std::fmt::Debug>(result: Result<T, ServiceError>, field: &str) -> String {
    match result {
        Err(ServiceError::Invalid(errors)) => {
            errors.get(field).unwrap_or_else(|| panic!("{field} in {errors:?}")).to_owned()
        }
        other => panic!("{other:?}"),
    }
}

/// The words of a refusal.
fn refusal<T: std::fmt::Debug>(result: Result<T, ServiceError>) -> String {
    match result {
        Err(ServiceError::Refused(words)) => words,
        other => panic!("{other:?}"),
    }
}

fn is_not_found<T>(result: &Result<T, ServiceError>) -> bool {
    matches!(result, Err(ServiceError::NotFound))
}
