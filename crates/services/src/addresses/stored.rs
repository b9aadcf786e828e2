//! Addresses as they are kept.

use domain::{
    addresses::{AddressKind, AddressRow},
    ids::AddressId,
};
use entities::{address, contact};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    audit::{self, Event},
    places::PostalAddress,
};

/// How many addresses a customer can have.
pub(super) const MOST: u64 = 200;

pub(super) fn to_row(address: &address::Model, company: &str) -> AddressRow {
    let name = if address.name.is_empty() { company } else { &address.name };
    AddressRow {
        id: AddressId(address.id),
        kind: AddressKind::parse(&address.kind).unwrap_or(AddressKind::Both),
        name: name.to_owned(),
        lines: PostalAddress::from(address).lines(),
        phone: address.phone.clone(),
        is_default_billing: address.is_default_billing,
        is_default_delivery: address.is_default_delivery,
    }
}

/// Those that are not removed, defaults first.
pub(super) fn listed(addresses: Select<address::Entity>) -> Select<address::Entity> {
    addresses
        .filter(address::Column::RemovedAt.is_null())
        .order_by_desc(address::Column::IsDefaultBilling)
        .order_by_desc(address::Column::IsDefaultDelivery)
        .order_by_asc(address::Column::Id)
        .limit(MOST)
}

/// The addresses of a customer for staff, of all that were ever added.
pub(crate) fn for_staff(mut addresses: Vec<address::Model>, customer: &str) -> Vec<AddressRow> {
    addresses.retain(|address| address.removed_at.is_none());
    addresses.sort_by_key(|address| (!address.is_default_billing, !address.is_default_delivery, address.id));
    addresses.iter().map(|address| to_row(address, customer)).collect()
}

/// Keeps other changes of a customer's addresses waiting until the transaction ends, and answers the customer.
pub(super) async fn lock_entity(transaction: &Transaction, entity: Uuid) -> ServiceResult<contact::Model> {
    let found = contact::Entity::find_by_id(entity).lock_exclusive().one(transaction).await?;
    found.ok_or(ServiceError::NotFound)
}

/// Makes room for new defaults of a customer.
pub(super) async fn clear_defaults(transaction: &Transaction, address: &address::Model) -> ServiceResult<()> {
    let columns = [
        (address.is_default_billing, address::Column::IsDefaultBilling),
        (address.is_default_delivery, address::Column::IsDefaultDelivery),
    ];
    for (_, column) in columns.into_iter().filter(|(is_default, _)| *is_default) {
        address::Entity::update_many()
            .col_expr(column, Expr::value(false))
            .col_expr(address::Column::Version, Expr::col(address::Column::Version).add(1))
            .filter(address::Column::EntityId.eq(address.entity_id))
            .filter(address::Column::Id.ne(address.id))
            .filter(column.eq(true))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// What an event tells of an address.
pub(super) fn told(address: &address::Model) -> Value {
    json!({
        "kind": address.kind, "name": address.name, "phone": address.phone, "street": address.street,
        "second_address_line": address.street2, "postal_code": address.zip, "city": address.city,
        "state": address.state_code, "country": address.country_code,
        "default_for_billing": address.is_default_billing, "default_for_delivery": address.is_default_delivery,
    })
}

pub(super) async fn record(
    cx: &Cx,
    transaction: &Transaction,
    action: &'static str,
    address: &address::Model,
    company: &str,
    data: Value,
) -> ServiceResult<()> {
    let event = Event {
        action,
        subject: &to_row(address, company).title(),
        subject_id: Some(address.id),
        entity_id: Some(address.entity_id),
        data,
    };
    audit::record(cx, transaction, event).await
}
