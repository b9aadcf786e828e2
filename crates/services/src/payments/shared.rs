//! Paying by a share link: one document, with a card of one's own that is not kept, or by transfer. Nothing of the customer's,
//! no saved card, wallet or other payment, is in reach of whoever has a link (odoo#104472).

use domain::{
    FieldErrors, Money,
    ids::{PaymentId, ShareLinkId},
    payments::{Iban, Means, PayForm, PayPage, PaymentPage, PaymentState, Purpose, Way, Ways, parse_amount},
};
use entities::payment;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::{
    Setup,
    cards::Holder,
    check_payment::look,
    get_payment::{confirm, read_page},
    open::Open,
    pay::{What, by_transfer, carry_out_with, once},
    payable::open_of,
    payer::Payer,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{SharePass, shared},
    ids,
};

/// The page on which a document is paid by a link.
///
/// # Permissions
/// Whoever has a link that lets them pay.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link does not work, or is not for paying; [`ServiceError::Refused`] when nothing is open.
pub async fn get_shared_paying(cx: &Cx, link: ShareLinkId, typed: &str) -> ServiceResult<PayPage> {
    let pass = paying(cx, link, typed).await?;
    let open = open(&pass).await?;
    let money = |minor| Money::new(minor, open.currency);
    Ok(PayPage {
        key: PaymentId(ids::mint(cx.now())),
        currency: open.currency,
        payables: vec![open.shown(cx.today(), true)],
        elsewhere: Vec::new(),
        open: money(open.open),
        least: money(open.least),
        ways: Ways {
            new_card: cx.portico.card_provider().map(|provider| provider.form()),
            transfer: Iban::parse(&cx.settings().general.iban).is_ok(),
            ..Ways::default()
        },
    })
}

/// Pays a document by a link. The same form pays once.
///
/// # Permissions
/// Whoever has a link that lets them pay.
///
/// # Errors
/// As [`super::pay`].
pub async fn pay_shared(cx: &Cx, link: ShareLinkId, typed: &str, form: &PayForm) -> ServiceResult<PaymentId> {
    let pass = paying(cx, link, typed).await?;
    let payer = Payer::of_link(&pass)?;
    let id: PaymentId = form.key.parse().map_err(|_no_key| ServiceError::NotFound)?;
    once(&pass.cx, &payer, id, begin(&pass, &payer, id, form)).await
}

async fn begin(pass: &SharePass, payer: &Payer, id: PaymentId, form: &PayForm) -> ServiceResult<PaymentId> {
    let open = open(pass).await?;
    let money = |minor| Money::new(minor, open.currency);
    let amount = parse_amount(&form.amount, money(open.least), money(open.open));
    let way = Way::parse(&form.way).filter(|way| matches!(way, Way::NewCard | Way::Transfer));
    let mut errors = FieldErrors::default();
    if let Err(words) = &amount {
        errors.add("amount", words.clone());
    }
    if way.is_none() {
        errors.add("way", "Choose what to pay with.");
    }
    errors.into_result()?;
    let (Ok(amount), Some(way)) = (amount, way) else { return Err(ServiceError::NotFound) };
    let documents = [open.document.id];
    let what =
        What { id, payer, purpose: Purpose::Documents, amount, entity: open.entity, documents: &documents };
    if way == Way::Transfer {
        return by_transfer(&pass.cx, &what).await;
    }
    let method = super::cards::enter_once(&pass.cx, &Holder::of_link(pass)?, &form.setup).await?;
    carry_out_with(&pass.cx, &what, &method).await
}

/// Begins to take a card in that pays by a link.
///
/// # Permissions
/// Whoever has a link that lets them pay.
///
/// # Errors
/// As [`super::begin_setup`].
pub async fn begin_shared_setup(cx: &Cx, link: ShareLinkId, typed: &str) -> ServiceResult<Setup> {
    let pass = paying(cx, link, typed).await?;
    super::cards::begin_setup_for(&pass.cx, &Holder::of_link(&pass)?).await
}

/// The page of a payment that was made by the same link.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link does not work, or the payment was not made by it.
pub async fn get_shared_payment(
    cx: &Cx,
    link: ShareLinkId,
    typed: &str,
    id: PaymentId,
) -> ServiceResult<PaymentPage> {
    let pass = paying(cx, link, typed).await?;
    let (mut page, payment) = read_page(&pass.cx, by(&pass), id, pass.document.id).await?;
    if page.row.state == PaymentState::Pending && Means::parse(&payment.means) == Some(Means::Card) {
        page.confirm = confirm(&pass.cx, &payment).await;
    }
    // What else is in the customer's wallet is nobody's business here.
    page.to_wallet = Money::new(0, page.to_wallet.currency);
    Ok(page)
}

/// Asks the provider how such a payment went.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// As [`get_shared_payment`].
pub async fn check_shared_payment(
    cx: &Cx,
    link: ShareLinkId,
    typed: &str,
    id: PaymentId,
) -> ServiceResult<()> {
    let pass = paying(cx, link, typed).await?;
    let payment = made_by(&pass, id).await?;
    look(&pass.cx, &payment).await?;
    Ok(())
}

async fn paying(cx: &Cx, link: ShareLinkId, typed: &str) -> ServiceResult<SharePass> {
    let pass = shared(cx, link, typed).await?;
    if pass.link.may_pay { Ok(pass) } else { Err(ServiceError::NotFound) }
}

async fn made_by(pass: &SharePass, id: PaymentId) -> ServiceResult<payment::Model> {
    let found = by(pass).filter(payment::Column::Id.eq(Uuid::from(id))).one(pass.cx.db().pool()).await?;
    found.ok_or(ServiceError::NotFound)
}

/// The payments that were made by a link.
fn by(pass: &SharePass) -> Select<payment::Entity> {
    payment::Entity::find().filter(payment::Column::ShareLinkId.eq(pass.link.id))
}

async fn open(pass: &SharePass) -> ServiceResult<Open> {
    let open = open_of(&pass.cx, pass.cx.db().pool(), &[pass.document.id]).await?;
    open.into_iter().next().ok_or_else(super::nothing_open)
}
