//! Messages as parts of the one statement that reads what is around a document.

use domain::{
    documents::{Conversation, MAX_SHOWN, Message, MessageFile},
    ids::MessageId,
};
use entities::{follow, message};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde_json::Value as Json;
use uuid::Uuid;

use super::attachments::Attached;
use crate::{
    Cx,
    documents::around::{begin, missing},
    ids,
};

/// Whose eyes a conversation is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::documents) enum Reader {
    Customer,
    Staff,
}

/// The newest messages of a document that the caller has looked up through the gate.
pub(in crate::documents) fn message_part(document: Uuid, reader: Reader) -> SelectStatement {
    let mut query = message::Entity::find().filter(message::Column::DocumentId.eq(document));
    if reader == Reader::Customer {
        query = query.filter(message::Column::IsInternal.eq(false));
    }
    let newest = query
        .order_by_desc(message::Column::CreatedAt)
        .order_by_desc(message::Column::Id)
        .limit(u64::try_from(MAX_SHOWN).unwrap_or(u64::MAX) + 1)
        .into_query();
    let mut part = begin("message");
    part.column("id")
        .expr_as(
            Expr::cust("CASE WHEN is_internal THEN 'note' WHEN is_staff THEN 'staff' ELSE 'customer' END"),
            "kind",
        )
        .expr_as(Expr::cust("author_name"), "number")
        .expr_as(Expr::cust("text"), "title")
        .expr_as(missing("text"), "state")
        .expr_as(Expr::cust("files"), "details")
        .expr_as(missing("integer"), "position")
        .expr_as(Expr::cust("created_at"), "quantity");
    for column in ["unit_price", "discount", "subtotal"] {
        part.expr_as(missing("bigint"), column);
    }
    part.from_subquery(newest, "part").take()
}

/// Whether somebody follows a document.
pub(in crate::documents) fn follow_part(document: Uuid, user: Uuid) -> SelectStatement {
    let theirs = follow::Entity::find()
        .filter(follow::Column::DocumentId.eq(document))
        .filter(follow::Column::UserId.eq(user))
        .into_query();
    let mut part = begin("follow");
    part.expr_as(Expr::cust("user_id"), "id");
    for column in ["kind", "number", "title", "state"] {
        part.expr_as(missing("text"), column);
    }
    part.expr_as(missing("json"), "details").expr_as(missing("integer"), "position");
    for column in ["quantity", "unit_price", "discount", "subtotal"] {
        part.expr_as(missing("bigint"), column);
    }
    part.from_subquery(theirs, "part").take()
}

/// A message as it was read.
pub(in crate::documents) struct Found {
    pub id: Uuid,
    /// `customer`, `staff` or `note`.
    pub by: String,
    pub author: String,
    pub text: String,
    pub files: Json,
    pub at: i64,
}

impl From<message::Model> for Found {
    fn from(message: message::Model) -> Self {
        let by = match (message.is_internal, message.is_staff) {
            (true, _) => "note",
            (false, true) => "staff",
            (false, false) => "customer",
        };
        Self {
            id: message.id,
            by: by.to_owned(),
            author: message.author_name,
            text: message.text,
            files: message.files,
            at: message.created_at,
        }
    }
}

/// Puts a conversation together.
pub(in crate::documents) fn conversation(
    cx: &Cx,
    mut found: Vec<Found>,
    may_post: bool,
    follows: Option<bool>,
) -> Conversation {
    found.sort_unstable_by_key(|message| (message.at, message.id));
    let too_many = found.len().saturating_sub(MAX_SHOWN);
    let is_cut = too_many > 0;
    let messages = found.into_iter().skip(too_many).map(|found| to_message(cx, found)).collect();
    Conversation { messages, is_cut, may_post, follows, key: ids::mint(cx.now()) }
}

fn to_message(cx: &Cx, found: Found) -> Message {
    let files: Vec<Attached> = serde_json::from_value(found.files).unwrap_or_default();
    Message {
        id: MessageId(found.id),
        author: found.author,
        is_staff: found.by != "customer",
        is_internal: found.by == "note",
        text: found.text,
        files: files.into_iter().map(|file| MessageFile { name: file.name, size: file.size }).collect(),
        at: cx.settings().zone.display(domain::Instant::from_millis(found.at)),
    }
}
