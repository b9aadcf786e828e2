//! What somebody takes along of their payments.

use entities::{automatic_payment, payment, payment_method};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::cards::card_of;
use crate::{Cx, ServiceResult, audit::iso};

/// What a user paid, the cards that their contacts keep, and what they let be paid without asking. No key of a provider is in
/// it.
///
/// # Permissions
/// Whoever asks must be the user, and the contacts theirs: the export has asked.
///
/// # Errors
/// When the database fails.
pub(crate) async fn export_own_payments(
    cx: &Cx,
    user: Uuid,
    contacts: &[Uuid],
) -> ServiceResult<[(&'static str, Value); 3]> {
    let pool = cx.db().pool();
    let payments = payment::Entity::find()
        .filter(payment::Column::UserId.eq(user))
        .order_by_asc(payment::Column::CreatedAt)
        .all(pool)
        .await?;
    let payments = payments.into_iter().map(|payment| {
        json!({
            "number": payment.number, "at": iso(payment.created_at), "state": payment.state, "with": payment.label,
            "currency": payment.currency, "amount": payment.amount, "received": payment.received,
            "given_back": payment.refunded,
        })
    });
    let cards = payment_method::Entity::find()
        .filter(payment_method::Column::ContactId.is_in(contacts.iter().copied()))
        .filter(payment_method::Column::RemovedAt.is_null())
        .order_by_asc(payment_method::Column::CreatedAt)
        .all(pool)
        .await?;
    let cards = cards.iter().map(|method| {
        let card = card_of(method);
        json!({
            "card": card.label(), "expires": card.expiry(), "of_the_company": method.is_company,
            "added": iso(method.created_at),
        })
    });
    let consents = automatic_payment::Entity::find()
        .filter(automatic_payment::Column::UserId.eq(user))
        .order_by_asc(automatic_payment::Column::ConsentedAt)
        .all(pool)
        .await?;
    let consents = consents.into_iter().map(|consent| {
        json!({
            "agreed": consent.consent, "at": iso(consent.consented_at), "limit": consent.cap,
            "ended": consent.ended_at.map(iso),
        })
    });
    Ok([
        ("payments", Value::Array(payments.collect())),
        ("saved_cards", Value::Array(cards.collect())),
        ("automatic_payments", Value::Array(consents.collect())),
    ])
}
