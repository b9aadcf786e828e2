use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::MessageId;

/// The longest message, in characters.
pub const MAX_MESSAGE: usize = 10_000;
/// Files that a message takes along.
pub const MAX_FILES: usize = 5;
/// The largest of them, in bytes.
pub const MAX_FILE: usize = 10 * 1024 * 1024;
/// Messages of a document that its page shows.
pub const MAX_SHOWN: usize = 200;

/// What somebody wrote on a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its key.
    pub id: MessageId,
    /// Who wrote it, as they were called then.
    pub author: String,
    /// Written by staff.
    pub is_staff: bool,
    /// For staff only.
    pub is_internal: bool,
    /// The text, as typed.
    pub text: String,
    /// What was sent along.
    pub files: Vec<MessageFile>,
    /// When, in words.
    pub at: String,
}

/// A file that was sent along with a message; its place in the message is its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFile {
    /// What to save it as.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// The messages on a document, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// The newest ones.
    pub messages: Vec<Message>,
    /// There are older ones, which are left out.
    pub is_cut: bool,
    /// Whether the reader may write one.
    pub may_post: bool,
    /// Whether the reader is told of new ones; nothing for whoever has no login to be told by.
    pub follows: Option<bool>,
    /// The key of the reader's next message.
    pub key: Uuid,
}

/// A message as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageForm {
    /// The text.
    #[serde(default)]
    pub message: String,
    /// The form's key: sent twice, it is written once.
    #[serde(default)]
    pub key: String,
}
