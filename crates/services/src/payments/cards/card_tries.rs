//! How often cards are entered: whoever has stolen ones must not find out here which of them work.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::Instant;
use time::Duration;
use uuid::Uuid;

/// So many cards may be entered for a contact within the time.
const MOST: usize = 30;
/// The time.
const WINDOW: Duration = Duration::hours(1);
/// Above so many contacts, those are forgotten who did not try for a while.
const MANY: usize = 10_000;

/// When cards were entered, by contact; of this process only.
#[derive(Debug, Default)]
pub(crate) struct CardTries(Mutex<HashMap<Uuid, Vec<i64>>>);

impl CardTries {
    /// Counts a try.
    ///
    /// # Errors
    /// The seconds to wait, when there were too many.
    pub(super) fn count(&self, contact: Uuid, now: Instant) -> Result<(), i64> {
        let since = now.plus(-WINDOW).millis();
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() > MANY {
            tries.retain(|_, times| times.last().is_some_and(|last| *last > since));
        }
        let times = tries.entry(contact).or_default();
        times.retain(|at| *at > since);
        if times.len() >= MOST {
            let first = times.first().copied().unwrap_or(since);
            return Err((first - since) / 1_000 + 1);
        }
        times.push(now.millis());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_many_tries_one_has_to_wait() {
        let (tries, contact) = (CardTries::default(), Uuid::from_u128(1));
        let start = Instant::from_millis(10_000_000);
        for _ in 0..MOST {
            assert_eq!(tries.count(contact, start), Ok(()));
        }
        assert_eq!(tries.count(contact, start), Err(3_601));
        assert_eq!(tries.count(Uuid::from_u128(2), start), Ok(()), "somebody else");
        assert_eq!(tries.count(contact, start.plus(Duration::minutes(61))), Ok(()));
    }
}
