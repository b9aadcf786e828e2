use rand::RngExt;
use time::Duration;

/// Pauses between tries; after them all, about a day, a delivery is given up.
const LADDER: [Duration; 8] = [
    Duration::seconds(5),
    Duration::minutes(1),
    Duration::minutes(5),
    Duration::minutes(30),
    Duration::hours(2),
    Duration::hours(4),
    Duration::hours(8),
    Duration::hours(10),
];

/// The pause after so many tries, spread by a tenth so that what failed together does not come back together; none when
/// it is to be given up.
pub(super) fn pause(attempts: i32) -> Option<Duration> {
    let step = usize::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    LADDER.get(step).map(|pause| *pause * rand::rng().random_range(0.9..=1.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_up_after_about_a_day() {
        let pauses: Vec<Duration> = (1..).map_while(pause).collect();
        assert_eq!(pauses.len(), LADDER.len());
        let all: Duration = pauses.into_iter().fold(Duration::ZERO, |sum, pause| sum + pause);
        assert!((22..28).contains(&all.whole_hours()), "{all}");
    }
}
