use domain::{
    Instant,
    documents::{Conversation, MAX_MESSAGE, Message, MessageForm},
    ids::UserId,
};
use entities::{document, message};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    audit::{self, Event},
    documents::stored::name_of,
    ids,
};

/// How many of a document's messages are shown.
const MOST: usize = 200;

/// Whose eyes a conversation is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Customer,
    Staff,
}

/// The messages on a document that the caller has looked up through the gate.
pub(super) async fn conversation(
    cx: &Cx,
    document: Uuid,
    reader: Reader,
    may_post: bool,
) -> ServiceResult<Conversation> {
    let mut query = message::Entity::find().filter(message::Column::DocumentId.eq(document));
    if reader == Reader::Customer {
        query = query.filter(message::Column::IsInternal.eq(false));
    }
    let mut found = query
        .order_by_desc(message::Column::CreatedAt)
        .order_by_desc(message::Column::Id)
        .limit(MOST as u64 + 1)
        .all(cx.db().pool())
        .await?;
    let is_cut = found.len() > MOST;
    found.truncate(MOST);
    found.reverse();
    Ok(Conversation {
        messages: found.into_iter().map(to_message).collect(),
        is_cut,
        may_post,
        key: ids::mint(cx.now()),
    })
}

fn to_message(row: message::Model) -> Message {
    Message {
        author: row.author_name,
        is_staff: row.is_staff,
        is_internal: row.is_internal,
        text: row.text,
        at: Instant::from_millis(row.created_at),
    }
}

/// Who writes, and for whom.
pub(super) struct Author {
    pub user: UserId,
    pub name: String,
    pub is_staff: bool,
    pub is_internal: bool,
}

/// What was typed, fit to be kept.
pub(super) fn checked(form: &MessageForm) -> ServiceResult<String> {
    let text = form.message.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(ServiceError::field("message", "Write a message first."));
    }
    if text.chars().count() > MAX_MESSAGE {
        return Err(ServiceError::field("message", format!("At most {MAX_MESSAGE} characters, please.")));
    }
    Ok(text.to_owned())
}

/// Writes a message; one that was written with the same key already stays as it is.
pub(super) async fn write(
    cx: &Cx,
    transaction: &impl ConnectionTrait,
    document: &document::Model,
    author: Author,
    form: &MessageForm,
) -> ServiceResult<()> {
    let text = checked(form)?;
    let id = Uuid::parse_str(&form.key).unwrap_or_else(|_no_key| ids::mint(cx.now()));
    if let Some(before) = message::Entity::find_by_id(id).one(transaction).await? {
        let is_same = before.document_id == document.id && before.author_id == Uuid::from(author.user);
        return if is_same { Ok(()) } else { Err(ServiceError::NotFound) };
    }
    let row = message::Model {
        id,
        document_id: document.id,
        author_id: author.user.into(),
        author_name: author.name,
        is_staff: author.is_staff,
        is_internal: author.is_internal,
        text,
        created_at: cx.now().millis(),
    };
    row.into_active_model().insert(transaction).await?;
    let event = Event {
        action: if author.is_internal { "document.note_written" } else { "document.message_written" },
        subject: name_of(document),
        subject_id: Some(document.id),
        // The access log that customers read tells nothing of notes among staff.
        entity_id: if author.is_internal { None } else { document.entity_id },
        data: json!({}),
    };
    audit::record(cx, transaction, event).await
}
