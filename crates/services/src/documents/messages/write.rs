use domain::{
    documents::{MAX_MESSAGE, MessageForm},
    ids::{ShareLinkId, UserId},
    webhooks::WebhookEvent,
};
use entities::{document, message};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::attachments::Attached;
use crate::{
    Cx, ServiceError, ServiceResult,
    access::StaffActor,
    audit::{self, Event},
    documents::stored::name_of,
    ids,
    webhooks::announce,
};

/// By whom something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    User(UserId),
    /// Whoever has the link.
    Link(ShareLinkId),
}

impl By {
    /// The user's key and the link's.
    pub fn keys(self) -> (Option<Uuid>, Option<Uuid>) {
        match self {
            Self::User(user) => (Some(user.into()), None),
            Self::Link(link) => (None, Some(link.into())),
        }
    }
}

/// Who writes, and for whom.
pub(crate) struct Author {
    pub by: By,
    pub name: String,
    pub is_staff: bool,
    pub is_internal: bool,
}

impl Author {
    /// A staff user. Who has no name but a login speaks to customers as the business: the login is none of theirs.
    pub fn staff(cx: &Cx, actor: &StaffActor, is_internal: bool) -> Self {
        let is_nameless = actor.name.trim().is_empty() || actor.name == actor.login;
        let name =
            if is_nameless && !is_internal { cx.config().business.clone() } else { actor.name.clone() };
        Self { by: By::User(actor.user), name, is_staff: true, is_internal }
    }
}

/// What was typed, fit to be kept; without a text, something has to be sent along.
pub(crate) fn checked(form: &MessageForm, has_files: bool) -> ServiceResult<String> {
    let text = plain_text(&form.message);
    if text.is_empty() && !has_files {
        return Err(ServiceError::field("message", "Write a message first."));
    }
    if text.chars().count() > MAX_MESSAGE {
        return Err(ServiceError::field("message", format!("At most {MAX_MESSAGE} characters, please.")));
    }
    Ok(text)
}

/// A longer text as it was typed, without what cannot be seen and some databases do not take, such as NUL.
pub(crate) fn plain_text(typed: &str) -> String {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    text.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\t'), "").trim().to_owned()
}

/// Writes a message, and says so; one that was written with the same key already stays as it is.
pub(crate) async fn write(
    cx: &Cx,
    transaction: &impl ConnectionTrait,
    document: &document::Model,
    author: &Author,
    (text, key): (String, &str),
    files: &[Attached],
) -> ServiceResult<bool> {
    let id = Uuid::parse_str(key).unwrap_or_else(|_no_key| ids::mint(cx.now()));
    if let Some(before) = message::Entity::find_by_id(id).one(transaction).await? {
        let is_same =
            before.document_id == document.id && (before.author_id, before.share_link_id) == author.by.keys();
        return if is_same { Ok(false) } else { Err(ServiceError::NotFound) };
    }
    let (author_id, share_link_id) = author.by.keys();
    let row = message::Model {
        id,
        document_id: document.id,
        author_id,
        share_link_id,
        author_name: author.name.clone(),
        is_staff: author.is_staff,
        is_internal: author.is_internal,
        text,
        files: serde_json::to_value(files).map_err(ServiceError::internal)?,
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
    audit::record(cx, transaction, event).await?;
    if !author.is_internal {
        announce(cx, transaction, WebhookEvent::MessageWritten, document.into()).await?;
    }
    Ok(true)
}

/// Writes files alone, as the first message of what was described elsewhere.
pub(crate) async fn write_files(
    cx: &Cx,
    transaction: &impl ConnectionTrait,
    document: &document::Model,
    author: &Author,
    files: &[Attached],
) -> ServiceResult<()> {
    write(cx, transaction, document, author, (String::new(), ""), files).await.map(|_is_new| ())
}
