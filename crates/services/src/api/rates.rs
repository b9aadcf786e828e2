use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{Instant, ids::ApiKeyId};

/// Requests that a key may make at once.
const BURST: i64 = 120;
/// Milliseconds until it may make another.
const EACH: i64 = 100;

/// How many requests each key made lately: ten a second, and 120 at once. Kept in memory; keys are few.
#[derive(Debug, Default)]
pub struct Rates(Mutex<HashMap<ApiKeyId, Instant>>);

impl Rates {
    /// Counts a request.
    ///
    /// # Errors
    /// The seconds to wait, when there were too many.
    pub(super) fn count(&self, key: ApiKeyId, now: Instant) -> Result<(), i64> {
        let mut rates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // When the bucket will be full again: each request moves it further away.
        let full = rates.get(&key).copied().unwrap_or(now).max(now);
        let ahead = full.millis() - now.millis();
        if ahead > (BURST - 1) * EACH {
            return Err(((ahead - (BURST - 1) * EACH) / 1_000).saturating_add(1));
        }
        rates.insert(key, Instant::from_millis(full.millis() + EACH));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_free_and_then_ten_a_second() {
        let (rates, key) = (Rates::default(), ApiKeyId(uuid::Uuid::nil()));
        let now = Instant::from_millis(1_000_000);
        for _ in 0..BURST {
            assert_eq!(rates.count(key, now), Ok(()));
        }
        assert_eq!(rates.count(key, now), Err(1));
        assert_eq!(rates.count(ApiKeyId(uuid::Uuid::max()), now), Ok(()), "another key");
        let later = Instant::from_millis(1_000_000 + EACH);
        assert_eq!(rates.count(key, later), Ok(()));
        assert_eq!(rates.count(key, later), Err(1));
    }
}
