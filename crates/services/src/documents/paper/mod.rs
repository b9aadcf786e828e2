//! Documents on paper: what a PDF says, who may have it, and the invoice for machines within.

mod content;
mod file_name;
mod get_paper;
mod kept;
mod kept_files;
mod originals;
mod printer;
mod sheet;
mod terms;
mod ubl;

pub(super) use content::Certificate;
pub(crate) use content::{Issuer, PaperFact, PaperParty, PaperSum, clean, issuer};
pub(crate) use file_name::file_name;
pub(crate) use get_paper::file_of;
pub use get_paper::{PaperFile, get_paper, get_shared_paper, get_staff_paper};
pub(super) use kept::{Role, record_file};
pub(crate) use kept_files::KeptFiles;
pub(crate) use originals::keep_original;
pub use originals::{MAX_ORIGINAL, get_original, remove_original, save_original};
pub use printer::{Enclosure, PrintJob, Printer};
pub(super) use sheet::Sheet;
pub(super) use terms::terms_hash;

use domain::{access::Permission, documents::DocumentKind};
use entities::document;
use sea_orm::{QueryFilter, Select};

use crate::{Cx, ServiceError, ServiceResult, access::portal_scope};

/// What somebody needs, besides seeing a document, to take its paper away; nothing for kinds that have none.
pub(super) fn needed(kind: DocumentKind) -> Option<Permission> {
    match kind {
        DocumentKind::Invoice => Some(Permission::InvoicesDownload),
        kind => kind.has_paper().then(|| kind.view()),
    }
}

/// The documents of a kind whose paper somebody in the portal may take away.
///
/// # Errors
/// [`ServiceError::NotFound`] without the permissions, or for a kind that has no paper.
pub(super) fn takable(cx: &Cx, kind: DocumentKind) -> ServiceResult<Select<document::Entity>> {
    let needed = needed(kind).ok_or(ServiceError::NotFound)?;
    let (seen, taken) = (portal_scope(cx, kind.view())?, portal_scope(cx, needed)?);
    let query = seen.documents(kind);
    Ok(if taken == seen { query } else { query.filter(taken.condition(kind)) })
}
