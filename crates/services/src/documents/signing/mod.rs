//! Accepting, signing and declining a document: once a version, with the evidence.

mod accept_document;
mod certificate;
mod decline_document;
mod get_declining;
mod get_signing;
mod open;
mod signer;
mod tell;

pub use accept_document::{accept_document, accept_shared_document};
pub use decline_document::{decline_document, decline_shared_document};
pub use get_declining::{get_declining, get_shared_declining};
pub use get_signing::{get_shared_signing, get_signing};

pub(super) use open::{answer_to, answered, is_open};
pub(super) use signer::without_names;

use domain::{access::Permission, documents::DocumentKind};

/// What somebody needs to accept or sign documents of a kind; nothing for kinds that nobody signs.
pub(super) fn to_accept(kind: DocumentKind) -> Option<Permission> {
    match kind {
        DocumentKind::Sale => Some(Permission::SalesAccept),
        DocumentKind::Signature => Some(Permission::SignaturesSign),
        _ => None,
    }
}

/// The same for declining.
pub(super) fn to_decline(kind: DocumentKind) -> Option<Permission> {
    match kind {
        DocumentKind::Sale => Some(Permission::SalesDecline),
        DocumentKind::Signature => Some(Permission::SignaturesSign),
        _ => None,
    }
}
