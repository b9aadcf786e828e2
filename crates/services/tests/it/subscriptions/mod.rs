//! Subscriptions that customers pause, resume and end.

mod access;
mod changes;

use domain::{
    documents::{DocumentKind, DocumentState},
    ids::DocumentId,
    subscriptions::{SubscriptionAction, SubscriptionPage},
};
use entities::document;
use sea_orm::EntityTrait;
use serde_json::json;
use services::{
    Cx, ServiceError,
    api::{self, Saved},
    subscriptions::{change_subscription, get_subscription},
};
use uuid::Uuid;

use crate::{
    documents::{books, document_id},
    support::Portal,
};

const KIND: DocumentKind = DocumentKind::Subscription;
const ACTIONS: [SubscriptionAction; 3] =
    [SubscriptionAction::Pause, SubscriptionAction::Resume, SubscriptionAction::Cancel];

/// As the other program tells it; the same again changes nothing.
async fn tell(portal: &Portal, who: &str, number: &str, (state, price): (&str, u32)) -> Saved {
    let program = portal.program(&["documents:write"]).await;
    let sent = json!({
        "contact": who, "number": number, "title": "Hosting", "state": state, "published": true, "currency": "USD",
        "recurrence": "Monthly", "dated_on": "2026-01-01", "due_on": "2026-12-01",
        "lines": [{ "description": "Hosting", "quantity": 1, "price": price }],
    });
    let sent = sent.as_object().expect("an object").clone();
    api::save_document(&program, KIND, number, &sent).await.expect("saves")
}

/// Subscriptions of Ann, Bob and Zoe, and one of Ann's that ended.
async fn open(portal: &Portal) {
    books(portal).await;
    for (who, number) in [("ann", "SUB/ann"), ("bob", "SUB/bob"), ("zoe", "SUB/zoe")] {
        tell(portal, who, number, ("active", 50)).await;
    }
    tell(portal, "ann", "SUB/old", ("ended", 50)).await;
}

/// A person in one of the seeded groups.
async fn member(portal: &Portal, who: &str, group: &str) -> Cx {
    let contact = portal.imported(who).await;
    let company = if who == "zoe" { "zeta" } else { "acme" };
    portal.customer(contact, &format!("{who}@{company}.example")).await;
    portal.regroup(contact, group).await
}

async fn state(portal: &Portal, number: &str) -> DocumentState {
    let id = Uuid::from(document_id(portal, number).await);
    let found = document::Entity::find_by_id(id).one(portal.portico.db.pool()).await;
    DocumentState::parse(&found.expect("looks").expect("a subscription").state).expect("a state")
}

async fn change(
    portal: &Portal,
    cx: &Cx,
    number: &str,
    action: SubscriptionAction,
) -> Result<(), ServiceError> {
    change_subscription(cx, document_id(portal, number).await, action, "").await
}

async fn page(cx: &Cx, id: DocumentId) -> SubscriptionPage {
    get_subscription(cx, id).await.expect("a page")
}

fn is_not_found<T>(result: &Result<T, ServiceError>) -> bool {
    matches!(result, Err(ServiceError::NotFound))
}
