//! Payments without asking: consent, announcement, day, and what goes wrong.

mod consent;
mod day;
mod kills;
mod trouble;

use domain::{
    documents::DocumentKind,
    ids::{MethodId, PaymentId},
    payments::AutomaticForm,
};
use entities::{automatic_payment, payment};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;
use services::{Cx, ServiceError, api, payments};

use super::{INVOICES, Shop};

const INVOICE: DocumentKind = DocumentKind::Invoice;
const SUBSCRIPTION: DocumentKind = DocumentKind::Subscription;

/// The key of a card, as ways of paying have it.
fn key(way: &str) -> MethodId {
    way.strip_prefix("card:").and_then(|id| id.parse().ok()).expect("a key")
}

pub(super) fn typed(card: &str, cap: &str) -> AutomaticForm {
    AutomaticForm { card: key(card).to_string(), cap: cap.to_owned(), agreed: true }
}

pub(super) async fn set(
    shop: &Shop,
    cx: &Cx,
    number: &str,
    form: &AutomaticForm,
) -> Result<(), ServiceError> {
    let doc = shop.doc(number).await;
    let kind = DocumentKind::parse(&doc.kind).expect("a kind");
    payments::set_automatic(cx, kind, doc.id.into(), form).await
}

/// Has a document paid by a card, without a limit.
async fn switch_on(shop: &Shop, cx: &Cx, number: &str, card: &str) {
    set(shop, cx, number, &typed(card, "")).await.expect("switches on");
}

async fn switch_off(shop: &Shop, cx: &Cx, number: &str) {
    let doc = shop.doc(number).await;
    let kind = DocumentKind::parse(&doc.kind).expect("a kind");
    payments::unset_automatic(cx, kind, doc.id.into()).await.expect("switches off");
}

/// Days later the worker comes by.
async fn charged_after(shop: &Shop, days: i64) -> u64 {
    shop.portal.clock.advance(time::Duration::days(days));
    payments::charge_due(&shop.portal.portico).await.expect("charges")
}

/// What was told of it: to whom, and the subject.
async fn told(shop: &Shop) -> Vec<String> {
    let mails = shop.portal.mails().await.into_iter().filter(|mail| mail.template == "automatic-payment");
    mails.map(|mail| format!("{}: {}", mail.to_email, mail.subject)).collect()
}

async fn last_mail(shop: &Shop) -> String {
    shop.portal.mails().await.pop().expect("a mail").text_body
}

async fn consents(shop: &Shop) -> Vec<automatic_payment::Model> {
    let all = automatic_payment::Entity::find().order_by_asc(automatic_payment::Column::Id);
    all.all(shop.portal.portico.db.pool()).await.expect("consents")
}

async fn only_payment(shop: &Shop) -> (PaymentId, payment::Model) {
    let mut all = shop.payments().await;
    assert_eq!(all.len(), 1, "{all:?}");
    let payment = all.remove(0);
    (payment.id.into(), payment)
}

/// A subscription of Ann's, and invoices that come from it: numbers and due dates.
pub(super) async fn subscription(shop: &Shop, number: &str, invoices: &[(&str, &str)]) {
    let program = shop.portal.program(&["documents:write"]).await;
    let sent = json!({
        "contact": "ann", "number": number, "title": "Hosting", "state": "active", "published": true, "currency": "USD",
        "recurrence": "Monthly", "dated_on": "2026-01-01", "due_on": "2026-12-01",
        "lines": [{ "description": "Hosting", "quantity": 1, "price": 50 }],
    });
    let sent = sent.as_object().expect("an object").clone();
    api::save_document(&program, SUBSCRIPTION, number, &sent).await.expect("a subscription");
    let header = INVOICES.trim_end();
    let mut text = format!("{header},invoice_origin\n");
    for (name, due) in invoices {
        text += &format!("{name},{name},out_invoice,ann,2026-11-01,{due},posted,USD,50,50,{number}\n");
    }
    shop.portal.import(&[("invoices.csv", text)]).await;
}
