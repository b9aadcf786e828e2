//! What a document may be tied to: contacts that words find, and projects and tasks.

use domain::{documents::DocumentKind, ids::ContactId};
use entities::{contact, document};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{ServiceResult, access::StaffPass, contacts::searched, documents::stored::name_of};

/// Contacts that a search shows.
const MOST_CONTACTS: u64 = 30;
/// Projects and tasks to choose from.
const MOST_PARENTS: u64 = 200;

/// Contacts that words find, by name.
pub(super) async fn contacts_found(
    pass: &StaffPass,
    connection: &impl ConnectionTrait,
    words: &str,
) -> ServiceResult<Vec<contact::Model>> {
    let Some(condition) = searched(connection, words).await? else { return Ok(Vec::new()) };
    let found = pass
        .contacts()
        .filter(contact::Column::ArchivedAt.is_null())
        .filter(condition)
        .order_by_asc(contact::Column::NameKey)
        .order_by_asc(contact::Column::Id)
        .limit(MOST_CONTACTS)
        .all(connection)
        .await?;
    Ok(found)
}

/// The contact of a key as it was typed.
pub(super) async fn contact_of(
    pass: &StaffPass,
    connection: &impl ConnectionTrait,
    typed: &str,
) -> ServiceResult<Option<contact::Model>> {
    let Ok(id) = typed.trim().parse::<ContactId>() else { return Ok(None) };
    Ok(pass.contact(id).one(connection).await?)
}

/// Contacts as a select shows them, each with what tells it from a namesake.
pub(super) fn options(contacts: &[contact::Model]) -> Vec<(String, String)> {
    let told = |contact: &contact::Model| {
        let more = [contact.email.trim(), contact.city.trim()].into_iter().find(|text| !text.is_empty());
        more.map_or_else(|| contact.name.clone(), |more| format!("{} ({more})", contact.name))
    };
    let none = (String::new(), "Nobody: for staff only".to_owned());
    std::iter::once(none)
        .chain(contacts.iter().map(|contact| (contact.id.to_string(), told(contact))))
        .collect()
}

/// The newest projects, and tasks for a timesheet, of a company or of all.
pub(super) async fn parents(
    pass: &StaffPass,
    connection: &impl ConnectionTrait,
    kind: DocumentKind,
    entity: Option<Uuid>,
    current: Option<Uuid>,
) -> ServiceResult<Vec<(String, String)>> {
    let kinds = parent_kinds(kind);
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let mut any = Condition::any();
    any = match entity {
        // Projects of nobody are the business's own and may hold anybody's tasks.
        Some(entity) => {
            any.add(document::Column::EntityId.eq(entity)).add(document::Column::EntityId.is_null())
        }
        None => any.add(document::Column::Id.is_not_null()),
    };
    if let Some(current) = current {
        any = any.add(document::Column::Id.eq(current));
    }
    let found = pass
        .documents()
        .filter(document::Column::Kind.is_in(kinds.iter().map(|kind| kind.code())))
        .filter(any)
        .order_by_desc(document::Column::SortedOn)
        .order_by_desc(document::Column::Id)
        .limit(MOST_PARENTS)
        .all(connection)
        .await?;
    let none = (String::new(), "None".to_owned());
    let told = |parent: &document::Model| {
        let what = if parent.kind == DocumentKind::Task.code() { "Task" } else { "Project" };
        (parent.id.to_string(), format!("{what}: {}", name_of(parent)))
    };
    Ok(std::iter::once(none).chain(found.iter().map(told)).collect())
}

/// What a kind may belong to.
pub(super) fn parent_kinds(kind: DocumentKind) -> &'static [DocumentKind] {
    match kind {
        DocumentKind::Task => &[DocumentKind::Project],
        DocumentKind::Timesheet => &[DocumentKind::Project, DocumentKind::Task],
        _ => &[],
    }
}
