//! The forms and pages of paying, over the router, with the card service behind them.

use axum::http::StatusCode;
use domain::{access::StaffRole, ids::ContactId};
use entities::{payment, payment_method};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::Value;
use server::stripe::Stripe;
use uuid::Uuid;

use super::{GOOD, assert_is_discreet};
use crate::support::{Answer, Browser, Site, invoice_of, localstripe::Localstripe};

const SETUP: &str = "/my/payment-methods/setup";

struct Till {
    site: Site,
    bank: Localstripe,
    customer: ContactId,
    ann: Browser,
}

impl Till {
    async fn open() -> Self {
        let (site, bank) = (Site::start().await, Localstripe::start());
        site.portico.set_card_provider(Stripe::new(&bank.config()).expect("settings").expect("keys"));
        let customer = site.contact("company", "Acme", None).await;
        let ann = site.customer(customer, "ann@acme.example").await;
        Self { site, bank, customer, ann }
    }

    async fn setup(&self) -> String {
        let answer = self.site.post_form(&self.ann, SETUP, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let setup: Value = serde_json::from_str(&answer.body).expect("JSON");
        let secret = setup["secret"].as_str().expect("a secret");
        let (id, _) = secret.split_once("_secret_").expect("a setup's secret");
        self.bank.enter_card(id, secret, GOOD).await;
        id.to_owned()
    }

    /// Saves a card; what the form sends to pay with it.
    async fn save_card(&self) -> String {
        let setup = self.setup().await;
        let fields = [("what", "add"), ("setup", setup.as_str())];
        let added = self.site.post_form(&self.ann, "/my/payment-methods", &fields).await;
        assert_eq!(added.header("location"), "/my/payment-methods?done=added", "{}", added.body);
        let cards = payment_method::Entity::find().one(self.site.portico.db.pool()).await;
        format!("card:{}", cards.expect("reads").expect("a card").id)
    }

    async fn invoice(&self) -> Uuid {
        invoice_of(&self.site, self.customer, self.customer, 2_000).await
    }

    async fn pay(&self, key: Uuid, invoice: Uuid, amount: &str, way: &[(&str, &str)]) -> Answer {
        let (key, invoice) = (key.to_string(), invoice.to_string());
        let mut fields = vec![("key", key.as_str()), ("documents", &invoice), ("amount", amount)];
        fields.extend(way);
        self.site.post_form(&self.ann, "/my/pay", &fields).await
    }

    async fn state(&self, key: Uuid) -> String {
        let found = payment::Entity::find_by_id(key).one(self.site.portico.db.pool()).await;
        found.expect("reads").expect("a payment").state
    }
}

fn at(key: Uuid) -> String {
    format!("/my/payments/{key}")
}

#[tokio::test]
async fn a_form_pays_once_in_each_way_and_its_receipt_is_a_pdf() {
    let till = Till::open().await;
    let saved = till.save_card().await;
    let entered = till.setup().await;
    let top_up = Uuid::now_v7();
    let fields = [("key", &*top_up.to_string()), ("amount", "50.00"), ("way", saved.as_str())];
    let filled = till.site.post_form(&till.ann, "/my/wallet", &fields).await;
    assert_eq!(filled.header("location"), at(top_up), "{}", filled.body);
    let mut number = 1;
    for way in [
        vec![("way", saved.as_str())],
        vec![("way", "wallet")],
        vec![("way", "new"), ("setup", entered.as_str())],
    ] {
        let (invoice, key) = (till.invoice().await, Uuid::now_v7());
        for _ in 0..2 {
            let answer = till.pay(key, invoice, "20.00", &way).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{way:?}: {}", answer.body);
            assert_eq!(answer.header("location"), at(key), "{way:?}");
        }
        number += 1;
        let all = payment::Entity::find().count(till.site.portico.db.pool()).await;
        assert_eq!((till.state(key).await.as_str(), all.expect("counts")), ("succeeded", number), "{way:?}");
        let page = till.site.get(&till.ann, &at(key)).await;
        assert_eq!(page.status, StatusCode::OK, "{way:?}");
        assert_is_discreet(&page.body);
        let receipt = till.site.get(&till.ann, &format!("{}/pdf", at(key))).await;
        assert_eq!((receipt.status, receipt.header("content-type")), (StatusCode::OK, "application/pdf"));
        assert!(receipt.body.starts_with("%PDF-"), "{way:?}");
        // Paid is paid, by another form as well.
        let other = till.pay(Uuid::now_v7(), invoice, "20.00", &way).await;
        assert_ne!(other.status, StatusCode::SEE_OTHER, "{way:?}");
        assert_is_discreet(&other.body);
    }
    let intents = till.bank.all("payment_intents").await;
    let taken = intents.iter().filter(|intent| intent["status"] == "succeeded").count();
    assert_eq!(taken, 3, "the wallet's filling, the saved card and the new one");
}

#[tokio::test]
async fn only_pages_of_paying_speak_with_the_card_service() {
    let till = Till::open().await;
    let invoice = till.invoice().await;
    till.save_card().await;
    let pay = format!("/my/pay?documents={invoice}");
    for page in [pay.as_str(), "/my/payment-methods", "/my/wallet"] {
        let answer = till.site.get(&till.ann, page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        let policy = answer.header("content-security-policy");
        for what in ["connect-src 'self' ", "frame-src "] {
            assert!(policy.contains(&format!("{what}{}", till.bank.address)), "{page}: {policy}");
        }
        assert_is_discreet(&answer.body);
    }
    let nobody = Browser::default();
    for (browser, page) in
        [(&till.ann, "/my"), (&till.ann, "/my/invoices"), (&till.ann, "/my/account"), (&nobody, "/login")]
    {
        let answer = till.site.get(browser, page).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'self'"), "{page}: {policy}");
        assert!(!policy.contains(&till.bank.address), "{page}: {policy}");
        assert!(!answer.body.contains(&till.bank.address), "{page}");
    }
}

#[tokio::test]
async fn a_setup_is_begun_for_those_who_may_and_told_to_nobody_else() {
    let till = Till::open().await;
    let other = till.site.contact("company", "Zeta", None).await;
    let zoe = till.site.customer(other, "zoe@zeta.example").await;
    let staff = till.site.staff(StaffRole::Administrator).await;
    let mut secrets = Vec::new();
    for browser in [&till.ann, &zoe] {
        let answer = till.site.post_form(browser, SETUP, &[]).await;
        assert!(answer.header("content-type").starts_with("application/json"));
        assert_eq!(answer.header("cache-control"), "no-store");
        let setup: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(setup.as_object().expect("an object").len(), 1, "{setup}");
        secrets.push(setup["secret"].as_str().expect("a secret").to_owned());
        assert_is_discreet(&answer.body);
    }
    secrets.dedup();
    assert_eq!(secrets.len(), 2, "to each their own");
    for browser in [&Browser::default(), &staff] {
        let answer = till.site.post_form(browser, SETUP, &[]).await;
        assert_ne!(answer.status, StatusCode::OK);
        assert!(!answer.body.contains("_secret_"), "{}", answer.body);
    }
    // A setup of somebody else's is none of ours: neither saved nor paid with.
    let (id, _) = secrets[0].split_once("_secret_").expect("a setup's secret");
    till.bank.enter_card(id, &secrets[0], GOOD).await;
    let stolen = till.site.post_form(&zoe, "/my/payment-methods", &[("what", "add"), ("setup", id)]).await;
    assert_ne!(stolen.status, StatusCode::SEE_OTHER, "{}", stolen.header("location"));
    let cards = payment_method::Entity::find().count(till.site.portico.db.pool()).await;
    assert_eq!(cards.expect("counts"), 0);
    let own = till.site.post_form(&till.ann, "/my/payment-methods", &[("what", "add"), ("setup", id)]).await;
    assert_eq!(own.header("location"), "/my/payment-methods?done=added");
    for page in ["/my/payment-methods", "/my/wallet"] {
        let answer = till.site.get(&till.ann, page).await;
        assert!(!secrets.iter().any(|secret| answer.body.contains(secret)), "{page}");
    }
}
