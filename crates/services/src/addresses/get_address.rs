use domain::{
    access::Permission,
    addresses::{AddressFormPage, AddressKind},
    form::{FormField, FormSection},
    ids::AddressId,
};
use entities::address;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::stored::to_row;
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal, portal_scope},
    ids,
    places::PostalAddress,
};

/// The form of an address, or of a new one, with the fields of a country; of the recorded one where none is named.
///
/// # Permissions
/// [`Permission::AddressesEdit`], in its scope.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such address within the scope.
pub async fn get_address(cx: &Cx, id: Option<AddressId>, country: &str) -> ServiceResult<AddressFormPage> {
    let scope = portal_scope(cx, Permission::AddressesEdit)?;
    let company = portal(cx)?.company.clone();
    let found = match id {
        None => None,
        Some(id) => {
            let found = scope
                .addresses()
                .filter(address::Column::Id.eq(Uuid::from(id)))
                .filter(address::Column::RemovedAt.is_null())
                .one(cx.db().pool())
                .await?;
            Some(found.ok_or(ServiceError::NotFound)?)
        }
    };
    let mut postal = found.as_ref().map(PostalAddress::from).unwrap_or_default();
    if !country.trim().is_empty() {
        country.trim().clone_into(&mut postal.country);
    }
    let text = |text: fn(&address::Model) -> &String| found.as_ref().map(text).cloned().unwrap_or_default();
    let kinds = AddressKind::ALL.map(|kind| (kind.code().to_owned(), kind.label().to_owned())).into();
    let kind =
        found.as_ref().map_or_else(|| AddressKind::Delivery.code().to_owned(), |found| found.kind.clone());
    let what = vec![
        FormField::select("kind", "Use it for", kind, kinds),
        FormField::text("name", "Name", text(|found| &found.name)).required(true),
        FormField::text("phone", "Phone", text(|found| &found.phone)),
    ];
    Ok(AddressFormPage {
        sections: vec![FormSection::new("Recipient", what), FormSection::new("Address", postal.fields())],
        title: found.as_ref().map(|found| to_row(found, &company).title()),
        may_set_default: scope.reaches_entity(),
        is_default_billing: found.as_ref().is_some_and(|found| found.is_default_billing),
        is_default_delivery: found.as_ref().is_some_and(|found| found.is_default_delivery),
        key: ids::mint(cx.now()).to_string(),
        version: found.map_or(0, |found| found.version),
    })
}
