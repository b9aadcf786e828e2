//! What the codes are computed from: known to the app and, sealed, to the database.

use domain::Instant;
use rand::RngExt;
use totp_rs::{Algorithm, Builder, Totp};
use uuid::Uuid;

use crate::{
    ServiceError, ServiceResult,
    secrets::{Purpose, SecretKey},
};

/// 160 bits, as RFC 4226 (section 4, R6) recommends.
const LENGTH: usize = 20;
/// Seconds of a time step, and how many digits: what authenticator apps take for granted.
const STEP_SECONDS: u64 = 30;
const DIGITS: u8 = 6;

/// A seed. It is never shown but in the moment of its enrolment.
pub(super) struct Seed([u8; LENGTH]);

impl Seed {
    pub(super) fn random() -> Self {
        Self(rand::rng().random())
    }

    /// Sealed for the database, to be opened for the same user only.
    pub(super) fn seal(&self, key: &SecretKey, user: Uuid) -> ServiceResult<String> {
        key.seal(Purpose::TwoFactorSeed, user, &self.0)
    }

    /// The seed that was sealed for a user.
    pub(super) fn open(sealed: &str, key: &SecretKey, user: Uuid) -> ServiceResult<Self> {
        let opened = key.open(Purpose::TwoFactorSeed, user, sealed)?;
        let other = |_bytes| ServiceError::internal(anyhow::anyhow!("a seed of another length"));
        opened.try_into().map(Self).map_err(other)
    }

    /// The time step whose code this is, of the one that runs and the one before it: a code works from the moment it
    /// appears until 30 seconds after the app has moved on, and never before its time.
    pub(super) fn step_of(&self, code: &str, now: Instant) -> Option<i64> {
        let totp = self.totp("", "").ok()?;
        let seconds = u64::try_from(now.millis() / 1_000).ok()?;
        let steps = [seconds, seconds.checked_sub(STEP_SECONDS)?];
        let found = steps.into_iter().find_map(|seconds| totp.check(code, seconds))?;
        i64::try_from(found).ok()
    }

    /// The address behind the QR code.
    pub(super) fn uri(&self, business: &str, login: &str) -> ServiceResult<String> {
        self.totp(business, login)?.to_url().map_err(ServiceError::internal)
    }

    /// The key to type where no camera is, in groups of four.
    pub(super) fn key(&self) -> ServiceResult<String> {
        let key = self.totp("", "")?.secret().to_base32();
        let letters: Vec<char> = key.chars().collect();
        Ok(letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" "))
    }

    fn totp(&self, business: &str, login: &str) -> ServiceResult<Totp> {
        // Neither may hold the character between them.
        let plain = |text: &str| text.replace(':', " ").trim().to_owned();
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_step_duration(STEP_SECONDS)
            .with_skew(0)
            .with_secret(self.0)
            .with_issuer(Some(plain(business)).filter(|business| !business.is_empty()))
            .with_account_name(plain(login))
            .build()
            .map_err(ServiceError::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the last six of the eight digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let seed = Seed(*b"12345678901234567890");
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = Instant::from_millis(seconds * 1_000);
            assert_eq!(seed.step_of(code, now), Some(seconds / 30), "{code}");
        }
    }

    /// From the second in which its step begins to the last one of the step after it, and not one more.
    #[test]
    fn a_code_works_for_its_step_and_the_next() {
        let seed = Seed::random();
        let begins = 1_800_000_000_i64;
        let totp = seed.totp("", "").expect("builds");
        let code = totp.generate(begins.unsigned_abs()).to_string();
        let works: Vec<i64> = (-120..=120)
            .filter(|second| seed.step_of(&code, Instant::from_millis((begins + second) * 1_000)).is_some())
            .collect();
        assert_eq!(works, (0..60).collect::<Vec<i64>>());
    }

    #[test]
    fn a_sealed_seed_opens_for_its_user_and_under_its_key_only() {
        let (key, user) = (SecretKey::random(), Uuid::now_v7());
        let seed = Seed::random();
        let sealed = seed.seal(&key, user).expect("seals");
        assert_ne!(sealed, seed.seal(&key, user).expect("seals"), "sealed anew each time");
        assert_eq!(Seed::open(&sealed, &key, user).expect("opens").0, seed.0);
        assert!(Seed::open(&sealed, &key, Uuid::now_v7()).is_err());
        assert!(Seed::open(&sealed, &SecretKey::random(), user).is_err());
        assert!(Seed::open("AAAA", &key, user).is_err());
    }

    #[test]
    fn the_address_names_business_and_login_and_the_key_is_grouped() {
        let seed = Seed(*b"12345678901234567890");
        let uri = seed.uri("Rivet: & Söhne", "ann@acme.example").expect("an address");
        assert!(uri.starts_with("otpauth://totp/Rivet"), "{uri}");
        assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") && uri.contains("issuer="), "{uri}");
        assert_eq!(seed.key().expect("a key"), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
