use domain::{
    FieldErrors, Money,
    ids::PaymentId,
    payments::{MOST_DOCUMENTS, Means, PayForm, Purpose, TopUpForm, Way, parse_amount},
    wallet::EntryKind,
};
use entities::{payment, payment_method};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{
    Presence,
    begin::{NewPayment, begin},
    cards::{self, Keep},
    charge::charge,
    conclude::{Ending, conclude_in},
    open::Open,
    payable::{gate, payable},
    payer::Payer,
    ways::may_spend,
};
use crate::{Cx, ServiceError, ServiceResult, wallet};

/// The wallet, and a bank, as who moves the money.
pub(super) const WALLET: &str = "wallet";
pub(super) const BANK: &str = "bank";

/// Pays documents, in full or in part. The same form pays once, however often it is sent. How it went is on the payment's
/// page: it may have failed, or wait for a bank.
///
/// # Permissions
/// `invoices.pay` or `sales.pay` for each document, in its scope; `methods.view` for a saved card, `wallet.spend` for the
/// wallet.
///
/// # Errors
/// [`ServiceError::Invalid`] by field; [`ServiceError::Refused`] when something was paid meanwhile;
/// [`ServiceError::NotFound`] without the permission.
pub async fn pay(cx: &Cx, form: &PayForm) -> ServiceResult<PaymentId> {
    let payer = Payer::of_portal(cx)?;
    let id = key_of(&form.key)?;
    once(cx, &payer, id, pay_documents(cx, form, &payer, id)).await
}

fn key_of(text: &str) -> ServiceResult<PaymentId> {
    text.parse().map_err(|_no_key| ServiceError::NotFound)
}

/// Begins a payment unless the same form began it before. Of two clicks the second may find that nothing is open any more,
/// since the first paid it meanwhile: that is no error.
pub(super) async fn once(
    cx: &Cx,
    payer: &Payer,
    id: PaymentId,
    work: impl Future<Output = ServiceResult<PaymentId>>,
) -> ServiceResult<PaymentId> {
    if let Some(before) = begun(cx, payer, id).await? {
        return Ok(before);
    }
    match work.await {
        Ok(id) => Ok(id),
        Err(error) => begun(cx, payer, id).await?.ok_or(error),
    }
}

/// The payment of a key, where they began one.
async fn begun(cx: &Cx, payer: &Payer, id: PaymentId) -> ServiceResult<Option<PaymentId>> {
    match payment::Entity::find_by_id(Uuid::from(id)).one(cx.db().pool()).await? {
        Some(before) if payer.began(&before) => Ok(Some(id)),
        Some(_) => Err(ServiceError::NotFound),
        None => Ok(None),
    }
}

async fn pay_documents(cx: &Cx, form: &PayForm, payer: &Payer, id: PaymentId) -> ServiceResult<PaymentId> {
    let open = chosen(cx, form).await?;
    let (entity, currency) = match open.first() {
        Some(first) => (first.entity, first.currency),
        None => return Err(super::nothing_open()),
    };
    let documents: Vec<Uuid> = open.iter().map(|open| open.document.id).collect();
    let sum = open
        .iter()
        .try_fold(0_i64, |sum, open| sum.checked_add(open.open))
        .ok_or_else(super::nothing_open)?;
    let least = open.iter().map(|open| open.least).min().unwrap_or(1);
    let amount = parse_amount(&form.amount, Money::new(least, currency), Money::new(sum, currency));
    let way = Way::parse(&form.way);
    let mut errors = FieldErrors::default();
    if let Err(words) = &amount {
        errors.add("amount", words.clone());
    }
    if way.is_none() {
        errors.add("way", "Choose what to pay with.");
    }
    errors.into_result()?;
    let (Ok(amount), Some(way)) = (amount, way) else { return Err(ServiceError::NotFound) };
    if way == Way::Wallet && !may_spend(cx, entity)? {
        return Err(ServiceError::NotFound);
    }
    let keep = keep_of(form.keep, form.for_company);
    let what = What { id, payer, purpose: Purpose::Documents, amount, entity, documents: &documents };
    carry_out(cx, way, &what, (&form.setup, keep)).await
}

/// How a new card is to be kept.
pub(super) fn keep_of(keep: bool, for_company: bool) -> Keep {
    match (keep, for_company) {
        (false, _) => Keep::Not,
        (true, false) => Keep::Own,
        (true, true) => Keep::Company,
    }
}

/// The chosen documents, in the order of the form.
async fn chosen(cx: &Cx, form: &PayForm) -> ServiceResult<Vec<Open>> {
    gate(cx)?;
    let mut ids: Vec<Uuid> = Vec::new();
    for id in form.documents.iter().map(|id| Uuid::from(*id)) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.is_empty() {
        return Err(ServiceError::field("documents", "Choose at least one."));
    }
    if ids.len() > MOST_DOCUMENTS {
        return Err(ServiceError::field("documents", format!("Choose at most {MOST_DOCUMENTS}.")));
    }
    let mut open = payable(cx, &ids).await?;
    if open.len() != ids.len() {
        return Err(super::nothing_open());
    }
    open.sort_by_key(|open| ids.iter().position(|id| *id == open.document.id));
    let first = open.first().map(|first| (first.entity, first.currency, first.kind));
    if open.iter().any(|open| Some((open.entity, open.currency, open.kind)) != first) {
        return Err(ServiceError::field(
            "documents",
            "One payment is for documents of one company, in one currency. Pay the others separately.",
        ));
    }
    Ok(open)
}

/// What is to be paid.
pub(super) struct What<'a> {
    pub id: PaymentId,
    pub payer: &'a Payer,
    pub purpose: Purpose,
    pub amount: Money,
    pub entity: Uuid,
    pub documents: &'a [Uuid],
}

impl<'a> What<'a> {
    fn with(
        &self,
        means: Means,
        provider: &'static str,
        method: Option<&payment_method::Model>,
    ) -> NewPayment<'a> {
        let label = method.map_or_else(|| means.label().to_owned(), |method| cards::card_of(method).label());
        NewPayment {
            id: self.id,
            payer: self.payer,
            purpose: self.purpose,
            means,
            provider,
            method: method.map(|method| method.id),
            label,
            amount: self.amount,
            entity: self.entity,
            documents: self.documents,
        }
    }
}

/// Pays in one of the ways.
pub(super) async fn carry_out(
    cx: &Cx,
    way: Way,
    what: &What<'_>,
    (setup, keep): (&str, Keep),
) -> ServiceResult<PaymentId> {
    let method = match way {
        Way::Wallet => return by_wallet(cx, what).await,
        Way::Transfer => return by_transfer(cx, what).await,
        Way::Saved(card) => cards::usable(cx, card).await?,
        Way::NewCard => cards::enter(cx, setup, keep).await?,
    };
    carry_out_with(cx, what, &method).await
}

/// Pays with a card.
pub(super) async fn carry_out_with(
    cx: &Cx,
    what: &What<'_>,
    method: &payment_method::Model,
) -> ServiceResult<PaymentId> {
    let provider = cx.portico.card_provider().ok_or_else(super::unavailable)?;
    let transaction = cx.begin().await?;
    let begun = begin(cx, &transaction, &what.with(Means::Card, provider.name(), Some(method))).await;
    let begun = match begun {
        Ok(Some(payment)) => payment,
        Ok(None) => return Ok(what.id),
        Err(error) => {
            if method.removed_at.is_some() {
                cards::forget(cx, method).await;
            }
            return Err(error);
        }
    };
    transaction.commit().await?;
    charge(cx, &begun, method, Presence::Present).await?;
    Ok(what.id)
}

async fn by_wallet(cx: &Cx, what: &What<'_>) -> ServiceResult<PaymentId> {
    let transaction = cx.begin().await?;
    let Some(payment) = begin(cx, &transaction, &what.with(Means::Wallet, WALLET, None)).await? else {
        return Ok(what.id);
    };
    let entry = wallet::NewEntry {
        entity: what.entity,
        kind: EntryKind::Payment,
        amount: Money::new(what.amount.minor.saturating_neg(), what.amount.currency),
        payment: Some(payment.id),
        by: what.payer.name.clone(),
    };
    wallet::add(cx, &transaction, entry).await?;
    conclude_in(cx, &transaction, payment.id, &Ending::Succeeded(payment.amount)).await?;
    transaction.commit().await?;
    cx.portico.ring();
    Ok(what.id)
}

/// Only written down: the money comes by the bank, and is found by the reference.
pub(super) async fn by_transfer(cx: &Cx, what: &What<'_>) -> ServiceResult<PaymentId> {
    if domain::payments::Iban::parse(&cx.settings().general.iban).is_err() {
        return Err(ServiceError::field("way", "There is no account to transfer to. Choose something else."));
    }
    let transaction = cx.begin().await?;
    begin(cx, &transaction, &what.with(Means::Transfer, BANK, None)).await?;
    transaction.commit().await?;
    Ok(what.id)
}

/// Puts money into an entity's wallet; who may, is checked by the wallet.
pub(crate) async fn put_into_wallet(
    cx: &Cx,
    form: &TopUpForm,
    entity: Uuid,
    amount: Money,
    way: Way,
) -> ServiceResult<PaymentId> {
    let payer = Payer::of_portal(cx)?;
    let id = key_of(&form.key)?;
    let keep = keep_of(form.keep, form.for_company);
    let what = What { id, payer: &payer, purpose: Purpose::TopUp, amount, entity, documents: &[] };
    once(cx, &payer, id, carry_out(cx, way, &what, (&form.setup, keep))).await
}
