use domain::{access::Permission, payments::CardForm};
use entities::payment_method;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;

use super::{
    owner::{Holder, card_of, customer_of, may_add},
    unreachable,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal, portal_scope_if_any},
    audit::{self, Event},
    ids,
    payments::{EnteredCard, Setup, unavailable},
};

/// How a card that was entered is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::payments) enum Keep {
    /// For this payment only.
    Not,
    /// As one's own.
    Own,
    /// As the company's.
    Company,
}

/// Begins to take a card in: the secret is for the browser, which gives the card to the provider itself.
///
/// # Permissions
/// `methods.add`, signed in; or `invoices.pay`, `sales.pay` or `wallet.topup`, for a card that is not kept.
///
/// # Errors
/// [`ServiceError::NotFound`] without a permission; [`ServiceError::Refused`] when the provider cannot be reached.
pub async fn begin_setup(cx: &Cx) -> ServiceResult<Setup> {
    begin_setup_for(cx, &enterer(cx)?).await
}

/// The same for somebody who was let through.
pub(in crate::payments) async fn begin_setup_for(cx: &Cx, holder: &Holder) -> ServiceResult<Setup> {
    let provider = cx.portico.card_provider().ok_or_else(unavailable)?;
    let counted = cx.portico.card_tries.count(holder.contact, cx.now());
    counted.map_err(|wait_seconds| ServiceError::Throttled { wait_seconds })?;
    let customer = customer_of(cx, holder).await?;
    provider.begin_setup(customer).await.map_err(unreachable)
}

/// Whoever may enter a card: to keep it, or to pay with it.
fn enterer(cx: &Cx) -> ServiceResult<Holder> {
    let actor = portal(cx)?;
    if actor.is_view_as() {
        return Err(ServiceError::NotFound);
    }
    let mut may = may_add(cx)?.is_some();
    for permission in [Permission::InvoicesPay, Permission::SalesPay, Permission::WalletTopup] {
        may = may || portal_scope_if_any(cx, permission)?.is_some();
    }
    if may { Ok(Holder::of(actor)) } else { Err(ServiceError::NotFound) }
}

/// Saves the card that was entered in a browser. Sent twice, it is one.
///
/// # Permissions
/// `methods.add`, signed in; for the company where that reaches it.
///
/// # Errors
/// [`ServiceError::NotFound`] without the permission; [`ServiceError::Invalid`] or [`ServiceError::Refused`] when the bank or
/// the provider did not take the card.
pub async fn add_card(cx: &Cx, setup: &str, for_company: bool) -> ServiceResult<()> {
    may_add(cx)?.ok_or(ServiceError::NotFound)?;
    enter(cx, setup, if for_company { Keep::Company } else { Keep::Own }).await?;
    Ok(())
}

/// Takes a card that was entered in, to pay with it or to keep it.
pub(in crate::payments) async fn enter(
    cx: &Cx,
    setup: &str,
    keep: Keep,
) -> ServiceResult<payment_method::Model> {
    let holder = enterer(cx)?;
    let keep = match (keep, may_add(cx)?) {
        (Keep::Company, Some(true)) => Keep::Company,
        (Keep::Not, _) | (_, None) => Keep::Not,
        _ => Keep::Own,
    };
    take_in(cx, &holder, setup, keep).await
}

/// Takes a card in that pays once, for somebody who was let through.
pub(in crate::payments) async fn enter_once(
    cx: &Cx,
    holder: &Holder,
    setup: &str,
) -> ServiceResult<payment_method::Model> {
    take_in(cx, holder, setup, Keep::Not).await
}

async fn take_in(cx: &Cx, holder: &Holder, setup: &str, keep: Keep) -> ServiceResult<payment_method::Model> {
    let provider = cx.portico.card_provider().ok_or_else(unavailable)?;
    let customer = customer_of(cx, holder).await?;
    if setup.trim().is_empty() {
        return Err(ServiceError::field("card", "Enter the card’s number, expiry and security code."));
    }
    let setup = match provider.form() {
        // The demo's form says only which card: it has no setups that would be somebody's.
        CardForm::Demo => format!("{customer}/{}", setup.trim()),
        CardForm::Stripe { .. } => setup.trim().to_owned(),
    };
    let entered = provider.finish_setup(setup).await.map_err(unreachable)?;
    if entered.customer != customer {
        // A key that somebody else's browser was given.
        return Err(ServiceError::NotFound);
    }
    save(cx, holder, provider.name(), entered, keep).await
}

async fn save(
    cx: &Cx,
    holder: &Holder,
    provider: &'static str,
    entered: EnteredCard,
    keep: Keep,
) -> ServiceResult<payment_method::Model> {
    use payment_method::{Column, Entity};
    let transaction = cx.begin().await?;
    if let Some(known) = known(&transaction, holder, provider, &entered.method).await? {
        return Ok(known);
    }
    let now = cx.now().millis();
    let mut owner = Entity::find()
        .filter(Column::EntityId.eq(holder.entity))
        .filter(Column::RemovedAt.is_null())
        .filter(Column::IsCompany.eq(keep == Keep::Company));
    if keep != Keep::Company {
        owner = owner.filter(Column::ContactId.eq(holder.contact));
    }
    let is_first = owner.one(&transaction).await?.is_none();
    let row = payment_method::Model {
        id: ids::mint(cx.now()),
        entity_id: holder.entity,
        contact_id: holder.contact,
        is_company: keep == Keep::Company,
        provider: provider.to_owned(),
        provider_ref: entered.method,
        brand: entered.card.brand.clone(),
        last4: entered.card.last4.clone(),
        expires_month: entered.card.expires_month.into(),
        expires_year: entered.card.expires_year.into(),
        is_default: is_first && keep != Keep::Not,
        created_by: holder.name.clone(),
        created_at: now,
        removed_at: (keep == Keep::Not).then_some(now),
    };
    let insert = Entity::insert(row.clone().into_active_model()).exec_without_returning(&transaction).await;
    if let Err(error) = insert {
        if !ServiceError::is_unique_violation(&error) {
            return Err(error.into());
        }
        // Two clicks at once: the other one saved it.
        transaction.rollback().await?;
        return known(cx.db().pool(), holder, provider, &row.provider_ref)
            .await?
            .ok_or(ServiceError::NotFound);
    }
    if keep != Keep::Not {
        let event = Event {
            action: "payment_method.added",
            subject: &card_of(&row).label(),
            subject_id: Some(row.id),
            entity_id: Some(row.entity_id),
            data: json!({ "company": row.is_company }),
        };
        audit::record(cx, &transaction, event).await?;
    }
    transaction.commit().await?;
    Ok(row)
}

/// The card where the same form was sent before.
async fn known(
    connection: &impl ConnectionTrait,
    holder: &Holder,
    provider: &str,
    reference: &str,
) -> ServiceResult<Option<payment_method::Model>> {
    let known = payment_method::Entity::find()
        .filter(payment_method::Column::Provider.eq(provider))
        .filter(payment_method::Column::ProviderRef.eq(reference))
        .one(connection)
        .await?;
    match known {
        Some(known) if known.contact_id != holder.contact => Err(ServiceError::NotFound),
        known => Ok(known),
    }
}
