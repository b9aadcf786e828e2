//! Payments from the browser's form to the card service and back, by a process that may be killed.

mod kills;
mod pages;
mod proxy;
mod webhooks;

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use domain::{ids::ContactId, payments::PaymentState};
use entities::{document, payment, payment_customer, payment_method, wallet_entry};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::Value;
use services::Clock;
use temp_dir::TempDir;
use tokio::time::sleep;
use uuid::Uuid;

use self::proxy::Proxy;
use crate::support::{
    PASSWORD, Site, invoice_of,
    localstripe::{Localstripe, PUBLISHABLE_KEY, SECRET_KEY, WEBHOOK_SECRET},
    process::{Answer, Server, create_administrator, new_postgres_database},
};

const EMAIL: &str = "ann@acme.example";
const GOOD: &str = "4242424242424242";
const THREE_D_SECURE: &str = "4000002500003155";
const LOG: &str = "said.log";

/// A server, the card service, and what is between them; a customer with a saved card, and an administrator.
struct Shop {
    bank: Localstripe,
    proxy: Proxy,
    database: String,
    /// The books, by whoever looks at them beside the server.
    site: Site,
    server: Option<Server>,
    customer: ContactId,
    cookie: String,
    staff: String,
    webhook_secret: &'static str,
}

impl Shop {
    async fn open(database: Option<String>) -> Self {
        Self::open_with(database, WEBHOOK_SECRET).await
    }

    async fn open_with(database: Option<String>, webhook_secret: &'static str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let file = format!("sqlite://{}?mode=rwc", folder.path().join("books.db").display());
        let database = database.unwrap_or(file);
        create_administrator(&folder, &database);
        let site = Site::over(folder, &database, Clock::system()).await;
        let customer = site.contact("company", "Acme", None).await;
        site.accepted(customer, EMAIL).await;
        let bank = Localstripe::start();
        let proxy = Proxy::start(&bank.address).await;
        let (cookie, staff) = (String::new(), String::new());
        let mut shop =
            Self { bank, proxy, database, site, server: None, customer, cookie, staff, webhook_secret };
        shop.start().await;
        shop.cookie = session(&shop.server().sign_in_as(EMAIL, PASSWORD, "").await);
        shop.staff = session(&shop.server().sign_in(PASSWORD, "").await);
        shop
    }

    fn server(&self) -> &Server {
        self.server.as_ref().expect("runs")
    }

    /// Starts the server; it looks at once for payments that nobody told the end of.
    async fn start(&mut self) {
        let log = self.site.folder.path().join(LOG);
        let settings = [
            ("PORTICO_STRIPE_SECRET_KEY", SECRET_KEY),
            ("PORTICO_STRIPE_PUBLISHABLE_KEY", PUBLISHABLE_KEY),
            ("PORTICO_STRIPE_WEBHOOK_SECRET", self.webhook_secret),
            ("PORTICO_STRIPE_API_BASE", self.proxy.address.as_str()),
        ];
        let server = Server::start_logged(&self.site.folder, &self.database, &settings, &log).await;
        self.server = Some(server);
    }

    fn kill(&mut self) {
        self.server.take().expect("runs").kill();
    }

    /// A minute goes by: whatever is not known is to be looked at.
    async fn a_minute_later(&self) {
        payment::Entity::update_many()
            .col_expr(payment::Column::NextCheckAt, Expr::value(Some(0_i64)))
            .filter(payment::Column::NextCheckAt.is_not_null())
            .exec(self.books())
            .await
            .expect("writes");
    }

    /// The worker does not look: whoever tells is somebody else.
    async fn no_worker(&self) {
        payment::Entity::update_many()
            .col_expr(payment::Column::NextCheckAt, Expr::value(None::<i64>))
            .exec(self.books())
            .await
            .expect("writes");
    }

    fn books(&self) -> &DatabaseConnection {
        self.site.portico.db.pool()
    }

    /// Enters a card in the browser; the setup's key.
    async fn enter(&self, number: &str) -> String {
        let path = "/my/payment-methods/setup";
        let answer = self.server().post_form(path, &self.cookie, &[]).await.expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.body);
        let setup: Value = serde_json::from_str(&answer.body).expect("JSON");
        let secret = setup["secret"].as_str().expect("a secret");
        let (id, _) = secret.split_once("_secret_").expect("a setup's secret");
        self.bank.enter_card(id, secret, number).await;
        if number == THREE_D_SECURE {
            self.bank.confirm_card(id, secret, true).await;
        }
        id.to_owned()
    }

    /// Saves a card; what the form sends to pay with it.
    async fn save_card(&self, number: &str) -> String {
        let setup = self.enter(number).await;
        let fields = [("what", "add"), ("setup", setup.as_str())];
        let answer = self.server().post_form("/my/payment-methods", &self.cookie, &fields).await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.location(), "/my/payment-methods?done=added", "{}", answer.body);
        let newest = payment_method::Entity::find().order_by_desc(payment_method::Column::CreatedAt);
        let newest = newest.order_by_desc(payment_method::Column::Id).one(self.books()).await;
        format!("card:{}", newest.expect("reads").expect("a card").id)
    }

    async fn invoice(&self, total: i64) -> Uuid {
        invoice_of(&self.site, self.customer, self.customer, total).await
    }

    /// Sends the form; nothing comes where the server is killed.
    async fn pay(&self, key: Uuid, invoice: Uuid, amount: &str, way: &str) -> Option<Answer> {
        let (key, invoice) = (key.to_string(), invoice.to_string());
        let fields = [("key", key.as_str()), ("documents", &invoice), ("amount", amount), ("way", way)];
        self.server().post_form("/my/pay", &self.cookie, &fields).await
    }

    async fn give_back(&self, payment: Uuid, key: Uuid, amount: &str) -> Option<Answer> {
        let key = key.to_string();
        let fields = [("what", "refund"), ("key", key.as_str()), ("amount", amount), ("reason", "Sent back")];
        self.server().post_form(&format!("/staff/payments/{payment}"), &self.staff, &fields).await
    }

    async fn payment(&self, id: Uuid) -> payment::Model {
        payment::Entity::find_by_id(id).one(self.books()).await.expect("reads").expect("a payment")
    }

    async fn state(&self, id: Uuid) -> PaymentState {
        PaymentState::parse(&self.payment(id).await.state).expect("a state")
    }

    /// Waits until something about a payment is so.
    async fn until(&self, id: Uuid, what: &str, is_so: impl Fn(&payment::Model) -> bool) -> payment::Model {
        let patience = Instant::now();
        loop {
            let payment = self.payment(id).await;
            if is_so(&payment) {
                return payment;
            }
            assert!(patience.elapsed() < Duration::from_secs(30), "not {what}: {payment:?}");
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until it is known how a payment ended.
    async fn ended(&self, id: Uuid) -> PaymentState {
        let payment = self.until(id, "ended", |payment| payment.state != "pending").await;
        PaymentState::parse(&payment.state).expect("a state")
    }

    /// Waits until nothing is left to look at.
    async fn nothing_is_looked_at(&self) {
        let patience = Instant::now();
        let left = payment::Entity::find().filter(payment::Column::NextCheckAt.is_not_null());
        while let Some(left) = left.clone().one(self.books()).await.expect("reads") {
            assert!(patience.elapsed() < Duration::from_secs(30), "not done with: {left:?}");
            sleep(Duration::from_millis(20)).await;
        }
    }

    async fn paid(&self, invoice: Uuid) -> i64 {
        let found = document::Entity::find_by_id(invoice).one(self.books()).await;
        let document = found.expect("reads").expect("an invoice");
        let open = document.residual.expect("an amount");
        assert_eq!(open + document.paid_here, document.total.expect("an amount"), "{}", document.id);
        document.paid_here
    }

    /// What the card service took for a payment, if it did.
    async fn taken(&self, payment: Uuid) -> i64 {
        let intents = self.bank.all("payment_intents").await;
        let ours = intents.iter().filter(|intent| payment_of(intent) == payment.to_string());
        ours.filter(|intent| intent["status"] == "succeeded").map(amount).sum()
    }

    /// The card service, the payments, and what is paid on invoices and is in the wallet come to the same sum; nothing is
    /// charged or given back twice.
    async fn agree(&self) {
        let intents = self.bank.all("payment_intents").await;
        let mut taken: HashMap<String, i64> = HashMap::new();
        for intent in intents.iter().filter(|intent| intent["status"] == "succeeded") {
            let before = taken.insert(payment_of(intent), amount(intent));
            assert_eq!(before, None, "charged twice: {intent}");
        }
        let refunds = self.bank.all("refunds").await;
        let mut keys: Vec<_> =
            refunds.iter().filter_map(|refund| refund["metadata"]["portico_refund"].as_str()).collect();
        let number = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), number, "given back twice");
        let there = taken.values().sum::<i64>() - refunds.iter().map(amount).sum::<i64>();
        let payments = payment::Entity::find().all(self.books()).await.expect("reads");
        let noted: i64 = payments.iter().map(|payment| payment.received - payment.refunded).sum();
        assert_eq!(noted, there, "payments and the card service");
        for payment in payments {
            let there = taken.remove(&payment.id.to_string()).unwrap_or_default();
            assert_eq!(payment.received, there, "{payment:?}");
        }
        assert!(taken.is_empty(), "charged and not noted: {taken:?}");
        let documents = document::Entity::find().all(self.books()).await.expect("reads");
        let paid: i64 = documents.iter().map(|document| document.paid_here).sum();
        assert_eq!(paid + self.wallet().await, there, "books and the card service");
    }

    /// What is in the customer's wallet.
    async fn wallet(&self) -> i64 {
        let entries = wallet_entry::Entity::find().order_by_desc(wallet_entry::Column::Place);
        entries.one(self.books()).await.expect("reads").map_or(0, |entry| entry.balance)
    }

    /// Waits until the card service keeps so many cards of the customer's.
    async fn cards_are(&self, number: usize) {
        let customer = payment_customer::Entity::find().one(self.books()).await.expect("reads");
        let customer = customer.expect("a customer").provider_ref;
        let path = format!("/v1/payment_methods?type=card&customer={customer}");
        let patience = Instant::now();
        loop {
            let kept = self.bank.ask("GET", &path, &Value::Null).await;
            if kept["data"].as_array().expect("a list").len() == number {
                return;
            }
            assert!(patience.elapsed() < Duration::from_secs(30), "not {number}: {kept}");
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// All that the servers said, none of which tells a card's number or a key.
    fn said(&self) -> String {
        let said = std::fs::read_to_string(self.site.folder.path().join(LOG)).expect("a log");
        assert!(said.contains("serving"), "something is said");
        assert_is_discreet(&said);
        said
    }
}

/// Holds no number of a card, and no key that is the server's alone.
fn assert_is_discreet(text: &str) {
    for secret in [GOOD, THREE_D_SECURE, SECRET_KEY, WEBHOOK_SECRET] {
        assert!(!text.contains(secret), "tells {secret}");
    }
}

fn session(answer: &Answer) -> String {
    answer.cookie("portico").expect("a session")
}

fn payment_of(intent: &Value) -> String {
    intent["metadata"]["portico_payment"].as_str().unwrap_or_default().to_owned()
}

fn amount(object: &Value) -> i64 {
    object["amount"].as_i64().expect("an amount")
}

/// The databases to try: a file, and PostgreSQL where there is one.
async fn databases() -> Vec<Option<String>> {
    std::iter::once(None).chain(new_postgres_database().await.map(Some)).collect()
}
