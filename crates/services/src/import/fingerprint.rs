//! What an import saw of a record, to tell the next time whether the file changed.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{ServiceError, ServiceResult};

/// Prefix of the fingerprint of a document that the export's rules publish.
const PUBLISHED: &str = "published:";

/// A contact's fingerprint: a hash of the record.
pub(super) fn of_contact(record: &impl Serialize) -> ServiceResult<String> {
    hash(record)
}

/// A document's fingerprint: a hash of the record and of what it points to, and whether the rules of the
/// export publish it. Staff may decide otherwise about the document; of this, only what the rules said is kept.
pub(super) fn of_document(record: &impl Serialize, is_published: bool) -> ServiceResult<String> {
    let hash = hash(record)?;
    Ok(if is_published { format!("{PUBLISHED}{hash}") } else { hash })
}

/// Whether the rules of the export published the document with this fingerprint.
pub(super) fn says_published(fingerprint: &str) -> bool {
    fingerprint.starts_with(PUBLISHED)
}

fn hash(record: &impl Serialize) -> ServiceResult<String> {
    let canonical = serde_json::to_vec(record).map_err(ServiceError::internal)?;
    Ok(Sha256::digest(&canonical).iter().map(|byte| format!("{byte:02x}")).collect())
}
