//! What somebody takes along: all that the portal holds of them, as a ZIP that programs can read too.

mod person;

use domain::documents::DocumentKind;
use entities::user;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::customer::customer;
use crate::{
    Cx, ServiceError, ServiceResult,
    archive::Archive,
    audit::export_own,
    auth::require_proof,
    documents::{ExportedFile, KeptFiles, export_documents, export_messages},
    payments::export_own_payments,
    users::record,
};

/// An export under way.
pub struct DataExport {
    archive: Archive,
    contacts: Vec<Uuid>,
    step: Step,
    files: KeptFiles,
    attachments: Vec<ExportedFile>,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Person,
    Events { after: Option<Uuid> },
    Documents { kind: usize, after: Option<Uuid> },
    Files,
    Attachments,
    End,
    Ended,
}

/// Begins an export of what the portal holds of a customer: login, contact details, memberships, sessions, devices,
/// choices, what they did and what was done to them, the documents that they may see in the company that they are
/// here for, and the PDFs that those were given out, uploaded or signed as, and what they wrote and sent. No hash, no key and nothing that only staff may see is in it.
///
/// # Permissions
/// Every customer, for themselves, with a fresh proof of the password.
///
/// # Errors
/// [`ServiceError::Invalid`] for the field `password`; [`ServiceError::NotFound`] for whoever has no account of their
/// own, and for staff.
pub async fn begin_export(cx: &Cx, password: Option<&str>) -> ServiceResult<DataExport> {
    let holder = customer(cx)?;
    require_proof(cx, password).await?;
    let transaction = cx.begin().await?;
    let user = user::Entity::find_by_id(holder.id()).one(&transaction).await?;
    let user = user.ok_or(ServiceError::NotFound)?;
    record(cx, &transaction, "user.data_exported", &user, json!({})).await?;
    transaction.commit().await?;
    Ok(DataExport {
        archive: Archive::new(cx.now()),
        contacts: Vec::new(),
        step: Step::Person,
        files: KeptFiles::new(),
        attachments: Vec::new(),
    })
}

/// The next part of an export, and what is left; nothing at its end.
///
/// # Permissions
/// As [`begin_export`]; asked again for each part.
///
/// # Errors
/// As [`begin_export`], or when the database fails.
pub async fn export_part(cx: &Cx, mut export: DataExport) -> ServiceResult<Option<(Vec<u8>, DataExport)>> {
    let holder = customer(cx)?;
    let archive = &mut export.archive;
    export.step = match export.step {
        Step::Person => {
            archive.begin("read-me.txt")?;
            archive.write(&read_me(cx))?;
            archive.begin("data.json")?;
            let (facts, contacts) = person::facts(cx, &holder).await?;
            export.contacts = contacts;
            let (messages, mut attachments) = export_messages(cx, holder.id()).await?;
            attachments.reverse();
            export.attachments = attachments;
            let payments = export_own_payments(cx, holder.id(), &export.contacts).await?;
            archive.write("{\n")?;
            let messages = [("messages", Value::Array(messages))];
            for (name, value) in facts.iter().chain(&messages).chain(&payments) {
                archive.write(&format!("\"{name}\": {},\n", pretty(value)?))?;
            }
            archive.write("\"events\": [")?;
            Step::Events { after: None }
        }
        Step::Events { after } => {
            let (events, next) = export_own(cx, &export.contacts, after).await?;
            list(archive, events, after.is_none())?;
            if next.is_some() {
                Step::Events { after: next }
            } else {
                archive.write("\n],\n\"documents\": {")?;
                Step::Documents { kind: 0, after: None }
            }
        }
        Step::Documents { kind, after } => match DocumentKind::ALL.get(kind) {
            None => {
                archive.write("\n}\n}\n")?;
                Step::Files
            }
            Some(document_kind) => {
                if after.is_none() {
                    let comma = if kind == 0 { "" } else { "," };
                    archive.write(&format!("{comma}\n\"{}\": [", document_kind.plural()))?;
                }
                let (documents, next) = export_documents(cx, *document_kind, after).await?;
                let documents: Result<Vec<Value>, _> = documents.iter().map(serde_json::to_value).collect();
                let documents = documents.map_err(ServiceError::internal)?;
                list(archive, documents.into_iter().map(without_nulls).collect(), after.is_none())?;
                if next.is_some() {
                    Step::Documents { kind, after: next }
                } else {
                    archive.write("]")?;
                    Step::Documents { kind: kind + 1, after: None }
                }
            }
        },
        Step::Files => match export.files.next(cx).await? {
            Some(file) => {
                archive.add(&format!("{}/{}", file.kind.plural(), file.name), &file.bytes)?;
                Step::Files
            }
            None => Step::Attachments,
        },
        Step::Attachments => match export.attachments.pop() {
            Some(file) => {
                archive.add(&format!("messages/{}", file.name), &file.read(cx).await?)?;
                Step::Attachments
            }
            None => Step::End,
        },
        Step::End => {
            archive.finish()?;
            Step::Ended
        }
        Step::Ended => return Ok(None),
    };
    Ok(Some((export.archive.take(), export)))
}

/// What the file is called: `rivet-works-data-2026-11-25.zip`.
pub fn export_name(cx: &Cx) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let words: String = cx.config().business.chars().map(plain).collect();
    let mut words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
    words.push("data");
    format!("{}-{}.zip", words.join("-"), domain::date::to_iso(cx.today()))
}

fn read_me(cx: &Cx) -> String {
    format!(
        "What the portal of {business} holds about you, as of {when}.\r\n\r\n\
         data.json holds your login, your contact details, the companies that you have access to, the browsers in \
         which you are logged in, the mails that you chose, what you paid and with which cards, what you did and what was done to your account, and the \
         documents that you may see in the company that you were in when you made this file. Beside it are the PDFs \
         that were printed for you, uploaded for you or signed, in a folder for each kind of document, and the files that \
         you sent along with messages.\r\n\r\n\
         Amounts are in the currency's smallest unit: 1250 with USD is 12.50 dollars. Quantities are in \
         thousandths, times spent in minutes.\r\n",
        business = cx.config().business,
        when = cx.settings().zone.display(cx.now()),
    )
}

/// More items of a list that was begun.
fn list(archive: &mut Archive, items: Vec<Value>, mut is_first: bool) -> ServiceResult<()> {
    for item in items {
        archive.write(if is_first { "\n" } else { ",\n" })?;
        archive.write(&pretty(&item)?)?;
        is_first = false;
    }
    Ok(())
}

fn pretty(value: &Value) -> ServiceResult<String> {
    serde_json::to_string_pretty(value).map_err(ServiceError::internal)
}

/// What there is: fields that hold nothing, or that only staff may see, are not even named.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let told = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(told.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        other => other,
    }
}
