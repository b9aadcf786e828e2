//! Webhooks: other programs are told what happens here.
//!
//! What they are told is a row, written in the transaction of the change; a worker posts it, signed, until the receiver
//! takes it or a day has passed. It arrives at least once, under the same id each time.

mod announce;
mod attempt;
mod back_off;
mod create_webhook;
mod deliver;
mod lease;
mod list_webhooks;
mod postman;
mod remove_webhook;
mod resend_delivery;
mod send_test;
mod set_paused;
mod signature;
mod sweep;
mod target;
mod worker;

pub use create_webhook::{NewWebhook, create_webhook};
pub use deliver::{DeliveryReport, deliver_due};
pub use list_webhooks::list_webhooks;
pub use postman::{Parcel, Postman, Undelivered};
pub use remove_webhook::remove_webhook;
pub use resend_delivery::resend_delivery;
pub use send_test::send_test;
pub use set_paused::set_paused;
pub use sweep::sweep_deliveries;
pub use worker::run_worker;

pub(crate) use announce::announce;

use entities::webhook;
use sea_orm::{EntityTrait, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    audit::{self, Event},
};

/// A webhook that is about to change.
async fn locked(transaction: &Transaction, id: Uuid) -> ServiceResult<webhook::Model> {
    let found = webhook::Entity::find_by_id(id).lock_exclusive().one(transaction).await?;
    found.ok_or(ServiceError::NotFound)
}

/// Takes down what became of a webhook.
async fn record(
    cx: &Cx,
    transaction: &Transaction,
    action: &'static str,
    hook: &webhook::Model,
) -> ServiceResult<()> {
    let event = Event {
        action,
        subject: &target::shown(&hook.url),
        subject_id: Some(hook.id),
        entity_id: None,
        data: json!({ "events": hook.events.replace(' ', ", ") }),
    };
    audit::record(cx, transaction, event).await
}
