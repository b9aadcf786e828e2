//! The worker's part: what falls due is announced, and paid on its day.

use std::sync::Arc;

use domain::{
    Money,
    ids::{PaymentId, UserId},
    payments::{Means, Purpose},
};
use entities::{automatic_charge as planned, automatic_payment, document, payment_method};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    announce::announce_due,
    follow_up::{follow_up, report},
    plan::{News, pass, sees, stands, tell},
    state,
};
use crate::{
    Cx, Portico, ServiceError, ServiceResult,
    mail::AutomaticNews,
    payments::{
        Presence,
        begin::{NewPayment, begin},
        cards::card_of,
        charge::charge,
        open::Open,
        payer::Payer,
    },
};

/// What is worked on in one go.
const MOST: u64 = 200;

/// Announces what is going to be paid without asking, and pays what was announced and is due. Answers how many payments were
/// made. Two processes at once make each of them once.
///
/// # Permissions
/// None: this is the installation's own work. Whether whoever consented still may see the invoice is asked each time.
///
/// # Errors
/// When the database fails.
pub async fn charge_due(portico: &Arc<Portico>) -> ServiceResult<u64> {
    let cx = portico.system("automatic payments");
    follow_up(&cx).await?;
    announce_due(&cx).await?;
    let due = planned::Entity::find()
        .filter(planned::Column::State.eq(state::ANNOUNCED))
        .filter(planned::Column::ChargeOn.lte(cx.today()))
        .order_by_asc(planned::Column::ChargeOn)
        .limit(MOST)
        .all(portico.db.pool())
        .await?;
    let mut made = 0;
    for plan in due {
        if pay(&cx, &plan).await? {
            made += 1;
        }
    }
    Ok(made)
}

/// Pays what was planned; false where it is not to be paid any more.
async fn pay(cx: &Cx, plan: &planned::Model) -> ServiceResult<bool> {
    let pool = cx.db().pool();
    let Some(provider) = cx.portico.card_provider() else { return Ok(false) };
    let consent = automatic_payment::Entity::find_by_id(plan.automatic_id).one(pool).await?;
    let consent = consent.filter(|consent| consent.ended_at.is_none());
    let invoice = document::Entity::find_by_id(plan.invoice_id).one(pool).await?;
    let open = invoice.and_then(|invoice| Open::of(cx, invoice, false));
    let (Some(consent), Some(open)) = (consent, open) else { return skip(cx, plan, None).await };
    // Whoever has no access any more pays nothing, and is told nothing of it.
    if !sees(cx, &consent, open.document.id).await? {
        stands(cx, &consent).await?;
        return skip(cx, plan, None).await;
    }
    let method = payment_method::Entity::find_by_id(consent.method_id).one(pool).await?;
    let today = cx.today();
    let is_usable =
        |method: &payment_method::Model| method.removed_at.is_none() && !card_of(method).is_expired(today);
    let is_within = consent.cap.is_none_or(|cap| open.open <= cap);
    let (true, true, Some(method)) = (is_within, stands(cx, &consent).await?, method.filter(is_usable))
    else {
        return skip(cx, plan, Some((&consent, &open))).await;
    };
    let payer = Payer {
        contact: consent.contact_id,
        user: Some(UserId(consent.user_id)),
        link: None,
        name: consent.consented_by.clone(),
    };
    let documents = [open.document.id];
    let new = NewPayment {
        // The plan's key is the payment's: whoever comes second finds it begun.
        id: PaymentId(plan.id),
        payer: &payer,
        purpose: Purpose::Documents,
        means: Means::Card,
        provider: provider.name(),
        method: Some(method.id),
        label: card_of(&method).label(),
        amount: Money::new(open.open, open.currency),
        entity: open.entity,
        documents: &documents,
    };
    let transaction = cx.begin().await?;
    let begun = match begin(cx, &transaction, &new).await {
        Ok(begun) => begun,
        // Somebody pays it by hand at this moment.
        Err(ServiceError::Refused(_)) => return Ok(false),
        Err(error) => return Err(error),
    };
    let Some(begun) = begun else { return Ok(false) };
    // The last look, after which it cannot be switched off any more.
    let still = automatic_payment::Entity::find_by_id(consent.id).lock_exclusive().one(&transaction).await?;
    let is_on = still.is_some_and(|consent| consent.ended_at.is_none());
    if !is_on || !pass(&transaction, plan, state::ANNOUNCED, state::MADE).await? {
        return Ok(false);
    }
    transaction.commit().await?;
    charge(cx, &begun, &method, Presence::Away).await?;
    let made = planned::Model { state: state::MADE.to_owned(), ..plan.clone() };
    report(cx, &made).await?;
    Ok(true)
}

/// Leaves it out, and tells of it; whoever comes second does nothing.
async fn skip(
    cx: &Cx,
    plan: &planned::Model,
    told: Option<(&automatic_payment::Model, &Open)>,
) -> ServiceResult<bool> {
    let transaction = cx.begin().await?;
    if !pass(&transaction, plan, state::ANNOUNCED, state::SKIPPED).await? {
        return Ok(false);
    }
    if let Some((consent, open)) = told {
        tell(cx, &transaction, consent, open, News::of(AutomaticNews::Failed, plan.charge_on)).await?;
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(false)
}
