use serde::{Deserialize, Serialize};

/// The longest subject of a ticket, in characters.
pub const MAX_SUBJECT: usize = 200;

/// A new ticket as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketForm {
    /// What it is about, in a line.
    pub subject: String,
    /// What happened, or what is asked.
    pub description: String,
    /// The form's key: sent twice, it is one ticket.
    pub key: String,
}
