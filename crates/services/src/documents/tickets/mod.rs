//! Tickets: what customers ask, and whether it still waits for somebody.

mod create_ticket;
mod set_ticket_open;
mod state;

pub use create_ticket::{create_ticket, get_new_ticket};
pub use set_ticket_open::{set_staff_ticket_open, set_ticket_open};
pub(super) use state::after_message;
