use domain::{
    Currency, Money,
    access::Right,
    ids::PaymentId,
    payments::{Means, PaymentState},
    typed_number::parse_typed,
};
use entities::payment;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{
    check_payment::give_up,
    conclude::{Ending, conclude},
};
use crate::{Cx, ServiceError, ServiceResult, access::staff};

/// Notes that a transfer arrived, with the amount that did: less pays in part, more goes into the wallet. Twice is once.
///
/// # Permissions
/// [`Right::ManagePayments`].
///
/// # Errors
/// [`ServiceError::Invalid`] for an amount that is none; [`ServiceError::NotFound`] when it is no transfer.
pub async fn confirm_transfer(cx: &Cx, id: PaymentId, amount: &str) -> ServiceResult<()> {
    let payment = transfer(cx, id).await?;
    let currency = Currency::parse(&payment.currency).map_err(ServiceError::internal)?;
    let received = parse_typed(amount.trim(), currency.decimals()).filter(|received| *received > 0);
    let received = received.ok_or_else(|| {
        let example = Money::new(payment.amount, currency).display_number();
        ServiceError::field("amount", format!("Enter the amount that arrived, such as {example}."))
    })?;
    conclude(cx, payment.id, &Ending::Succeeded(received)).await?;
    Ok(())
}

/// Gives a transfer up that does not come.
///
/// # Permissions
/// [`Right::ManagePayments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when it is no transfer.
pub async fn give_up_transfer(cx: &Cx, id: PaymentId) -> ServiceResult<()> {
    let payment = transfer(cx, id).await?;
    if payment.state == PaymentState::Pending.code() { give_up(cx, &payment).await } else { Ok(()) }
}

async fn transfer(cx: &Cx, id: PaymentId) -> ServiceResult<payment::Model> {
    staff(cx, Right::ManagePayments)?;
    let found = payment::Entity::find_by_id(Uuid::from(id)).one(cx.db().pool()).await?;
    let is_transfer = |payment: &payment::Model| Means::parse(&payment.means) == Some(Means::Transfer);
    found.filter(is_transfer).ok_or(ServiceError::NotFound)
}
