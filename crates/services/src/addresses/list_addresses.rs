use domain::{access::Permission, addresses::AddressBook};
use entities::contact;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::stored::{listed, to_row};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{account_holder, portal, portal_scope, portal_scope_if_any},
    places::PostalAddress,
};

/// The addresses that somebody may see.
///
/// # Permissions
/// [`Permission::AddressesView`], in its scope.
///
/// # Errors
/// When the actor lacks the permission, or the database fails.
pub async fn list_addresses(cx: &Cx) -> ServiceResult<AddressBook> {
    let scope = portal_scope(cx, Permission::AddressesView)?;
    let entity = Uuid::from(portal(cx)?.entity);
    let company =
        contact::Entity::find_by_id(entity).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    let addresses = listed(scope.addresses()).all(cx.db().pool()).await?;
    let main = PostalAddress::from(&company);
    let may_edit_main = account_holder(cx).is_ok()
        && portal_scope_if_any(cx, Permission::CompanyEdit)?.is_some_and(|scope| scope.reaches_entity());
    Ok(AddressBook {
        main: if main.is_complete() { main.lines() } else { Vec::new() },
        may_edit_main,
        addresses: addresses.iter().map(|address| to_row(address, &company.name)).collect(),
        may_edit: portal_scope_if_any(cx, Permission::AddressesEdit)?.is_some(),
        company: company.name,
    })
}
