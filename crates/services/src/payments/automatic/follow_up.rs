//! What became of payments that were made without asking.

use domain::{
    Instant,
    payments::{NOTICE_DAYS, PaymentState},
};
use entities::{automatic_charge as planned, automatic_payment, document, payment};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use time::{Date, Duration};

use super::{
    plan::{News, pass, sees, tell},
    state,
};
use crate::{
    Cx, ServiceResult, ids,
    mail::AutomaticNews,
    payments::{
        begin::FIRST_LOOK,
        charge::{INTERRUPTED, NOT_REACHED},
        open::Open,
    },
};

/// Longest time after its day in which a payment is made again that failed for a reason that has nothing to do with the card.
const AGAIN: Duration = Duration::days(3);

/// Looks at payments that were made without asking until it is known how they ended, also those that a killed process left.
pub(super) async fn follow_up(cx: &Cx) -> ServiceResult<()> {
    let made = planned::Entity::find()
        .filter(planned::Column::State.eq(state::MADE))
        .order_by_asc(planned::Column::ChargeOn)
        .all(cx.db().pool())
        .await?;
    for plan in made {
        let payment = payment::Entity::find_by_id(plan.id).one(cx.db().pool()).await?;
        // Whoever makes it reports it; later, nobody does any more.
        let is_left = payment
            .is_some_and(|payment| Instant::from_millis(payment.created_at).plus(FIRST_LOOK) <= cx.now());
        if is_left {
            report(cx, &plan).await?;
        }
    }
    Ok(())
}

/// Whoever consented is told when it did not work; a receipt is sent where it did.
pub(super) async fn report(cx: &Cx, plan: &planned::Model) -> ServiceResult<()> {
    let pool = cx.db().pool();
    let Some(payment) = payment::Entity::find_by_id(plan.id).one(pool).await? else { return Ok(()) };
    match PaymentState::parse(&payment.state) {
        Some(PaymentState::Failed) => {}
        Some(PaymentState::Pending) | None => return Ok(()),
        // There is a receipt, or they gave it up themselves.
        Some(PaymentState::Succeeded | PaymentState::Canceled) => {
            pass(pool, plan, state::MADE, state::DONE).await?;
            return Ok(());
        }
    }
    let consent = automatic_payment::Entity::find_by_id(plan.automatic_id).one(pool).await?;
    let invoice = document::Entity::find_by_id(plan.invoice_id).one(pool).await?;
    if let Some(day) = day_again(cx, plan, &payment.failure, invoice.as_ref()) {
        return again(cx, plan, day).await;
    }
    let open = invoice.and_then(|invoice| Open::of(cx, invoice, false));
    let sees = match &consent {
        Some(consent) => sees(cx, consent, plan.invoice_id).await?,
        None => false,
    };
    let transaction = cx.begin().await?;
    if !pass(&transaction, plan, state::MADE, state::DONE).await? {
        return Ok(());
    }
    if let (Some(consent), Some(open), true) = (consent, open, sees) {
        let news = News { why: &payment.failure, ..News::of(AutomaticNews::Failed, plan.charge_on) };
        tell(cx, &transaction, &consent, &open, news).await?;
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

/// When a payment that failed is made again, if it is: at once where it was interrupted, on the next day where the provider
/// could not be reached; as long as its own day is not long ago.
fn day_again(
    cx: &Cx,
    plan: &planned::Model,
    failure: &str,
    invoice: Option<&document::Model>,
) -> Option<Date> {
    let day = match failure {
        INTERRUPTED => cx.today(),
        NOT_REACHED => cx.today().saturating_add(Duration::days(1)),
        _ => return None,
    };
    let announced = cx.settings().zone.day_of(Instant::from_millis(plan.announced_at));
    let first = announced.saturating_add(Duration::days(NOTICE_DAYS));
    let planned = invoice.and_then(|invoice| invoice.due_on).map_or(first, |due| due.max(first));
    (day <= planned.saturating_add(AGAIN)).then_some(day)
}

/// Plans a payment once more of which no money was taken, and for which nobody is to blame: under another key.
async fn again(cx: &Cx, plan: &planned::Model, day: Date) -> ServiceResult<()> {
    planned::Entity::update_many()
        .col_expr(planned::Column::Id, Expr::value(ids::mint(cx.now())))
        .col_expr(planned::Column::State, Expr::value(state::ANNOUNCED))
        .col_expr(planned::Column::ChargeOn, Expr::value(day))
        .filter(planned::Column::Id.eq(plan.id))
        .filter(planned::Column::State.eq(&plan.state))
        .exec(cx.db().pool())
        .await?;
    Ok(())
}
