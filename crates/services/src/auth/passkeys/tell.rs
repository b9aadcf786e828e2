//! What is written down and mailed when somebody's passkeys change.

use serde_json::Value;
use uuid::Uuid;

use crate::{
    Cx, ServiceResult, Transaction,
    access::AccountHolder,
    audit::{self, Event},
    auth::second_factor::tell::{self, Whom},
    mail::{Rendered, UserLetters},
};

/// Writes an event of whoever is signed in.
pub(super) async fn record(
    cx: &Cx,
    transaction: &Transaction,
    holder: &AccountHolder,
    action: &'static str,
    data: Value,
) -> ServiceResult<()> {
    let event = Event {
        action,
        subject: &holder.login,
        subject_id: Some(holder.id()),
        entity_id: cx.actor().as_portal().map(|actor| Uuid::from(actor.entity())),
        data,
    };
    audit::record(cx, transaction, event).await
}

/// Queues a mail to whoever is signed in; a login that is no email address has none to send to.
pub(super) async fn mail(
    cx: &Cx,
    transaction: &Transaction,
    holder: &AccountHolder,
    template: &'static str,
    write: impl FnOnce(&UserLetters) -> ServiceResult<Rendered>,
) -> ServiceResult<()> {
    let whom = Whom { id: holder.id(), login: holder.login.clone(), name: holder.name.clone() };
    tell::mail(cx, transaction, &whom, template, write).await
}
