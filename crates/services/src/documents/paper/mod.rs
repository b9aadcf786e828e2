//! Documents on paper: what a PDF says, who may have it, and the invoice for machines within.

mod content;
mod file_name;
mod get_paper;
mod printer;
mod ubl;

pub use get_paper::{PaperFile, get_paper};
pub use printer::{Enclosure, PrintJob, Printer};

use domain::{access::Permission, documents::DocumentKind};

/// What somebody needs, besides seeing a document, to take its paper away; nothing for kinds that have none.
pub(super) fn needed(kind: DocumentKind) -> Option<Permission> {
    match kind {
        DocumentKind::Invoice => Some(Permission::InvoicesDownload),
        DocumentKind::Sale | DocumentKind::Purchase | DocumentKind::Signature => Some(kind.view()),
        DocumentKind::Lead
        | DocumentKind::Project
        | DocumentKind::Task
        | DocumentKind::Timesheet
        | DocumentKind::Ticket
        | DocumentKind::Subscription => None,
    }
}
