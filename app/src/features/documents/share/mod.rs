//! Share links: making and ending them, and the page of the one document that a link opens.

mod links_page;
mod links_table;
mod shared_page;
mod shared_pay;
mod shared_shell;

pub use links_page::{MadeShareLink, ShareLinksPage};
pub use shared_page::{DeadSharePage, SharedDeclinePage, SharedDocumentPage, SharedSignPage};
pub use shared_pay::{SharedPayPage, SharedPaymentPage};
