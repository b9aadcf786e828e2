//! Asking the provider how a payment went: by whoever paid, on the provider's own hint, and by the worker.

use std::sync::Arc;

use domain::{
    Instant,
    ids::PaymentId,
    payments::{Means, PaymentState},
};
use entities::{payment, payment_method};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use time::Duration;
use uuid::Uuid;

use super::{
    ChargeState, ProviderError,
    cards::forget,
    charge::{INTERRUPTED, provider_of, take_down},
    conclude::{Ending, conclude},
    payer::Payer,
    reconcile_refunds::reconcile_refunds,
    seen::seen,
};
use crate::{Cx, Portico, ServiceError, ServiceResult};

/// How long a payer has to confirm a payment to their bank.
const CONFIRMATION: Duration = Duration::hours(1);
/// Payments that are asked for in one go.
const MOST: u64 = 100;

/// Asks the provider how a payment went, and writes it down.
///
/// # Permissions
/// As for [`super::get_payment`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none, or not for this person.
pub async fn check_payment(cx: &Cx, id: PaymentId) -> ServiceResult<()> {
    Payer::of_portal(cx)?;
    let found = seen(cx)?.filter(payment::Column::Id.eq(Uuid::from(id))).one(cx.db().pool()).await?;
    let payment = found.ok_or(ServiceError::NotFound)?;
    look(cx, &payment).await?;
    Ok(())
}

/// Gives a payment up that no money was taken for.
///
/// # Permissions
/// Whoever began it.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none, or somebody else began it; [`ServiceError::Refused`] when it is too late.
pub async fn cancel_payment(cx: &Cx, id: PaymentId) -> ServiceResult<()> {
    let payer = Payer::of_portal(cx)?;
    let found = seen(cx)?.filter(payment::Column::Id.eq(Uuid::from(id))).one(cx.db().pool()).await?;
    let payment = found.filter(|payment| payer.began(payment)).ok_or(ServiceError::NotFound)?;
    give_up(cx, &payment).await
}

/// The same for a transfer that does not come.
pub(super) async fn give_up(cx: &Cx, payment: &payment::Model) -> ServiceResult<()> {
    if payment.state != PaymentState::Pending.code() {
        return Ok(());
    }
    let reference = payment.provider_ref.clone();
    match (Means::parse(&payment.means), provider_of(cx, payment).zip(reference)) {
        (Some(Means::Transfer), _) => {
            conclude(cx, payment.id, &Ending::Canceled).await?;
        }
        (_, Some((provider, reference))) => {
            let state = provider.cancel(reference).await;
            if !take_down(cx, payment, state).await? {
                return Err(ServiceError::refused(
                    "The bank is working on it: it cannot be given up at the moment.",
                ));
            }
            forget_unsaved(cx, payment).await?;
        }
        _ => return Err(ServiceError::refused("It has just begun: it cannot be given up at the moment.")),
    }
    Ok(())
}

/// Asks for a payment on a hint of its provider: a webhook, in any order, twice or late.
///
/// # Permissions
/// The installation's own work, once the hint's signature was checked. Nothing in the hint is believed.
///
/// # Errors
/// When the database fails; [`ServiceError::Busy`] when the provider does not answer: the hint should come again then.
pub async fn check_by_reference(portico: &Arc<Portico>, reference: &str) -> ServiceResult<()> {
    let cx = portico.system("payments");
    let Some(provider) = portico.card_provider() else { return Ok(()) };
    let found = payment::Entity::find()
        .filter(payment::Column::Provider.eq(provider.name()))
        .filter(payment::Column::ProviderRef.eq(reference))
        .one(portico.db.pool())
        .await?;
    let Some(payment) = found else { return Ok(()) };
    let is_heard = look(&cx, &payment).await?;
    let is_heard = reconcile_refunds(&cx, &read_again(&cx, payment).await?).await? && is_heard;
    if is_heard { Ok(()) } else { Err(ServiceError::Busy) }
}

/// Asks for every payment of which nobody said for a minute how it went: what a killed process left, or a webhook that
/// did not come. Answers how many came to an end.
///
/// # Permissions
/// None: this is the installation's own work.
///
/// # Errors
/// When the database fails.
pub async fn reconcile(portico: &Arc<Portico>) -> ServiceResult<u64> {
    let cx = portico.system("payments");
    let now = portico.clock.now();
    let due = payment::Entity::find()
        .filter(payment::Column::NextCheckAt.lte(now.millis()))
        .order_by_asc(payment::Column::NextCheckAt)
        .limit(MOST)
        .all(portico.db.pool())
        .await?;
    let mut ended = 0;
    for payment in due {
        if !lease(&cx, &payment, now).await? {
            continue;
        }
        if payment.state == PaymentState::Succeeded.code() {
            reconcile_refunds(&cx, &payment).await?;
        } else if resolve(&cx, &payment, now).await? {
            ended += 1;
            reconcile_refunds(&cx, &read_again(&cx, payment).await?).await?;
        }
    }
    Ok(ended)
}

/// A payment that may have been paid just now.
async fn read_again(cx: &Cx, payment: payment::Model) -> ServiceResult<payment::Model> {
    Ok(payment::Entity::find_by_id(payment.id).one(cx.db().pool()).await?.unwrap_or(payment))
}

/// Takes a payment for this process, and says when it is looked at next: the older, the more rarely.
async fn lease(cx: &Cx, payment: &payment::Model, now: Instant) -> ServiceResult<bool> {
    let age = now.millis().saturating_sub(payment.created_at).clamp(60_000, 6 * 3_600_000);
    let taken = payment::Entity::update_many()
        .col_expr(payment::Column::NextCheckAt, Expr::value(Some(now.millis().saturating_add(age))))
        .filter(payment::Column::Id.eq(payment.id))
        .filter(payment::Column::NextCheckAt.eq(payment.next_check_at))
        .exec(cx.db().pool())
        .await?;
    Ok(taken.rows_affected == 1)
}

async fn resolve(cx: &Cx, payment: &payment::Model, now: Instant) -> ServiceResult<bool> {
    let Some(reference) = payment.provider_ref.clone() else {
        // Money is only taken once the provider's key is noted.
        conclude(cx, payment.id, &Ending::Failed(INTERRUPTED.to_owned())).await?;
        forget_unsaved(cx, payment).await?;
        return Ok(true);
    };
    let Some(provider) = provider_of(cx, payment) else { return Ok(false) };
    let is_late = now.millis().saturating_sub(payment.created_at)
        >= CONFIRMATION.whole_milliseconds().try_into().unwrap_or(i64::MAX);
    let state = match provider.look(reference.clone()).await {
        Ok(ChargeState::Prepared) => {
            match provider.cancel(reference).await {
                // Nobody called it off: it was interrupted.
                Ok(ChargeState::Canceled) => Ok(ChargeState::Failed { words: INTERRUPTED.to_owned() }),
                other => other,
            }
        }
        Ok(ChargeState::NeedsConfirmation { .. }) if is_late => match provider.cancel(reference).await {
            Ok(ChargeState::Canceled) => {
                Ok(ChargeState::Failed { words: "It was not confirmed to the bank in time.".to_owned() })
            }
            other => other,
        },
        other => other,
    };
    let is_done = take_down(cx, payment, state).await?;
    if is_done {
        forget_unsaved(cx, payment).await?;
    }
    Ok(is_done)
}

/// Asks once; false where the provider did not answer.
pub(super) async fn look(cx: &Cx, payment: &payment::Model) -> ServiceResult<bool> {
    let Some((provider, reference)) = provider_of(cx, payment).zip(payment.provider_ref.clone()) else {
        return Ok(true);
    };
    if payment.state == PaymentState::Succeeded.code() {
        return Ok(true);
    }
    let state = provider.look(reference).await;
    let is_heard = !matches!(state, Err(ProviderError::Unreachable(_) | ProviderError::Refused(_)));
    if take_down(cx, payment, state).await? {
        forget_unsaved(cx, payment).await?;
    }
    Ok(is_heard)
}

/// A card that was not to be kept is forgotten.
async fn forget_unsaved(cx: &Cx, payment: &payment::Model) -> ServiceResult<()> {
    let Some(method) = payment.method_id else { return Ok(()) };
    let method = payment_method::Entity::find_by_id(method).one(cx.db().pool()).await?;
    if let Some(method) = method.filter(|method| method.removed_at.is_some()) {
        forget(cx, &method).await;
    }
    Ok(())
}
