use domain::{
    FieldErrors,
    access::Permission,
    addresses::{AddressForm, AddressKind},
    contacts::MAX_LINE,
    ids::AddressId,
};
use entities::address;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Unchanged, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use serde_json::json;
use uuid::Uuid;

use super::stored::{MOST, clear_defaults, lock_entity, record, told};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal, portal_scope},
    audit, ids,
    places::PostalAddress,
};

/// Adds an address, or changes one. A new one belongs to whoever adds it and to their company; sent twice, it is
/// added once.
///
/// # Permissions
/// [`Permission::AddressesEdit`], in its scope. The company's defaults are chosen by whoever reaches the company.
///
/// # Errors
/// [`ServiceError::Invalid`] with every wrong field; [`ServiceError::Stale`] when somebody else saved first;
/// [`ServiceError::NotFound`] when there is no such address within the scope.
pub async fn save_address(cx: &Cx, id: Option<AddressId>, form: &AddressForm) -> ServiceResult<AddressId> {
    let scope = portal_scope(cx, Permission::AddressesEdit)?;
    let actor = portal(cx)?;
    let transaction = cx.begin().await?;
    let (key, entity) = match id {
        Some(id) => {
            let found =
                scope.addresses().filter(address::Column::Id.eq(Uuid::from(id))).one(&transaction).await?;
            (Some(Uuid::from(id)), found.ok_or(ServiceError::NotFound)?.entity_id)
        }
        None => (Uuid::parse_str(&form.key).ok(), actor.entity.into()),
    };
    // Before anything else is read, so that of two at once the second sees what the first did.
    let company = lock_entity(&transaction, entity).await?;
    let before = match key {
        Some(key) => scope.addresses().filter(address::Column::Id.eq(key)).one(&transaction).await?,
        None => None,
    };
    let before = match (before, id) {
        (Some(before), Some(_)) if before.removed_at.is_none() => Some(before),
        (_, Some(_)) => return Err(ServiceError::NotFound),
        // The same form again: a second click, or the way back.
        (Some(added), None) => return Ok(AddressId(added.id)),
        (None, None) => None,
    };
    if before.as_ref().is_some_and(|before| before.version != form.version) {
        return Err(ServiceError::Stale);
    }
    let blank = address::Model {
        id: own_key(cx, &transaction, key).await?,
        entity_id: entity,
        contact_id: actor.contact.into(),
        kind: String::new(),
        name: String::new(),
        phone: String::new(),
        street: String::new(),
        street2: String::new(),
        zip: String::new(),
        city: String::new(),
        state_code: String::new(),
        country_code: String::new(),
        is_default_billing: false,
        is_default_delivery: false,
        removed_at: None,
        version: 0,
        created_at: cx.now().millis(),
        updated_at: 0,
    };
    let old = before.clone().unwrap_or(blank);
    let new = checked(cx, form, &old, scope.reaches_entity())?;
    if before.as_ref().is_some_and(|before| told(before) == told(&new)) {
        return Ok(AddressId(new.id));
    }
    clear_defaults(&transaction, &new).await?;
    if let Some(before) = &before {
        let mut model = new.clone().into_active_model().reset_all();
        model.id = Unchanged(new.id);
        // Whoever waited for the same row finds another version.
        let changed = address::Entity::update_many()
            .set(model)
            .filter(address::Column::Id.eq(new.id))
            .filter(address::Column::Version.eq(before.version))
            .exec(&transaction)
            .await?;
        if changed.rows_affected != 1 {
            return Err(ServiceError::Stale);
        }
        let data = audit::between(&told(before), &told(&new));
        record(cx, &transaction, "address.changed", &new, &company.name, data).await?;
    } else {
        let held = address::Entity::find()
            .filter(address::Column::EntityId.eq(entity))
            .filter(address::Column::RemovedAt.is_null())
            .count(&transaction)
            .await?;
        if held >= MOST {
            return Err(ServiceError::refused(format!("There are {MOST} addresses. Remove one first.")));
        }
        new.clone().into_active_model().insert(&transaction).await?;
        record(cx, &transaction, "address.added", &new, &company.name, json!({})).await?;
    }
    transaction.commit().await?;
    Ok(AddressId(new.id))
}

/// The key that a form came with, unless it is somebody else's address.
async fn own_key(cx: &Cx, transaction: &crate::Transaction, key: Option<Uuid>) -> ServiceResult<Uuid> {
    let Some(key) = key else { return Ok(ids::mint(cx.now())) };
    let taken = address::Entity::find_by_id(key).one(transaction).await?;
    Ok(if taken.is_some() { ids::mint(cx.now()) } else { key })
}

fn checked(
    cx: &Cx,
    form: &AddressForm,
    before: &address::Model,
    may_set_default: bool,
) -> ServiceResult<address::Model> {
    let mut errors = FieldErrors::default();
    let kind = AddressKind::parse(&form.kind);
    if kind.is_none() {
        errors.add("kind", "Choose what the address is for.");
    }
    if form.name.trim().is_empty() {
        errors.add("name", "Enter a name: who or what is at this address.");
    }
    for (field, text) in [("name", &form.name), ("phone", &form.phone)] {
        if text.chars().count() > MAX_LINE {
            errors.add(field, format!("Use at most {MAX_LINE} characters."));
        } else if text.chars().any(char::is_control) {
            errors.add(field, "Use one line of plain text.");
        }
    }
    let typed = PostalAddress {
        street: form.street.clone(),
        street2: form.street2.clone(),
        zip: form.zip.clone(),
        city: form.city.clone(),
        state: form.state.clone(),
        country: form.country.clone(),
    };
    let postal = typed.check(&before.into(), &mut errors);
    let kind = kind.unwrap_or(AddressKind::Both);
    let wanted = |text: &str, was: bool| if may_set_default { text == "true" } else { was };
    let is_default_billing = wanted(&form.default_billing, before.is_default_billing);
    let is_default_delivery = wanted(&form.default_delivery, before.is_default_delivery);
    if may_set_default && is_default_billing && !kind.is_for_billing() {
        errors.add(
            "default_billing",
            "This address is for delivery only: choose another use, or take the tick away.",
        );
    }
    if may_set_default && is_default_delivery && !kind.is_for_delivery() {
        errors.add(
            "default_delivery",
            "This address is for billing only: choose another use, or take the tick away.",
        );
    }
    errors.into_result()?;
    Ok(address::Model {
        kind: kind.code().to_owned(),
        name: form.name.trim().to_owned(),
        phone: form.phone.trim().to_owned(),
        street: postal.street,
        street2: postal.street2,
        zip: postal.zip,
        city: postal.city,
        state_code: postal.state,
        country_code: postal.country,
        is_default_billing: is_default_billing && kind.is_for_billing(),
        is_default_delivery: is_default_delivery && kind.is_for_delivery(),
        version: before.version + 1,
        updated_at: cx.now().millis(),
        ..before.clone()
    })
}
