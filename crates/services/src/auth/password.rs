use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _, password_hash::phc::PasswordHash};
use domain::FieldErrors;
use tokio::sync::Semaphore;

use crate::{ServiceError, ServiceResult};

/// How many hashes may wait for a core before new ones are turned away.
const MAX_WAITING: usize = 200;

/// Hashes and verifies passwords with argon2id (19 MiB, 2 passes, 1 lane: OWASP's and RFC 9106's second
/// choice), on as many threads as there are cores and never on the runtime's own.
#[derive(Debug)]
pub struct PasswordHasher {
    cores: Semaphore,
    waiting: Arc<AtomicUsize>,
}

impl Default for PasswordHasher {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { cores: Semaphore::new(cores), waiting: Arc::default() }
    }
}

impl PasswordHasher {
    /// The hash of a password as a PHC string with its own salt.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when too many hashes wait.
    pub async fn hash(&self, password: &str) -> ServiceResult<String> {
        let password = password.to_owned();
        self.run(move || {
            let hash = Argon2::default().hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|error| ServiceError::internal(anyhow::anyhow!(error)))
        })
        .await?
    }

    /// Whether a password matches a stored hash. Without a hash it works as hard and answers no, so that
    /// the time taken does not tell whether an account exists (ASVS 6.3.8).
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when too many hashes wait.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> ServiceResult<bool> {
        let password = password.to_owned();
        let stored = stored.map(str::to_owned);
        self.run(move || {
            let text = stored.as_deref().unwrap_or(DUMMY);
            let matches = PasswordHash::new(text)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
            matches && stored.is_some()
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> ServiceResult<T> {
        let _place = Place::take(&self.waiting).ok_or(ServiceError::Busy)?;
        let _core = self.cores.acquire().await.map_err(ServiceError::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(ServiceError::internal)
    }
}

/// A place in the queue, given back when dropped, also when the request is gone.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(waiting: &Arc<AtomicUsize>) -> Option<Self> {
        let place = Self(Arc::clone(waiting));
        (waiting.fetch_add(1, Ordering::SeqCst) < MAX_WAITING).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The hash of nobody's password, with the parameters of all others.
const DUMMY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$cG9ydGljby1kdW1teS1zYWx0$Xh0Rk7n0n3mJ9n2gq7V0m6H3mXJk6m1zq2bq3Yk8mZs";

/// The rules for a new password: `domain`'s, and not one that is guessed quickly.
pub(crate) fn check_new_password(
    password: &str,
    repetition: &str,
    context: &[&str],
) -> Result<(), FieldErrors> {
    rate_new_password(password, repetition, context).map(|_| ())
}

/// [`check_new_password`], and how good a password it is.
pub(crate) fn rate_new_password(
    password: &str,
    repetition: &str,
    context: &[&str],
) -> Result<zxcvbn::Score, FieldErrors> {
    domain::auth::check_new_password(password, repetition, context)?;
    let score = zxcvbn::zxcvbn(password, context).score();
    if score < zxcvbn::Score::Two {
        return Err(FieldErrors::one(
            "password",
            "This password is too easy to guess: use a longer one, such as four words that do not belong together.",
        ));
    }
    Ok(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_verifies_against_its_own_hash_only() {
        let hasher = PasswordHasher::default();
        let hash = hasher.hash("tram-otter-violin").await.expect("hashes");
        assert!(hasher.verify("tram-otter-violin", Some(&hash)).await.expect("verifies"));
        assert!(!hasher.verify("tram-otter-violin ", Some(&hash)).await.expect("verifies"));
        assert!(!hasher.verify("tram-otter-violin", None).await.expect("verifies"));
    }

    #[test]
    fn the_dummy_costs_what_a_real_hash_does() {
        let dummy = PasswordHash::new(DUMMY).expect("a PHC string");
        let real = Argon2::default().hash_password(b"x").expect("hashes");
        assert_eq!(dummy.params.to_string(), real.params.to_string());
        assert_eq!(dummy.hash.map(|hash| hash.as_bytes().len()), real.hash.map(|hash| hash.as_bytes().len()));
    }

    #[test]
    fn common_passwords_are_refused() {
        for common in ["password1", "qwertyuiop", "12345678", "iloveyou1"] {
            assert!(check_new_password(common, common, &[]).is_err(), "{common}");
        }
        assert!(check_new_password("tram-otter-violin", "tram-otter-violin", &[]).is_ok());
    }
}
