//! What whoever paid is told.

use domain::{Currency, Money, account::MailArea, ids::UserId};
use entities::{payment, user};
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::{
    Cx, ServiceResult,
    mail::{PaymentMail, UserLetters, tell_user, wants},
};

/// Writes the receipt's mail to whoever paid, where they have a login.
pub(super) async fn tell(
    cx: &Cx,
    transaction: &impl ConnectionTrait,
    payment: &payment::Model,
    left: i64,
) -> ServiceResult<()> {
    let Some((name, login)) = payer_of(transaction, payment).await? else { return Ok(()) };
    if let Some(user) = payment.user_id
        && !wants(transaction, UserId(user), MailArea::Payments).await?
    {
        return Ok(());
    }
    let Ok(currency) = Currency::parse(&payment.currency) else { return Ok(()) };
    let link = cx.link(&format!("/my/payments/{}", payment.id));
    let mail = PaymentMail {
        number: &payment.number,
        amount: Money::new(payment.received, currency).to_string(),
        means: &payment.label,
        to_wallet: (left > 0).then(|| Money::new(left, currency).to_string()),
        link: &link,
    };
    let rendered = UserLetters::new(cx, &name, &login).payment_received(&mail)?;
    tell_user(cx, transaction, (&name, &login), "payment", rendered).await
}

/// Writes the mail that money went back.
pub(super) async fn tell_back(
    cx: &Cx,
    transaction: &impl ConnectionTrait,
    payment: &payment::Model,
    amount: Money,
) -> ServiceResult<()> {
    let Some((name, login)) = payer_of(transaction, payment).await? else { return Ok(()) };
    let link = cx.link(&format!("/my/payments/{}", payment.id));
    let mail = PaymentMail {
        number: &payment.number,
        amount: amount.to_string(),
        means: &payment.label,
        to_wallet: None,
        link: &link,
    };
    let rendered = UserLetters::new(cx, &name, &login).payment_given_back(&mail)?;
    tell_user(cx, transaction, (&name, &login), "payment-back", rendered).await
}

/// Name and login of whoever paid.
async fn payer_of(
    connection: &impl ConnectionTrait,
    payment: &payment::Model,
) -> ServiceResult<Option<(String, String)>> {
    let Some(user) = payment.user_id else { return Ok(None) };
    let found = user::Entity::find_by_id(user).one(connection).await?;
    Ok(found.map(|user| (if user.name.is_empty() { payment.payer.clone() } else { user.name }, user.login)))
}
