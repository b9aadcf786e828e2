//! The outbox as staff see it.

pub mod api;
mod mail_page;
mod mail_row;

pub use mail_page::MailPage;
