use domain::{
    Money,
    access::Right,
    documents::{Direction, DocumentDetails, DocumentKind, TypedDocument, display_minutes},
    ids::DocumentId,
    instant::display_date,
};
use entities::{contact, document};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    choices::{contact_of, contacts_found, parent_kinds},
    get_document_form::stored_lines,
    read::{Written, read},
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::{StaffPass, staff},
    audit::{self, Event},
    documents::{
        bill_to::bill_to,
        first_views::forget_first_view,
        stored::as_stored,
        write::{Content, NewDocument, Owner, insert_as, update_documents},
    },
    ids,
};

/// Whom a document is for, and the name and address that it shows.
struct For {
    owner: Option<Owner>,
    bill_to: domain::documents::Party,
    name: String,
}

/// Makes a document, or changes one. A new one that is sent twice is made once, and is not published.
///
/// The name and address that a document was made out to stay as they were issued for as long as it is published and
/// its contact is the same; so does the company it belongs to. With another contact it is not published any more.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::Invalid`] with every wrong field; [`ServiceError::Stale`] when somebody else saved first;
/// [`ServiceError::NotFound`] when there is no such document or kind, or the actor lacks the right.
pub async fn save_document(
    cx: &Cx,
    id: Option<DocumentId>,
    kind: Option<DocumentKind>,
    typed: &TypedDocument,
) -> ServiceResult<DocumentId> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let transaction = cx.begin().await?;
    let Some(id) = id else {
        return create(cx, &pass, transaction, kind.ok_or(ServiceError::NotFound)?, typed).await;
    };
    let found = pass.document(id).lock_exclusive().one(&transaction).await?;
    let row = found.ok_or(ServiceError::NotFound)?;
    if typed.get("version") != row.version.to_string() {
        return Err(ServiceError::Stale);
    }
    let before = as_stored(&row)?;
    let lines_before = match before.content.currency {
        Some(currency) => stored_lines(&transaction, &row, currency).await?,
        None => Vec::new(),
    };
    let written = read(before.content.kind, typed, Some(&before.content), &lines_before);
    let (written, parent, whose) =
        tied(&pass, &transaction, before.content.kind, written, typed, Some((&row, &before))).await?;
    refuse_taken_number(&pass, &transaction, &written.content, Some(row.id)).await?;
    let has_new_customer = whose.owner.map(|owner| owner.contact) != row.contact_id;
    let after = NewDocument {
        sorted_on: written.content.dated_on.unwrap_or(before.sorted_on),
        owner: whose.owner,
        parent,
        // Whoever it is for from now on sees it once somebody says so.
        published_at: before.published_at.filter(|_| !has_new_customer),
        bill_to: whose.bill_to,
        lines: written.lines,
        content: written.content,
        ..before.clone()
    };
    let name_before = before.bill_to.name.clone();
    let mut data = audit::between(&told(&before.content, &name_before), &told(&after.content, &whose.name));
    if let (Some(lines), Some(object)) = (&after.lines, data.as_object_mut()) {
        object.insert("lines".to_owned(), json!(lines.len()));
    }
    let event = Event {
        action: "document.changed",
        subject: &named(&after.content),
        subject_id: Some(row.id),
        entity_id: after.owner.map(|owner| owner.entity),
        data,
    };
    audit::record(cx, &transaction, event).await?;
    let key = row.id;
    update_documents(cx, &transaction, vec![(row, after)]).await?;
    if has_new_customer {
        forget_first_view(&transaction, key).await?;
    }
    transaction.commit().await?;
    Ok(id)
}

async fn create(
    cx: &Cx,
    pass: &StaffPass,
    transaction: Transaction,
    kind: DocumentKind,
    typed: &TypedDocument,
) -> ServiceResult<DocumentId> {
    let key = Uuid::parse_str(typed.get("key")).unwrap_or_else(|_no_key| ids::mint(cx.now()));
    if pass.document(DocumentId(key)).one(&transaction).await?.is_some() {
        // The same form again: a second click, or the way back.
        return Ok(DocumentId(key));
    }
    let written = read(kind, typed, None, &[]);
    let (written, parent, whose) = tied(pass, &transaction, kind, written, typed, None).await?;
    refuse_taken_number(pass, &transaction, &written.content, None).await?;
    let document = NewDocument {
        sorted_on: written.content.dated_on.unwrap_or_else(|| cx.today()),
        owner: whose.owner,
        parent,
        published_at: None,
        bill_to: whose.bill_to,
        external_id: None,
        fingerprint: None,
        paid_here: None,
        lines: written.lines,
        content: written.content,
    };
    let event = Event {
        action: "document.created",
        subject: &named(&document.content),
        subject_id: Some(key),
        entity_id: document.owner.map(|owner| owner.entity),
        data: json!({ "kind": kind.label() }),
    };
    audit::record(cx, &transaction, event).await?;
    match insert_as(cx, &transaction, vec![(key, document)]).await {
        Ok(_) => transaction.commit().await?,
        // Two at once: the other one made it.
        Err(ServiceError::Internal { cause, .. }) if is_taken(&cause) => transaction.rollback().await?,
        Err(error) => return Err(error),
    }
    Ok(DocumentId(key))
}

/// Ties what was written to a contact and a parent. All that is wrong is told at once.
async fn tied(
    pass: &StaffPass,
    transaction: &Transaction,
    kind: DocumentKind,
    written: Result<Written, domain::FieldErrors>,
    typed: &TypedDocument,
    before: Option<(&document::Model, &NewDocument)>,
) -> ServiceResult<(Written, Option<Uuid>, For)> {
    let (mut errors, written) = match written {
        Ok(written) => (domain::FieldErrors::default(), Some(written)),
        Err(errors) => (errors, None),
    };
    let parent = match parent(pass, transaction, kind, typed).await? {
        Ok(parent) => parent,
        Err(text) => {
            errors.add("parent", text);
            None
        }
    };
    let contact = match chosen(pass, transaction, typed).await? {
        Ok(contact) => contact,
        Err((field, text)) => {
            errors.add(field, text);
            None
        }
    };
    // What belongs to a project without a customer of its own is the project's customer's.
    let contact = match (contact, &parent) {
        (None, Some(parent)) => match parent.contact_id {
            Some(id) => contact_of(pass, transaction, &id.to_string()).await?,
            None => None,
        },
        (contact, _) => contact,
    };
    errors.into_result()?;
    let written = written.ok_or(ServiceError::NotFound)?;
    let whose = whose(transaction, contact, before).await?;
    Ok((written, parent.map(|parent| parent.id), whose))
}

/// The contact that was chosen, or the only one that the words find.
async fn chosen(
    pass: &StaffPass,
    transaction: &Transaction,
    typed: &TypedDocument,
) -> ServiceResult<Result<Option<contact::Model>, (&'static str, &'static str)>> {
    let (key, words) = (typed.get("contact").trim(), typed.get("customer").trim());
    if !key.is_empty() {
        let found = contact_of(pass, transaction, key).await?;
        return Ok(found.map(Some).ok_or(("contact", "Choose a customer from the list.")));
    }
    if words.is_empty() {
        return Ok(Ok(None));
    }
    let mut found = contacts_found(pass, transaction, words).await?.into_iter();
    Ok(match (found.next(), found.next()) {
        (Some(only), None) => Ok(Some(only)),
        (None, _) => {
            Err(("customer", "Nobody in the contacts fits: use fewer words, or add the contact first."))
        }
        (Some(_), Some(_)) => {
            Err(("contact", "Several contacts fit what you looked for: choose one of them."))
        }
    })
}

/// The project or task that was chosen.
async fn parent(
    pass: &StaffPass,
    transaction: &Transaction,
    kind: DocumentKind,
    typed: &TypedDocument,
) -> ServiceResult<Result<Option<document::Model>, &'static str>> {
    let (kinds, key) = (parent_kinds(kind), typed.get("parent").trim());
    if kinds.is_empty() || key.is_empty() {
        return Ok(Ok(None));
    }
    let found = match key.parse::<DocumentId>() {
        Ok(id) => pass.document(id).one(transaction).await?,
        Err(_no_key) => None,
    };
    let fits = found.filter(|found| kinds.iter().any(|kind| kind.code() == found.kind));
    Ok(fits.map(Some).ok_or("Choose from the list."))
}

async fn whose(
    transaction: &Transaction,
    contact: Option<contact::Model>,
    before: Option<(&document::Model, &NewDocument)>,
) -> ServiceResult<For> {
    let Some(contact) = contact else {
        return Ok(For { owner: None, bill_to: Default::default(), name: String::new() });
    };
    let name = contact.name.clone();
    if let Some((row, before)) = before
        && row.contact_id == Some(contact.id)
        && row.published_at.is_some()
    {
        return Ok(For { owner: before.owner, bill_to: before.bill_to.clone(), name });
    }
    let owner = Owner { contact: contact.id, entity: contact.entity_id };
    let company = contact::Entity::find_by_id(contact.entity_id).one(transaction).await?;
    Ok(For { owner: Some(owner), bill_to: bill_to(&contact, company.as_ref()), name })
}

/// Two of the business's own documents of a kind have two numbers; vendors' bills may share one.
async fn refuse_taken_number(
    pass: &StaffPass,
    transaction: &Transaction,
    content: &Content,
    own: Option<Uuid>,
) -> ServiceResult<()> {
    let is_ours = !matches!(content.details, DocumentDetails::Invoice { direction: Direction::Payable, .. });
    if !is_ours || content.number.is_empty() {
        return Ok(());
    }
    let mut query = pass
        .documents()
        .filter(document::Column::Kind.eq(content.kind.code()))
        .filter(document::Column::Number.eq(content.number.as_str()));
    if let Some(own) = own {
        query = query.filter(document::Column::Id.ne(own));
    }
    match query.one(transaction).await? {
        Some(_) => Err(ServiceError::field("number", "Another one has this number already.")),
        None => Ok(()),
    }
}

/// What the audit trail tells of a document.
fn told(content: &Content, customer: &str) -> Value {
    let money = |minor: Option<i64>| {
        minor.zip(content.currency).map(|(minor, currency)| Money::new(minor, currency).to_string())
    };
    let minutes = match &content.details {
        DocumentDetails::Timesheet { minutes, .. } => Some(display_minutes(*minutes)),
        DocumentDetails::Task { spent_minutes, .. } => Some(display_minutes(*spent_minutes)),
        _ => None,
    };
    json!({
        "number": content.number,
        "title": content.title,
        "status": content.state.label(content.kind),
        "customer": customer,
        "date": content.dated_on.map(display_date),
        "due": content.due_on.map(display_date),
        "total": money(content.total),
        "open": money(content.residual),
        "time": minutes,
    })
}

fn named(content: &Content) -> String {
    if content.number.is_empty() { content.title.clone() } else { content.number.clone() }
}

fn is_taken(cause: &anyhow::Error) -> bool {
    cause.downcast_ref::<sea_orm::DbErr>().is_some_and(ServiceError::is_unique_violation)
}
