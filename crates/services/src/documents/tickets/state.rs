use domain::documents::{DocumentKind, DocumentState};
use entities::document;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{
    Cx, ServiceResult,
    audit::{self, Event},
    documents::{
        stored::{as_stored, name_of},
        write::{Content, NewDocument, update_documents},
    },
};

/// Whose turn it is after a message: staff's once a customer wrote, which opens a closed ticket again, and the customer's
/// once staff did. The row is locked.
pub(in crate::documents) async fn after_message(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    row: &document::Model,
    by_staff: bool,
) -> ServiceResult<()> {
    use DocumentState::{Closed, Open, Waiting};
    if row.kind != DocumentKind::Ticket.code() {
        return Ok(());
    }
    match (DocumentState::parse(&row.state), by_staff) {
        (Some(Closed), false) => change(cx, connection, row, Open).await,
        (Some(Waiting), false) => set(cx, connection, row, Open).await,
        (Some(Open), true) => set(cx, connection, row, Waiting).await,
        _ => Ok(()),
    }
}

/// Closes a ticket, or opens it again, and says so.
pub(super) async fn change(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    row: &document::Model,
    state: DocumentState,
) -> ServiceResult<()> {
    let is_closed = state == DocumentState::Closed;
    let event = Event {
        action: if is_closed { "document.ticket_closed" } else { "document.ticket_reopened" },
        subject: name_of(row),
        subject_id: Some(row.id),
        entity_id: row.entity_id,
        data: json!({}),
    };
    audit::record(cx, connection, event).await?;
    set(cx, connection, row, state).await
}

async fn set(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    row: &document::Model,
    state: DocumentState,
) -> ServiceResult<()> {
    let before = as_stored(row)?;
    let after = NewDocument { content: Content { state, ..before.content.clone() }, ..before };
    update_documents(cx, connection, vec![(row.clone(), after)]).await
}
