use domain::{
    FieldErrors,
    access::Right,
    contacts::{ContactForm, ContactKind},
    email,
    ids::ContactId,
};
use entities::contact;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Unchanged, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde_json::json;
use uuid::Uuid;

use super::{commercial_entity::pass_down, search_text};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::{end_memberships_of_contact, staff},
    audit::{self, Event},
    ids,
};

/// Makes a contact, or changes one.
///
/// A person that moves to another company loses its memberships; its documents stay with the company they
/// were issued to.
///
/// # Permissions
/// [`Right::EditContacts`].
///
/// # Errors
/// [`ServiceError::Invalid`] with the wrong fields; [`ServiceError::Stale`] when somebody else saved first.
pub async fn save_contact(cx: &Cx, id: Option<ContactId>, form: &ContactForm) -> ServiceResult<ContactId> {
    let pass = staff(cx, Right::EditContacts)?;
    let kind = form.check()?;
    let transaction = cx.begin().await?;
    let before = match id {
        Some(id) => Some(pass.contact(id).one(&transaction).await?.ok_or(ServiceError::NotFound)?),
        None => None,
    };
    if before.as_ref().is_some_and(|before| before.version != form.version) {
        return Err(ServiceError::Stale);
    }
    let own_id = before.as_ref().map_or_else(|| ids::mint(cx.now()), |before| before.id);
    let parent = parent_of(&transaction, form, own_id).await?;
    if kind == ContactKind::Person && before.as_ref().is_some_and(|before| before.kind == "company") {
        refuse_with_people(&transaction, own_id).await?;
    }
    let entity_id = match (&parent, kind) {
        (Some(parent), ContactKind::Person) => parent.entity_id,
        _ => own_id,
    };
    let after = row(cx, own_id, form, kind, parent.as_ref(), entity_id, before.as_ref());
    match &before {
        None => {
            contact::Entity::insert(after.clone().into_active_model())
                .exec_without_returning(&transaction)
                .await?;
        }
        Some(before) => {
            if before.entity_id != after.entity_id {
                end_memberships_of_contact(cx, &transaction, before, "access.ended_by_move").await?;
            }
            let mut model = after.clone().into_active_model().reset_all();
            model.id = Unchanged(own_id);
            model.update(&transaction).await?;
            if before.entity_id != after.entity_id {
                for below in pass_down(&transaction, std::slice::from_ref(&after)).await? {
                    end_memberships_of_contact(cx, &transaction, &below, "access.ended_by_move").await?;
                }
            }
        }
    }
    let company = parent.as_ref().map(|parent| parent.name.as_str());
    let data = match &before {
        None => json!({}),
        Some(before) => {
            let above = company_name(&transaction, before, parent.as_ref()).await?;
            audit::between(&told(before, above.as_deref()), &told(&after, company))
        }
    };
    let event = Event {
        action: if before.is_some() { "contact.changed" } else { "contact.created" },
        subject: &after.name,
        subject_id: Some(own_id),
        entity_id: Some(entity_id),
        data,
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(ContactId(own_id))
}

/// Adds a person under a company, in the caller's transaction.
pub(crate) async fn insert_person(
    cx: &Cx,
    transaction: &Transaction,
    company: &contact::Model,
    name: &str,
    email: &str,
) -> ServiceResult<contact::Model> {
    let form = ContactForm {
        name: name.to_owned(),
        kind: ContactKind::Person.code().to_owned(),
        email: email.to_owned(),
        ..ContactForm::default()
    };
    form.check()?;
    let id = ids::mint(cx.now());
    let person = row(cx, id, &form, ContactKind::Person, Some(company), company.entity_id, None);
    contact::Entity::insert(person.clone().into_active_model()).exec_without_returning(transaction).await?;
    let event = Event {
        action: "contact.created",
        subject: &person.name,
        subject_id: Some(id),
        entity_id: Some(company.entity_id),
        data: json!({}),
    };
    audit::record(cx, transaction, event).await?;
    Ok(person)
}

async fn parent_of(
    transaction: &Transaction,
    form: &ContactForm,
    own_id: Uuid,
) -> ServiceResult<Option<contact::Model>> {
    if form.parent.trim().is_empty() {
        return Ok(None);
    }
    let refuse = |text: &str| ServiceError::Invalid(FieldErrors::one("parent", text));
    let id: ContactId =
        form.parent.parse().map_err(|_not_a_key| refuse("Choose a company from the list."))?;
    let parent = contact::Entity::find_by_id(Uuid::from(id)).one(transaction).await?;
    let parent = parent.ok_or_else(|| refuse("Choose a company from the list."))?;
    if parent.kind != "company" {
        return Err(refuse("Only a company can have people under it."));
    }
    let mut above = Some(parent.id);
    while let Some(id) = above {
        if id == own_id {
            return Err(refuse("A contact cannot hang under itself."));
        }
        above = contact::Entity::find_by_id(id).one(transaction).await?.and_then(|contact| contact.parent_id);
    }
    Ok(Some(parent))
}

async fn refuse_with_people(transaction: &Transaction, id: Uuid) -> ServiceResult<()> {
    let below = contact::Entity::find().filter(contact::Column::ParentId.eq(id)).one(transaction).await?;
    match below {
        Some(_) => Err(ServiceError::field("kind", "Has people under it: move them first.")),
        None => Ok(()),
    }
}

fn row(
    cx: &Cx,
    id: Uuid,
    form: &ContactForm,
    kind: ContactKind,
    parent: Option<&contact::Model>,
    entity_id: Uuid,
    before: Option<&contact::Model>,
) -> contact::Model {
    let line = |text: &str| text.trim().to_owned();
    let now = cx.now().millis();
    let mut row = contact::Model {
        id,
        kind: kind.code().to_owned(),
        parent_id: parent.map(|parent| parent.id),
        entity_id,
        name: line(&form.name),
        name_key: line(&form.name).to_lowercase(),
        email: line(&form.email),
        email_key: email::normalise(&form.email),
        phone: line(&form.phone),
        street: line(&form.street),
        street2: line(&form.street2),
        zip: line(&form.zip),
        city: line(&form.city),
        state_code: line(&form.state),
        country_code: line(&form.country).to_uppercase(),
        vat: line(&form.vat),
        reference: line(&form.reference),
        lang: before.map(|before| before.lang.clone()).unwrap_or_default(),
        time_zone: before.map(|before| before.time_zone.clone()).unwrap_or_default(),
        website: line(&form.website),
        comment: form.comment.trim().to_owned(),
        tags: before.map(|before| before.tags.clone()).unwrap_or_default(),
        search: String::new(),
        external_id: before.and_then(|before| before.external_id.clone()),
        fingerprint: before.and_then(|before| before.fingerprint.clone()),
        archived_at: before.and_then(|before| before.archived_at),
        link_generation: before.map_or(0, |before| before.link_generation),
        link_is_off: before.is_some_and(|before| before.link_is_off),
        version: before.map_or(1, |before| before.version + 1),
        created_at: before.map_or(now, |before| before.created_at),
        updated_at: now,
    };
    row.search = search_text::of(&row);
    row
}

/// What an event tells of a contact.
pub(crate) fn told(contact: &contact::Model, company: Option<&str>) -> serde_json::Value {
    json!({
        "name": contact.name, "kind": contact.kind, "company": company, "email": contact.email,
        "phone": contact.phone, "street": contact.street, "second_address_line": contact.street2,
        "postal_code": contact.zip, "city": contact.city, "state": contact.state_code,
        "country": contact.country_code, "vat": contact.vat, "reference": contact.reference,
        "website": contact.website, "comment": contact.comment, "lang": contact.lang,
        "time_zone": contact.time_zone,
    })
}

/// The name of the company above a contact, for the audit trail.
async fn company_name(
    transaction: &Transaction,
    contact: &contact::Model,
    parent: Option<&contact::Model>,
) -> ServiceResult<Option<String>> {
    match contact.parent_id {
        None => Ok(None),
        Some(id) if parent.is_some_and(|parent| parent.id == id) => {
            Ok(parent.map(|parent| parent.name.clone()))
        }
        Some(id) => {
            let above = contact::Entity::find_by_id(id).one(transaction).await?;
            Ok(above.map(|above| above.name))
        }
    }
}
