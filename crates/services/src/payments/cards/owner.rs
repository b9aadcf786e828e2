//! Whose saved cards are seen, used and removed.

use domain::{access::Permission, payments::Card};
use entities::{payment_customer, payment_method};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait,
    sea_query::{ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{PortalActor, SharePass, portal, portal_scope_if_any},
    payments::{CardProvider, NewCustomer, unavailable},
};

/// The saved cards that a permission reaches: one's own, and the company's where the permission reaches the company. Those of
/// colleagues never; none for somebody who is not signed in (odoo#104472).
pub(in crate::payments) fn cards_of(cx: &Cx, permission: Permission) -> ServiceResult<Option<Condition>> {
    let all = all_cards_of(cx, permission)?;
    Ok(all.map(|all| all.add(payment_method::Column::RemovedAt.is_null())))
}

/// The same with those that were removed.
pub(super) fn all_cards_of(cx: &Cx, permission: Permission) -> ServiceResult<Option<Condition>> {
    use payment_method::Column;
    let actor = portal(cx)?;
    let Some(scope) = portal_scope_if_any(cx, permission)?.filter(|_| actor.user.is_some()) else {
        return Ok(None);
    };
    let Some(provider) = cx.portico.card_provider() else { return Ok(None) };
    let own = Column::IsCompany.eq(false).and(Column::ContactId.eq(Uuid::from(actor.contact)));
    let mut whose = Condition::any().add(own);
    if scope.reaches_company() {
        whose = whose.add(Column::IsCompany.eq(true));
    }
    Ok(Some(
        Condition::all()
            .add(Column::EntityId.eq(Uuid::from(actor.entity)))
            .add(Column::Provider.eq(provider.name()))
            .add(whose),
    ))
}

/// Whether somebody may save a card, and whether for the company.
pub(in crate::payments) fn may_add(cx: &Cx) -> ServiceResult<Option<bool>> {
    let actor = portal(cx)?;
    let scope = portal_scope_if_any(cx, Permission::MethodsAdd)?.filter(|_| actor.user.is_some());
    Ok(scope.map(|scope| scope.reaches_company() && actor.contact != actor.entity))
}

/// For whom a card is entered.
#[derive(Clone, Debug)]
pub(in crate::payments) struct Holder {
    pub contact: Uuid,
    pub entity: Uuid,
    pub name: String,
    pub email: String,
}

impl Holder {
    /// Whoever is in the portal.
    pub(super) fn of(actor: &PortalActor) -> Self {
        let name = if actor.details.name.is_empty() { &actor.company } else { &actor.details.name };
        Self {
            contact: actor.contact.into(),
            entity: actor.entity.into(),
            name: name.clone(),
            email: actor.details.email.clone(),
        }
    }

    /// Whoever has a link.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for a document of nobody's.
    pub(in crate::payments) fn of_link(pass: &SharePass) -> ServiceResult<Self> {
        let document = &pass.document;
        let (contact, entity) = document.contact_id.zip(document.entity_id).ok_or(ServiceError::NotFound)?;
        Ok(Self { contact, entity, name: pass.link.recipient.clone(), email: pass.link.email.clone() })
    }
}

/// A holder as the provider knows them; made known to it where they are not.
pub(in crate::payments) async fn customer_of(cx: &Cx, holder: &Holder) -> ServiceResult<String> {
    let provider = cx.portico.card_provider().ok_or_else(unavailable)?;
    let contact = holder.contact;
    if let Some(known) = known_customer(cx, provider, contact).await? {
        return Ok(known);
    }
    let customer = NewCustomer { id: contact, name: holder.name.clone(), email: holder.email.clone() };
    let made = provider.make_customer(customer).await.map_err(super::unreachable)?;
    let row = payment_customer::ActiveModel {
        contact_id: Set(contact),
        provider: Set(provider.name().to_owned()),
        provider_ref: Set(made),
    };
    let transaction = cx.begin().await?;
    let first_stays =
        OnConflict::columns([payment_customer::Column::ContactId, payment_customer::Column::Provider])
            .do_nothing()
            .to_owned();
    payment_customer::Entity::insert(row)
        .on_conflict(first_stays)
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    known_customer(cx, provider, contact).await?.ok_or(ServiceError::NotFound)
}

/// A contact as the provider knows it.
pub(in crate::payments) async fn known_customer(
    cx: &Cx,
    provider: &dyn CardProvider,
    contact: Uuid,
) -> ServiceResult<Option<String>> {
    let key = (contact, provider.name().to_owned());
    let known = payment_customer::Entity::find_by_id(key).one(cx.db().pool()).await?;
    Ok(known.map(|known| known.provider_ref))
}

/// A saved card as its provider tells it.
pub(in crate::payments) fn card_of(method: &payment_method::Model) -> Card {
    Card {
        brand: method.brand.clone(),
        last4: method.last4.clone(),
        expires_month: u8::try_from(method.expires_month).unwrap_or(12),
        expires_year: u16::try_from(method.expires_year).unwrap_or(0),
    }
}
