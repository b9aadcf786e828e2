//! How a payment is spread over what it is for.

/// What an amount does: so much for each of the open ones, in their order, and what is left over.
///
/// The first are served first, each up to what is open on it. Amounts are in minor units of one currency; what is open may
/// have been paid otherwise meanwhile and is then zero or less.
#[must_use]
pub fn allocate(amount: i64, open: &[i64]) -> (Vec<i64>, i64) {
    let mut left = amount.max(0);
    let parts = open
        .iter()
        .map(|open| {
            let part = left.min(*open).max(0);
            // Never below zero: it is at most what is left.
            left = left.saturating_sub(part);
            part
        })
        .collect();
    (parts, left)
}

/// What goes back of each part when some of a payment is given back: first what was left over and went into the wallet,
/// then from the last part to the first. Nothing where less was paid than goes back.
#[must_use]
pub fn take_back(amount: i64, parts: &[i64], left_over: i64) -> Option<(Vec<i64>, i64)> {
    let from_rest = amount.min(left_over).max(0);
    let mut missing = amount.checked_sub(from_rest)?;
    let mut taken = vec![0; parts.len()];
    for (taken, part) in taken.iter_mut().zip(parts).rev() {
        *taken = missing.min(*part).max(0);
        missing = missing.checked_sub(*taken)?;
    }
    (missing == 0 && amount > 0).then_some((taken, from_rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_are_served_first() {
        assert_eq!(allocate(250, &[100, 100, 100]), (vec![100, 100, 50], 0));
        assert_eq!(allocate(250, &[100, -5, 100]), (vec![100, 0, 100], 50));
        assert_eq!(allocate(0, &[100]), (vec![0], 0));
        assert_eq!(allocate(-1, &[100]), (vec![0], 0));
    }

    #[test]
    fn what_was_left_over_goes_back_first() {
        assert_eq!(take_back(60, &[100, 50], 20), Some((vec![0, 40], 20)));
        assert_eq!(take_back(170, &[100, 50], 20), Some((vec![100, 50], 20)));
        assert_eq!(take_back(171, &[100, 50], 20), None);
        assert_eq!(take_back(0, &[100], 0), None);
    }

    const MOST: i64 = 1_000_000_000_000_000;

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_paid_twice(
            amount in 0..MOST,
            open in prop::collection::vec(-MOST..MOST, 0..8),
        ) {
            let (parts, left) = allocate(amount, &open);
            prop_assert_eq!(parts.iter().sum::<i64>() + left, amount);
            prop_assert!(left >= 0);
            for (part, open) in parts.iter().zip(&open) {
                prop_assert!(*part >= 0 && *part <= (*open).max(0));
            }
            // Money is left over only once all is paid.
            prop_assert!(left == 0 || parts.iter().zip(&open).all(|(part, open)| *part == (*open).max(0)));
        }

        #[test]
        fn what_goes_back_was_paid(
            amount in 1..MOST,
            back in 1..MOST,
            open in prop::collection::vec(0..MOST, 0..8),
        ) {
            let (parts, left) = allocate(amount, &open);
            match take_back(back, &parts, left) {
                None => prop_assert!(back > amount),
                Some((taken, from_rest)) => {
                    prop_assert_eq!(taken.iter().sum::<i64>() + from_rest, back);
                    prop_assert!((0..=left).contains(&from_rest));
                    for (taken, part) in taken.iter().zip(&parts) {
                        prop_assert!((0..=*part).contains(taken));
                    }
                }
            }
        }
    }
}
