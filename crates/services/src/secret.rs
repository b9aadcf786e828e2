//! Secrets in links and cookies: random, and kept as hashes only.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::RngExt;
use sha2::{Digest, Sha256};

/// A new secret of 256 random bits, fit for a URL's path.
pub(crate) fn mint() -> String {
    URL_SAFE_NO_PAD.encode(rand::rng().random::<[u8; 32]>())
}

/// The hash that is stored in place of a secret, in hex. Secrets have 128 bits or more, so a plain hash
/// is enough (ASVS 6.5.2).
pub fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
