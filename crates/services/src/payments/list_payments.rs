use domain::{
    Currency, Instant, Money, Page,
    access::Right,
    payments::{PaymentRequest, PaymentRow, PaymentState, Purpose},
};
use entities::{contact, payment};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, Select,
    sea_query::{Expr, ExprTrait, Func},
};
use uuid::Uuid;

use super::seen::seen;
use crate::{
    Cx, ServiceResult,
    access::staff,
    like::containing,
    page::{self, Seek},
};

/// The payments that somebody in the portal sees, the newest first.
///
/// # Permissions
/// Everybody in the portal: what they paid themselves; with `invoices.view`, also the others in its scope.
///
/// # Errors
/// When nobody is in the portal.
pub async fn list_payments(cx: &Cx, request: &PaymentRequest) -> ServiceResult<Page<PaymentRow>> {
    let found = read(cx, seen(cx)?, request).await?;
    Ok(found.map(|payment| row(cx, &payment, String::new())))
}

/// All payments, the newest first.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`crate::ServiceError::NotFound`] without the right.
pub async fn list_staff_payments(cx: &Cx, request: &PaymentRequest) -> ServiceResult<Page<PaymentRow>> {
    staff(cx, Right::WorkOnDocuments)?;
    let found = read(cx, payment::Entity::find(), request).await?;
    let entities: Vec<Uuid> = found.items.iter().map(|payment| payment.entity_id).collect();
    let names: std::collections::HashMap<Uuid, String> = contact::Entity::find()
        .filter(contact::Column::Id.is_in(entities))
        .all(cx.db().pool())
        .await?
        .into_iter()
        .map(|contact| (contact.id, contact.name))
        .collect();
    Ok(found.map(|payment| row(cx, &payment, names.get(&payment.entity_id).cloned().unwrap_or_default())))
}

async fn read(
    cx: &Cx,
    query: Select<payment::Entity>,
    request: &PaymentRequest,
) -> ServiceResult<Page<payment::Model>> {
    use payment::Column;
    let mut query = query;
    if let Some(state) = request.state {
        query = query.filter(Column::State.eq(state.code()));
    }
    let search = request.search.trim();
    if !search.is_empty() {
        // References are shown in groups of four.
        let reference: String = search.chars().filter(|c| !c.is_whitespace()).collect();
        let text = |column: Column, text: &str| {
            let lower = Expr::expr(Func::lower(Expr::col((payment::Entity, column))));
            lower.like(containing(&text.to_lowercase()))
        };
        query = query.filter(
            Condition::any()
                .add(text(Column::Number, search))
                .add(text(Column::Payer, search))
                .add(text(Column::Label, search))
                .add(text(Column::Reference, &reference)),
        );
    }
    let (way, cursor) = page::seek::<i64>(&request.page);
    let is_first = cursor.is_none();
    if let Some((at, id)) = cursor {
        let at_same = Column::CreatedAt.eq(at);
        let beyond = match way {
            Seek::Forward => {
                Condition::any().add(Column::CreatedAt.lt(at)).add(at_same.and(Column::Id.lt(id)))
            }
            Seek::Backward => {
                Condition::any().add(Column::CreatedAt.gt(at)).add(at_same.and(Column::Id.gt(id)))
            }
        };
        query = query.filter(beyond);
    }
    query = match way {
        Seek::Forward => query.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id),
        Seek::Backward => query.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id),
    };
    page::read(cx, query, way, is_first, |payment| (payment.created_at, payment.id)).await
}

/// A payment as lists show it.
pub(super) fn row(cx: &Cx, payment: &payment::Model, company: String) -> PaymentRow {
    let currency = Currency::parse(&payment.currency).unwrap_or(Currency::USD);
    let state = PaymentState::parse(&payment.state).unwrap_or(PaymentState::Pending);
    let amount = if state == PaymentState::Succeeded { payment.received } else { payment.amount };
    PaymentRow {
        id: payment.id.into(),
        number: payment.number.clone(),
        at: cx.settings().zone.display(Instant::from_millis(payment.created_at)),
        label: payment.label.clone(),
        purpose: Purpose::parse(&payment.purpose).unwrap_or(Purpose::Documents),
        state,
        amount: Money::new(amount, currency),
        refunded: Money::new(payment.refunded, currency),
        company,
        payer: payment.payer.clone(),
    }
}
