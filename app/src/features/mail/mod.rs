//! The outbox as staff see it.

mod mail_page;

pub use mail_page::MailPage;
