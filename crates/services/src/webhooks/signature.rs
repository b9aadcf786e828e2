//! Signatures by the convention of Standard Webhooks.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use rand::RngExt;
use sha2::Sha256;
use uuid::Uuid;

use crate::{
    ServiceResult,
    secrets::{Purpose, SecretKey},
};

/// How every secret begins, so that one that got lost is recognised by whoever finds it.
const PREFIX: &str = "whsec_";
/// Random bytes of a secret.
const LENGTH: usize = 32;

/// What a webhook's deliveries are signed with.
pub(super) struct Secret(Vec<u8>);

impl Secret {
    pub(super) fn random() -> Self {
        Self(rand::rng().random::<[u8; LENGTH]>().to_vec())
    }

    /// The secret as the receiver keeps it.
    pub(super) fn told(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// Sealed for the database, to be opened for the same webhook only.
    pub(super) fn seal(&self, key: &SecretKey, hook: Uuid) -> ServiceResult<String> {
        key.seal(Purpose::WebhookSecret, hook, &self.0)
    }

    /// The secret that was sealed for a webhook.
    pub(super) fn open(sealed: &str, key: &SecretKey, hook: Uuid) -> ServiceResult<Self> {
        key.open(Purpose::WebhookSecret, hook, sealed).map(Self)
    }

    /// The signature of what is sent under an id, at a second since the Unix epoch.
    pub(super) fn sign(&self, id: &str, second: i64, body: &str) -> String {
        #[allow(clippy::expect_used, reason = "HMAC takes keys of every length")]
        let mac: Hmac<Sha256> = Hmac::new_from_slice(&self.0).expect("a key");
        let signed = mac.chain_update(format!("{id}.{second}.{body}")).finalize().into_bytes();
        format!("v1,{}", STANDARD.encode(signed))
    }
}

/// Never shows the secret.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the convention's own libraries.
    #[test]
    fn signs_as_the_convention_says() {
        let secret = Secret(STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("base64"));
        assert_eq!(secret.told(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assert_eq!(
            secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn a_sealed_secret_opens_for_its_webhook() {
        let (key, hook, secret) = (SecretKey::random(), Uuid::now_v7(), Secret::random());
        let sealed = secret.seal(&key, hook).expect("seals");
        assert_eq!(Secret::open(&sealed, &key, hook).expect("opens").told(), secret.told());
        assert!(Secret::open(&sealed, &key, Uuid::now_v7()).is_err());
    }
}
