use domain::{
    FieldErrors,
    access::Permission,
    documents::{DocumentDetails, DocumentKind, DocumentState, MAX_MESSAGE, MAX_SUBJECT, TicketForm},
    ids::DocumentId,
    webhooks::WebhookEvent,
};
use entities::{contact, document, number_sequence};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{PortalActor, portal, portal_scope},
    audit::{self, Event},
    documents::{
        bill_to::bill_to,
        messages::{
            Audience, Author, By, Said, Upload, begin_to_follow, keep, plain_text, tell_followers,
            write_files,
        },
        write::{Content, NewDocument, Owner, insert_as},
    },
    ids,
    mail::Happening,
    webhooks::announce,
};

/// The key of a ticket to be.
///
/// # Permissions
/// `tickets.create`, and a login of one's own.
///
/// # Errors
/// [`ServiceError::NotFound`] without the permission.
pub fn get_new_ticket(cx: &Cx) -> ServiceResult<DocumentId> {
    creator(cx)?;
    Ok(DocumentId(ids::mint(cx.now())))
}

/// Opens a ticket, with files; sent twice, it is one. Its author follows it; staff are told.
///
/// # Permissions
/// As [`get_new_ticket`].
///
/// # Errors
/// [`ServiceError::Invalid`] with every wrong field; [`ServiceError::NotFound`] without the permission.
pub async fn create_ticket(cx: &Cx, form: &TicketForm, uploads: Vec<Upload>) -> ServiceResult<DocumentId> {
    let actor = creator(cx)?;
    let user = actor.user.ok_or(ServiceError::NotFound)?;
    let (subject, description) = checked(form)?;
    let files = keep(cx, uploads).await?;
    let key = Uuid::parse_str(&form.key).unwrap_or_else(|_no_key| ids::mint(cx.now()));
    let transaction = cx.begin().await?;
    // First, since it lets one in at a time: of two clicks the second finds the first's ticket, and gives the number back.
    let number = next_number(&transaction).await?;
    if let Some(before) = document::Entity::find_by_id(key).one(&transaction).await? {
        // The same form again: a second click, or the way back.
        let is_theirs =
            before.kind == DocumentKind::Ticket.code() && before.contact_id == Some(actor.contact.into());
        return if is_theirs { Ok(DocumentId(key)) } else { Err(ServiceError::NotFound) };
    }
    let contacts: Vec<contact::Model> = contact::Entity::find()
        .filter(contact::Column::Id.is_in([Uuid::from(actor.contact), Uuid::from(actor.entity)]))
        .all(&transaction)
        .await?;
    let of = |id: Uuid| contacts.iter().find(|contact| contact.id == id);
    let contact = of(actor.contact.into()).ok_or(ServiceError::NotFound)?;
    let content = Content {
        kind: DocumentKind::Ticket,
        number: number.clone(),
        title: subject,
        state: DocumentState::Open,
        dated_on: Some(cx.today()),
        due_on: None,
        currency: None,
        untaxed: None,
        tax: None,
        total: None,
        residual: None,
        details: DocumentDetails::Ticket { priority: String::new(), description: description.clone() },
    };
    let ticket = NewDocument {
        content,
        owner: Some(Owner { contact: actor.contact.into(), entity: actor.entity.into() }),
        parent: None,
        sorted_on: cx.today(),
        published_at: Some(cx.now()),
        bill_to: bill_to(contact, of(actor.entity.into())),
        external_id: None,
        fingerprint: None,
        paid_here: None,
        lines: None,
    };
    insert_as(cx, &transaction, vec![(key, ticket)]).await?;
    let event = Event {
        action: "document.ticket_opened",
        subject: &number,
        subject_id: Some(key),
        entity_id: Some(actor.entity.into()),
        data: json!({}),
    };
    audit::record(cx, &transaction, event).await?;
    let found = document::Entity::find_by_id(key).one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    announce(cx, &transaction, WebhookEvent::TicketCreated, (&found).into()).await?;
    let author =
        Author { by: By::User(user), name: actor.details.name.clone(), is_staff: false, is_internal: false };
    if !files.is_empty() {
        write_files(cx, &transaction, &found, &author, &files).await?;
    }
    begin_to_follow(cx, &transaction, key, user, actor.membership).await?;
    let said = Said {
        document: &found,
        kind: DocumentKind::Ticket,
        what: Happening::NewTicket,
        author: &author,
        text: &description,
        files: &files,
        audience: &Audience::default(),
    };
    tell_followers(cx, &transaction, &said).await?;
    transaction.commit().await?;
    cx.portico.ring();
    Ok(DocumentId(key))
}

fn creator(cx: &Cx) -> ServiceResult<&PortalActor> {
    portal_scope(cx, Permission::TicketsCreate)?;
    let actor = portal(cx)?;
    actor.user.filter(|_| !actor.is_view_as()).ok_or(ServiceError::NotFound)?;
    Ok(actor)
}

fn checked(form: &TicketForm) -> ServiceResult<(String, String)> {
    let words = form.subject.split(|c: char| c.is_whitespace() || c.is_control());
    let subject = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let description = plain_text(&form.description);
    let mut errors = FieldErrors::default();
    if subject.is_empty() {
        errors.add("subject", "Say in a few words what it is about.");
    } else if subject.chars().count() > MAX_SUBJECT {
        errors.add("subject", format!("At most {MAX_SUBJECT} characters, please. The rest fits below."));
    }
    if description.is_empty() {
        errors.add("description", "Describe what you need, or what happened.");
    } else if description.chars().count() > MAX_MESSAGE {
        errors.add("description", format!("At most {MAX_MESSAGE} characters, please."));
    }
    errors.into_result()?;
    Ok((subject, description))
}

/// The next number that no ticket has: `T00042`. The row is locked until the transaction ends.
async fn next_number(transaction: &impl ConnectionTrait) -> ServiceResult<String> {
    use number_sequence::{Column, Entity};
    loop {
        let next = Expr::col(Column::Last).add(1);
        let is_ticket = Column::Name.eq(DocumentKind::Ticket.code());
        Entity::update_many().col_expr(Column::Last, next).filter(is_ticket).exec(transaction).await?;
        let row = Entity::find_by_id(DocumentKind::Ticket.code()).one(transaction).await?;
        let last = row.map(|row| row.last).ok_or(ServiceError::NotFound)?;
        let number = format!("T{last:05}");
        // Imported tickets have their own.
        let taken = document::Entity::find()
            .filter(document::Column::Kind.eq(DocumentKind::Ticket.code()))
            .filter(document::Column::Number.eq(number.as_str()));
        if taken.one(transaction).await?.is_none() {
            return Ok(number);
        }
    }
}
