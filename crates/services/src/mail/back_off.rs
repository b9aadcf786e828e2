use rand::RngExt;
use time::Duration;

/// Pauses between tries; the last one repeats.
const LADDER: [Duration; 6] = [
    Duration::seconds(1),
    Duration::seconds(5),
    Duration::seconds(30),
    Duration::minutes(2),
    Duration::minutes(5),
    Duration::minutes(15),
];

/// Longest pause while the mail server is away: its return is noticed within a minute.
pub(super) const AWAY: Duration = Duration::seconds(30);

/// Longest pause otherwise.
pub(super) const LONGEST: Duration = Duration::minutes(15);

/// How long a mail is tried.
const PATIENCE: Duration = Duration::days(3);

/// The pause after so many tries, at most `limit`, spread by a fifth so that what failed together does not
/// come back together.
pub(super) fn pause(attempts: i32, limit: Duration) -> Duration {
    let step = usize::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    let pause = LADDER.get(step).copied().unwrap_or(LONGEST).min(limit);
    pause * rand::rng().random_range(0.8..=1.2)
}

/// Whether to give a mail up: after three days, but never before every pause was taken once, so that one
/// sent again late gets its tries too.
pub(super) fn is_exhausted(attempts: i32, age: Duration) -> bool {
    age >= PATIENCE && usize::try_from(attempts).unwrap_or(0) >= LADDER.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_quarter_of_an_hour() {
        for (attempts, seconds) in [(0, 1), (1, 1), (2, 5), (3, 30), (4, 120), (5, 300), (6, 900), (999, 900)]
        {
            let pause = pause(attempts, LONGEST).as_seconds_f64();
            let expected = f64::from(seconds);
            assert!((expected * 0.79..expected * 1.21).contains(&pause), "{attempts}: {pause}");
        }
        assert!(pause(999, AWAY) <= Duration::seconds(36));
    }

    #[test]
    fn gives_up_after_three_days_and_a_full_ladder() {
        assert!(!is_exhausted(400, Duration::days(2)));
        assert!(!is_exhausted(5, Duration::days(9)));
        assert!(is_exhausted(6, Duration::days(3)));
    }
}
