//! Documents on paper: what a PDF says, who may have it, and the invoice for machines within.

mod content;
mod file_name;
mod get_paper;
mod kept;
mod originals;
mod printer;
mod sheet;
mod terms;
mod ubl;

pub(super) use content::{Certificate, PaperFact, clean};
pub use get_paper::{PaperFile, get_paper, get_staff_paper};
pub(super) use kept::{Role, record_file};
pub use originals::{MAX_ORIGINAL, get_original, remove_original, save_original};
pub use printer::{Enclosure, PrintJob, Printer};
pub(super) use sheet::Sheet;
pub(super) use terms::terms_hash;

use domain::{access::Permission, documents::DocumentKind};

/// What somebody needs, besides seeing a document, to take its paper away; nothing for kinds that have none.
pub(super) fn needed(kind: DocumentKind) -> Option<Permission> {
    match kind {
        DocumentKind::Invoice => Some(Permission::InvoicesDownload),
        kind => kind.has_paper().then(|| kind.view()),
    }
}
