use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{Instant, ids::ApiKeyId};

/// A key may make as many requests at once as in so many milliseconds.
const BURST: i64 = 12_000;

/// How many requests each key made lately. Kept in memory; keys are few.
#[derive(Debug, Default)]
pub struct Rates(Mutex<HashMap<ApiKeyId, Instant>>);

impl Rates {
    /// Counts a request, of so many a second that are free; zero for no limit.
    ///
    /// # Errors
    /// The seconds to wait, when there were too many.
    pub(super) fn count(&self, key: ApiKeyId, now: Instant, a_second: u32) -> Result<(), i64> {
        let Some(each) = 1_000_i64.checked_div(a_second.into()) else { return Ok(()) };
        let mut rates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // When the bucket will be full again: each request moves it further away.
        let full = rates.get(&key).copied().unwrap_or(now).max(now);
        let ahead = full.millis() - now.millis();
        let most = BURST - each;
        if ahead > most {
            return Err(((ahead - most) / 1_000).saturating_add(1));
        }
        rates.insert(key, Instant::from_millis(full.millis() + each));
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
        for _ in 0..120 {
            assert_eq!(rates.count(key, now, 10), Ok(()));
        }
        assert_eq!(rates.count(key, now, 10), Err(1));
        assert_eq!(rates.count(ApiKeyId(uuid::Uuid::max()), now, 10), Ok(()), "another key");
        let later = Instant::from_millis(1_000_100);
        assert_eq!(rates.count(key, later, 10), Ok(()));
        assert_eq!(rates.count(key, later, 10), Err(1));
        assert_eq!(rates.count(key, later, 0), Ok(()), "no limit");
    }
}
