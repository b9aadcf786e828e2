use std::collections::HashMap;

use domain::api::ApiScope;
use entities::contact;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{StaffPass, machine},
    audit::iso,
};

/// One contact, by its external id. Two statements.
///
/// # Permissions
/// [`ApiScope::ContactsRead`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none.
pub async fn get_contact(cx: &Cx, id: &str) -> ServiceResult<Value> {
    let pass = machine(cx, ApiScope::ContactsRead)?;
    super::external_id(id).map_err(|_none_has_it| ServiceError::NotFound)?;
    let found = pass.contacts().filter(contact::Column::ExternalId.eq(id)).one(cx.db().pool()).await?;
    let found = found.ok_or(ServiceError::NotFound)?;
    let parents = external_ids(cx, &pass, found.parent_id).await?;
    Ok(told(&found, &parents))
}

/// Contacts in the order in which they came, after a cursor; with the cursor of the next page, if there is one. Those
/// that staff made have no external id. Two statements a page.
///
/// # Permissions
/// [`ApiScope::ContactsRead`].
///
/// # Errors
/// When the key lacks the scope, or the database fails.
pub async fn list_contacts(cx: &Cx, after: Option<Uuid>, limit: u64) -> ServiceResult<Value> {
    let pass = machine(cx, ApiScope::ContactsRead)?;
    let mut query = pass.contacts();
    if let Some(after) = after {
        query = query.filter(contact::Column::Id.gt(after));
    }
    let mut found = query.order_by_asc(contact::Column::Id).limit(limit + 1).all(cx.db().pool()).await?;
    let next = super::read_documents::cut(&mut found, limit, |contact| contact.id);
    let parents = external_ids(cx, &pass, found.iter().filter_map(|contact| contact.parent_id)).await?;
    let items: Vec<Value> = found.iter().map(|contact| told(contact, &parents)).collect();
    Ok(json!({ "items": items, "next": next }))
}

/// What other programs call contacts.
pub(super) async fn external_ids(
    cx: &Cx,
    pass: &StaffPass,
    ids: impl IntoIterator<Item = Uuid>,
) -> ServiceResult<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(Uuid, Option<String>)> = pass
        .contacts()
        .select_only()
        .columns([contact::Column::Id, contact::Column::ExternalId])
        .filter(contact::Column::Id.is_in(ids))
        .into_tuple()
        .all(cx.db().pool())
        .await?;
    Ok(found.into_iter().filter_map(|(id, external_id)| Some((id, external_id?))).collect())
}

fn told(contact: &contact::Model, parents: &HashMap<Uuid, String>) -> Value {
    json!({
        "id": contact.id,
        "external_id": contact.external_id,
        "name": contact.name,
        "kind": contact.kind,
        "parent": contact.parent_id.and_then(|id| parents.get(&id)),
        "email": contact.email,
        "phone": contact.phone,
        "street": contact.street,
        "street2": contact.street2,
        "zip": contact.zip,
        "city": contact.city,
        "state": contact.state_code,
        "country": contact.country_code,
        "vat": contact.vat,
        "reference": contact.reference,
        "language": contact.lang,
        "website": contact.website,
        "tags": contact.tags,
        "comment": contact.comment,
        "archived": contact.archived_at.is_some(),
        "version": contact.version,
        "updated_at": iso(contact.updated_at),
    })
}
