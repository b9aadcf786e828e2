use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Instant;

/// The longest message, in characters.
pub const MAX_MESSAGE: usize = 10_000;

/// What somebody wrote on a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who wrote it, as they were called then.
    pub author: String,
    /// Written by staff.
    pub is_staff: bool,
    /// For staff only.
    pub is_internal: bool,
    /// The text, as typed.
    pub text: String,
    /// When.
    pub at: Instant,
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
