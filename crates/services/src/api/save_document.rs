use domain::{
    FieldErrors,
    api::ApiScope,
    documents::{DocumentKind, MOST_LINES, TypedDocument, TypedLine},
    form::{Control, FormField},
};
use entities::document;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Map, Value, json};

use super::{
    Saved,
    document_fields::{LINE_FIELDS, TIES, document_fields, has_tie},
    external_id,
    problem::as_pointers,
    save_contact::escaped,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::machine,
    audit::{self, Event},
    documents::{
        by_hand::{self, has_lines},
        stored::name_of,
    },
    import::machine::{MachineDocument, write_document},
};

/// Longest external id that a tie may have, in characters; longer ones are nobody's.
const MAX_TIE: usize = super::MAX_EXTERNAL_ID;

/// Creates a document, or puts what is sent in place of what the one with the external id says. It is read by the rules
/// of the form by which staff write one. A document is sent whole: what is left out is empty.
///
/// # Permissions
/// [`ApiScope::DocumentsWrite`].
///
/// # Errors
/// [`ServiceError::Invalid`] for each field that is wrong, by its JSON pointer.
pub async fn save_document(
    cx: &Cx,
    kind: DocumentKind,
    id: &str,
    sent: &Map<String, Value>,
) -> ServiceResult<Saved> {
    machine(cx, ApiScope::DocumentsWrite)?;
    let document =
        read(kind, external_id(id)?, sent, cx.settings().currency().code()).map_err(as_pointers)?;
    let transaction = cx.begin().await?;
    let saved = write_document(cx, &transaction, document).await.map_err(|error| match error {
        ServiceError::Invalid(errors) => ServiceError::Invalid(as_pointers(errors)),
        other => other,
    })?;
    let action = match saved {
        Saved::Created => Some("document.created_by_api"),
        Saved::Changed => Some("document.changed_by_api"),
        Saved::Unchanged => None,
    };
    if let Some(action) = action {
        let found = document::Entity::find()
            .filter(document::Column::Kind.eq(kind.code()))
            .filter(document::Column::ExternalId.eq(id))
            .one(&transaction)
            .await?;
        let found = found.ok_or(ServiceError::NotFound)?;
        let event = Event {
            action,
            subject: name_of(&found),
            subject_id: Some(found.id),
            entity_id: found.entity_id,
            data: json!({ "external_id": id }),
        };
        audit::record(cx, &transaction, event).await?;
    }
    transaction.commit().await?;
    Ok(saved)
}

fn read(
    kind: DocumentKind,
    id: &str,
    sent: &Map<String, Value>,
    currency: &str,
) -> Result<MachineDocument, FieldErrors> {
    let fields = document_fields(kind);
    let mut errors = FieldErrors::default();
    for name in sent.keys() {
        let is_tie = TIES.iter().any(|(tie, _)| tie == name && has_tie(kind, tie));
        let is_field = fields.iter().any(|field| field.name == *name);
        let is_lines = name == "lines" && has_lines(kind);
        if !(is_tie || is_field || is_lines) {
            let told = format!("Documents among {} have no such field. Leave it out.", kind.plural());
            errors.add(&escaped(name), told);
        }
    }
    let mut typed = TypedDocument::default();
    for field in &fields {
        let value = value_of(field, sent.get(&field.name), currency, &mut errors);
        typed.0.push((field.name.clone(), value));
    }
    if has_lines(kind) {
        lines(sent.get("lines"), &mut typed, &mut errors);
    }
    let mut tie = |name: &str| match sent.get(name).filter(|_| has_tie(kind, name)) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.is_empty() => None,
        Some(Value::String(text))
            if text.chars().count() <= MAX_TIE && !text.chars().any(char::is_control) =>
        {
            Some(text.clone())
        }
        Some(_) => {
            errors.add(name, "Send an external id, or null for none.");
            None
        }
    };
    let (contact, project, task) = (tie("contact"), tie("project"), tie("task"));
    let is_published = match sent.get("published") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(is_published)) => *is_published,
        Some(_) => {
            errors.add("published", "Send true or false.");
            false
        }
    };
    // What is no text at all was said already; what the text says is judged next.
    errors.into_result()?;
    let written = by_hand::read(kind, &typed, None, &[])?;
    Ok(MachineDocument {
        external_id: id.to_owned(),
        contact,
        project,
        task,
        is_published,
        content: written.content,
        lines: written.lines,
    })
}

/// A field's value as the form would have it.
fn value_of(field: &FormField, sent: Option<&Value>, currency: &str, errors: &mut FieldErrors) -> String {
    let text = match sent {
        None | Some(Value::Null) => String::new(),
        Some(value) => plain(value).unwrap_or_else(|| {
            errors.add(&field.name, "Send text without control characters, a number, or null for nothing.");
            String::new()
        }),
    };
    match &field.control {
        Control::Select(options) => {
            if text.is_empty() && field.name != "state" {
                return options.first().map(|(code, _)| code.clone()).unwrap_or_default();
            }
            if !options.iter().any(|(code, _)| *code == text) {
                let codes: Vec<&str> = options.iter().map(|(code, _)| code.as_str()).collect();
                errors.add(&field.name, format!("Send one of: {}.", codes.join(", ")));
            }
            text
        }
        _ if text.is_empty() && field.name == "currency" => currency.to_owned(),
        _ => text,
    }
}

/// Text, or a number as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.chars().any(|c| c.is_control() && !"\n\r\t".contains(c)) => {
            Some(text.clone())
        }
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn lines(sent: Option<&Value>, typed: &mut TypedDocument, errors: &mut FieldErrors) {
    let lines = match sent {
        None | Some(Value::Null) => return,
        Some(Value::Array(lines)) => lines,
        Some(_) => return errors.add("lines", "Send a list of lines."),
    };
    if lines.len() > MOST_LINES {
        return errors.add("lines", format!("Use at most {MOST_LINES} lines."));
    }
    for (place, line) in lines.iter().enumerate() {
        let Value::Object(line) = line else {
            errors.add(&format!("/lines/{place}"), "Send an object.");
            continue;
        };
        for name in line.keys() {
            if !LINE_FIELDS.iter().any(|(known, _)| known == name) {
                errors.add(
                    &format!("/lines/{place}{}", escaped(name)),
                    "No line has such a field. Leave it out.",
                );
            }
        }
        let before = errors.iter().count();
        for (part, _) in LINE_FIELDS {
            let value = match line.get(part) {
                None | Some(Value::Null) => String::new(),
                Some(value) => plain(value).unwrap_or_else(|| {
                    errors
                        .add(&TypedLine::field(place + 1, part), "Send text, a number, or null for nothing.");
                    String::new()
                }),
            };
            if part == "description" && value.trim().is_empty() && errors.iter().count() == before {
                errors.add(&TypedLine::field(place + 1, part), "Say what it is for.");
            }
            typed.0.push((TypedLine::field(place + 1, part), value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(kind: DocumentKind, sent: &Value) -> Vec<String> {
        let sent = sent.as_object().expect("an object");
        let errors = as_pointers(read(kind, "d1", sent, "EUR").expect_err("is refused"));
        errors.iter().map(|(field, _)| field.to_owned()).collect()
    }

    #[test]
    fn an_invoice_is_read_by_the_rules_of_the_form() {
        let sent = json!({
            "contact": "acme", "number": "INV/1", "state": "posted", "dated_on": "2026-11-22",
            "published": true, "tax": "19 %", "paid": 18.99,
            "lines": [{ "description": "Bolts", "quantity": 3, "price": "33.33" }],
        });
        let document =
            read(DocumentKind::Invoice, "d1", sent.as_object().expect("an object"), "EUR").expect("reads");
        let content = document.content;
        assert_eq!((content.total, content.residual), (Some(11_899), Some(10_000)));
        assert_eq!(content.currency.map(String::from).as_deref(), Some("EUR"));
        assert_eq!((document.contact.as_deref(), document.is_published), (Some("acme"), true));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_place() {
        assert_eq!(refused(DocumentKind::Project, &json!({ "title": "x" })), ["/state"]);
        let odd = json!({ "title": "x", "state": "open", "task": "t1", "lines": [] });
        assert_eq!(refused(DocumentKind::Project, &odd), ["/lines", "/task"]);
        let lines = json!({
            "number": "S1", "state": "draft", "published": "yes",
            "lines": [{ "description": "a", "price": 1e30 }, 5, { "prize": 1 }],
        });
        assert_eq!(
            refused(DocumentKind::Sale, &lines),
            ["/lines/1", "/lines/2/prize", "/lines/2/description", "/published"]
        );
        let price =
            json!({ "number": "S1", "state": "draft", "lines": [{ "description": "a", "price": 1e30 }] });
        assert_eq!(refused(DocumentKind::Sale, &price), ["/lines/0/price"]);
    }
}
