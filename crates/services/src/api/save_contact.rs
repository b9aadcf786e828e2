use domain::{FieldErrors, api::ApiScope, contacts::ContactKind, email::Email};
use entities::contact;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Map, Value, json};

use super::{
    Saved,
    contact_fields::{CONTACT_FIELDS, MAX_COMMENT, MAX_LINE},
    external_id,
    problem::as_pointers,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::machine,
    audit::{self, Event},
    import::machine::{MachineContact, write_contact},
};

/// Creates a contact, or changes the one that has the external id. What is left out stays as it is; null empties it.
///
/// # Permissions
/// [`ApiScope::ContactsWrite`].
///
/// # Errors
/// [`ServiceError::Invalid`] for each field that is wrong, by its JSON pointer.
pub async fn save_contact(cx: &Cx, id: &str, sent: &Map<String, Value>) -> ServiceResult<Saved> {
    machine(cx, ApiScope::ContactsWrite)?;
    let contact = read(external_id(id)?, sent).map_err(as_pointers)?;
    let transaction = cx.begin().await?;
    let written = write_contact(cx, &transaction, contact).await;
    let saved = written.map_err(|error| match error {
        ServiceError::Invalid(errors) => ServiceError::Invalid(as_pointers(errors)),
        other => other,
    })?;
    let action = match saved {
        Saved::Created => "contact.created",
        Saved::Changed => "contact.changed",
        Saved::Unchanged => return finish(transaction, saved).await,
    };
    let found = contact::Entity::find().filter(contact::Column::ExternalId.eq(id)).one(&transaction).await?;
    let found = found.ok_or(ServiceError::NotFound)?;
    let event = Event {
        action,
        subject: &found.name,
        subject_id: Some(found.id),
        entity_id: Some(found.entity_id),
        data: json!({ "external_id": id }),
    };
    audit::record(cx, &transaction, event).await?;
    finish(transaction, saved).await
}

async fn finish(transaction: crate::Transaction, saved: Saved) -> ServiceResult<Saved> {
    transaction.commit().await?;
    Ok(saved)
}

fn read(id: &str, sent: &Map<String, Value>) -> Result<MachineContact, FieldErrors> {
    let mut errors = FieldErrors::default();
    for name in sent.keys() {
        if !CONTACT_FIELDS.iter().any(|(known, _)| known == name) {
            errors.add(&escaped(name), "No contact has such a field. Leave it out.");
        }
    }
    let mut text = |name: &str| -> Option<String> {
        let most = if name == "comment" { MAX_COMMENT } else { MAX_LINE };
        match sent.get(name)? {
            Value::Null => Some(String::new()),
            Value::String(text) if text.chars().count() > most => {
                errors.add(name, format!("Use at most {most} characters."));
                None
            }
            Value::String(text)
                if text.chars().any(|c| c.is_control() && !(name == "comment" && "\n\t\r".contains(c))) =>
            {
                errors.add(name, "Leave control characters out.");
                None
            }
            Value::String(text) => Some(text.trim().to_owned()),
            _ => {
                errors.add(name, "Send text, or null for nothing.");
                None
            }
        }
    };
    let mut contact = MachineContact {
        external_id: id.to_owned(),
        name: text("name").unwrap_or_default(),
        kind: None,
        parent: text("parent"),
        email: text("email"),
        phone: text("phone"),
        street: text("street"),
        street2: text("street2"),
        zip: text("zip"),
        city: text("city"),
        state_code: text("state"),
        country_code: text("country").map(|code| code.to_uppercase()),
        vat: text("vat"),
        reference: text("reference"),
        lang: text("language"),
        website: text("website"),
        tags: text("tags"),
        comment: text("comment"),
    };
    let kind = text("kind");
    if contact.name.is_empty() && errors.get("name").is_none() {
        errors.add("name", "Send the name of the contact.");
    }
    if let Some(kind) = kind {
        contact.kind = ContactKind::parse(&kind);
        if contact.kind.is_none() {
            errors.add("kind", "Send company or person.");
        }
    }
    let email = contact.email.as_deref().unwrap_or_default();
    if !email.is_empty() && Email::parse(email).is_err() {
        errors.add("email", "Send one email address, such as ann@example.com.");
    }
    let country = contact.country_code.as_deref().unwrap_or_default();
    let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    if !country.is_empty() && !is_code {
        errors.add("country", "Send the two letters of the country, such as DE.");
    }
    errors.into_result()?;
    Ok(contact)
}

/// A field's name within a JSON pointer.
pub(super) fn escaped(name: &str) -> String {
    let short: String = name.chars().take(80).collect();
    format!("/{}", short.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(sent: &Value) -> Vec<String> {
        let sent = sent.as_object().expect("an object");
        let errors = as_pointers(read("c1", sent).expect_err("is refused"));
        errors.iter().map(|(field, _)| field.to_owned()).collect()
    }

    #[test]
    fn what_is_wrong_is_named_by_its_place() {
        assert_eq!(refused(&json!({})), ["/name"]);
        assert_eq!(refused(&json!({ "name": 7 })), ["/name"]);
        assert_eq!(refused(&json!({ "name": "Acme", "a/b~": 1 })), ["/a~1b~0"]);
        assert_eq!(refused(&json!({ "name": "A\u{0}" })), ["/name"]);
        let many = json!({ "name": "Ann", "kind": "robot", "email": "ann@", "country": "Germany" });
        assert_eq!(refused(&many), ["/kind", "/email", "/country"]);
    }

    #[test]
    fn what_is_left_out_stays_and_null_empties() {
        let sent = json!({ "name": " Acme ", "kind": "company", "city": null, "country": "de" });
        let contact = read("c1", sent.as_object().expect("an object")).expect("reads");
        assert_eq!((contact.name.as_str(), contact.kind), ("Acme", Some(ContactKind::Company)));
        assert_eq!((contact.city.as_deref(), contact.phone), (Some(""), None));
        assert_eq!(contact.country_code.as_deref(), Some("DE"));
    }
}
