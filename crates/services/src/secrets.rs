//! The installation's secret key, and the keys that are derived from it, one a purpose.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, KeyInit, Mac};
use rand::RngExt;
use sha2::Sha256;
use uuid::Uuid;

use crate::{ServiceError, ServiceResult};

/// How long the key is, in bytes.
pub const KEY_LENGTH: usize = 32;
/// Of XChaCha20-Poly1305, long enough to be random.
const NONCE_LENGTH: usize = 24;

/// The installation's secret key. Nothing uses it directly: each purpose has a key of its own, so that what
/// one of them reveals says nothing of another.
#[derive(Clone)]
pub struct SecretKey([u8; KEY_LENGTH]);

/// What a derived key is for. The words go into the keys: changing one makes all that it protects worthless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The secure links of customers.
    SecureLink,
    /// What the codes of authenticator apps are computed from.
    TwoFactorSeed,
    /// Recovery codes.
    RecoveryCode,
    /// What deliveries of webhooks are signed with.
    WebhookSecret,
}

impl Purpose {
    fn word(self) -> &'static [u8] {
        match self {
            Self::SecureLink => b"portico secure-link",
            Self::TwoFactorSeed => b"portico two-factor-seed",
            Self::RecoveryCode => b"portico recovery-code",
            Self::WebhookSecret => b"portico webhook-secret",
        }
    }
}

impl SecretKey {
    /// A new key.
    pub fn random() -> Self {
        Self(rand::rng().random())
    }

    /// The key of these bytes, which must be [`KEY_LENGTH`].
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Its bytes, to keep them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// A message authentication code under the key of a purpose, ready for its message.
    pub(crate) fn mac(&self, purpose: Purpose) -> Hmac<Sha256> {
        keyed(&self.derived(purpose))
    }

    /// The key of a purpose.
    pub(crate) fn derived(&self, purpose: Purpose) -> [u8; KEY_LENGTH] {
        keyed(&self.0).chain_update(purpose.word()).finalize().into_bytes().into()
    }

    /// A secret sealed for the database, to be opened for the same purpose and row only.
    pub(crate) fn seal(&self, purpose: Purpose, row: Uuid, secret: &[u8]) -> ServiceResult<String> {
        let nonce: [u8; NONCE_LENGTH] = rand::rng().random();
        let payload = Payload { msg: secret, aad: row.as_bytes() };
        let sealed = self.cipher(purpose).encrypt(&XNonce::from(nonce), payload).map_err(broken)?;
        Ok(STANDARD_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    /// What was sealed for a purpose and row.
    pub(crate) fn open(&self, purpose: Purpose, row: Uuid, sealed: &str) -> ServiceResult<Vec<u8>> {
        let bytes = STANDARD_NO_PAD.decode(sealed).map_err(ServiceError::internal)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LENGTH>().ok_or_else(|| broken("too short"))?;
        let payload = Payload { msg: sealed, aad: row.as_bytes() };
        self.cipher(purpose).decrypt(&XNonce::from(*nonce), payload).map_err(broken)
    }

    fn cipher(&self, purpose: Purpose) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derived(purpose).into())
    }
}

fn broken(why: impl fmt::Display) -> ServiceError {
    ServiceError::internal(anyhow::anyhow!("a secret cannot be sealed or opened: {why}"))
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    #[allow(clippy::expect_used, reason = "HMAC takes keys of every length")]
    Hmac::new_from_slice(key).expect("a key")
}

/// Never shows the key.
impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_of_one_length_and_never_shown() {
        assert!(SecretKey::from_bytes(&[7; 31]).is_none() && SecretKey::from_bytes(&[7; 33]).is_none());
        let key = SecretKey::from_bytes(&[7; 32]).expect("a key");
        assert_eq!(format!("{key:?}"), "SecretKey(…)");
        assert_ne!(SecretKey::random().as_bytes(), SecretKey::random().as_bytes());
    }

    #[test]
    fn what_is_sealed_opens_for_its_purpose_and_row_and_under_its_key_only() {
        let (key, row, purpose) = (SecretKey::random(), Uuid::now_v7(), Purpose::WebhookSecret);
        let sealed = key.seal(purpose, row, b"secret").expect("seals");
        assert_ne!(sealed, key.seal(purpose, row, b"secret").expect("seals"), "sealed anew each time");
        assert_eq!(key.open(purpose, row, &sealed).expect("opens"), b"secret");
        assert!(key.open(purpose, Uuid::now_v7(), &sealed).is_err());
        assert!(key.open(Purpose::TwoFactorSeed, row, &sealed).is_err());
        assert!(SecretKey::random().open(purpose, row, &sealed).is_err());
        assert!(key.open(purpose, row, "AAAA").is_err());
    }

    #[test]
    fn a_derived_key_is_not_the_key() {
        let key = SecretKey::from_bytes(&[7; 32]).expect("a key");
        let derived = key.mac(Purpose::SecureLink).chain_update(b"x").finalize().into_bytes();
        let direct = keyed(key.as_bytes()).chain_update(b"x").finalize().into_bytes();
        assert_ne!(derived, direct);
    }
}
