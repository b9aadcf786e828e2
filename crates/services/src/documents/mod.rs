//! Documents: whatever a customer can look at.

mod around;
pub(crate) mod bill_to;
pub(crate) mod by_hand;
mod export_documents;
mod export_list;
mod export_papers;
mod first_views;
mod get_document;
mod history;
mod home;
pub(crate) mod lines;
mod list_choices;
mod list_documents;
pub(crate) mod may;
pub mod messages;
mod narrow;
mod origins;
pub(crate) mod paper;
mod print_statement;
pub(crate) mod read;
mod search_all;
mod search_plan;
mod search_text;
pub mod sharing;
pub(crate) mod signing;
mod sorting;
mod staff;
mod statement;
pub(crate) mod stored;
pub mod tickets;
mod transfer;

pub use by_hand::{get_document_form, has_lines, save_document};
pub use counters::{WrongCounter, check_counters};
pub use export_list::{ListExport, begin_list_export, export_list};
pub use export_papers::{PaperExport, begin_paper_export, export_paper};
pub use first_views::{FirstViews, write_first_views};
pub use get_document::{get_document, get_document_in};
pub use home::home;
pub use list_documents::list_documents;
pub use paper::{
    Enclosure, MAX_ORIGINAL, PaperFile, PrintJob, Printer, get_original, get_paper, get_shared_paper,
    get_staff_paper, remove_original, save_original,
};
pub use print_statement::print_statement;
pub use search_all::search_all;
pub use signing::{
    accept_document, accept_shared_document, decline_document, decline_shared_document, get_declining,
    get_shared_declining, get_shared_signing, get_signing,
};
pub use staff::{get_staff_document, list_staff_documents, set_published};
pub use statement::{export_statement, get_statement};

pub(crate) use export_documents::export_documents;
pub(crate) use messages::{ExportedFile, export_messages};
pub(crate) use paper::KeptFiles;
pub(crate) use sharing::ShareViews;

pub(crate) mod counters;
pub(crate) mod write;
