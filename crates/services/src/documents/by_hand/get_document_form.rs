use domain::{
    Currency,
    access::Right,
    documents::{DocumentFormPage, DocumentFormRequest, DocumentKind, TypedLine},
};
use entities::{document, document_line};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    choices::{contact_of, contacts_found, options, parents},
    layout::{self, Choices, has_lines},
    values::{Values, typed_line},
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{StaffPass, staff},
    documents::stored::{as_stored, name_of},
    ids,
};

/// The form of a document, or of a new one of a kind, with the contacts that its words find.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document, no kind was said, or the actor lacks the right.
pub async fn get_document_form(cx: &Cx, request: &DocumentFormRequest) -> ServiceResult<DocumentFormPage> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let row = match request.id {
        Some(id) => Some(pass.document(id).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?),
        None => None,
    };
    let before = row.as_ref().map(as_stored).transpose()?;
    let kind = before.as_ref().map(|before| before.content.kind).or(request.kind);
    let kind = kind.ok_or(ServiceError::NotFound)?;
    let (mut lines, mut counted) = (Vec::new(), 0_i64);
    if let (Some(row), Some(currency)) = (&row, before.as_ref().and_then(|before| before.content.currency)) {
        for (line, subtotal) in stored_lines(cx.db().pool(), row, currency).await? {
            counted = counted.saturating_add(subtotal);
            lines.push(line);
        }
    }
    let values = match &before {
        Some(before) => Values::of(&before.content, counted),
        None => Values::new(cx.settings().currency(), cx.today()),
    };
    let owner = row.as_ref().and_then(|row| row.contact_id).map(|id| id.to_string());
    let choices = choices(cx, &pass, request, kind, row.as_ref(), owner).await?;
    Ok(DocumentFormPage {
        kind,
        name: row.as_ref().map(|row| name_of(row).to_owned()),
        version: row.as_ref().map_or(0, |row| row.version),
        key: ids::mint(cx.now()).to_string(),
        is_imported: row.as_ref().is_some_and(|row| row.external_id.is_some()),
        head: layout::head(
            kind,
            &values,
            Choices { state: before.map(|before| before.content.state), ..choices },
        ),
        lines: has_lines(kind).then_some(lines),
        foot: layout::foot(kind, &values),
    })
}

/// The contacts and projects to choose from. Of contacts that words find, a single one is chosen.
async fn choices(
    cx: &Cx,
    pass: &StaffPass,
    request: &DocumentFormRequest,
    kind: DocumentKind,
    row: Option<&document::Model>,
    owner: Option<String>,
) -> ServiceResult<Choices> {
    let pool = cx.db().pool();
    let found = contacts_found(pass, pool, &request.customer).await?;
    let wanted = if request.contact.is_empty() { owner.unwrap_or_default() } else { request.contact.clone() };
    let current = contact_of(pass, pool, &wanted).await?;
    let chosen = match (found.as_slice(), &current) {
        ([only], _) => Some(only.clone()),
        (_, current) => current.clone(),
    };
    let mut contacts = found;
    if let Some(current) = current.filter(|current| contacts.iter().all(|contact| contact.id != current.id)) {
        contacts.insert(0, current);
    }
    let parent = row.and_then(|row| row.parent_id);
    let entity = chosen.as_ref().map(|contact| contact.entity_id);
    Ok(Choices {
        contacts: options(&contacts),
        contact: chosen.map(|contact| contact.id.to_string()).unwrap_or_default(),
        parents: parents(pass, pool, kind, entity, parent).await?,
        parent: parent.map(|parent| parent.to_string()).unwrap_or_default(),
        state: None,
    })
}

/// The lines of a document as they are typed, each with its amount.
pub(crate) async fn stored_lines(
    connection: &impl sea_orm::ConnectionTrait,
    row: &document::Model,
    currency: Currency,
) -> ServiceResult<Vec<(TypedLine, i64)>> {
    let found = document_line::Entity::find()
        .filter(document_line::Column::DocumentId.eq(row.id))
        .order_by_asc(document_line::Column::Position)
        .all(connection)
        .await?;
    Ok(found.iter().map(|line| (typed_line(line, currency), line.subtotal)).collect())
}
