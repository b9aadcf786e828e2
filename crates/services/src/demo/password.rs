//! The demo's password: given, or made of words that can be read out.

use rand::{RngExt, seq::IndexedRandom};

use super::{CUSTOMER_LOGIN, STAFF_LOGIN, records::CUSTOMER_COMPANY};
use crate::{Cx, ServiceError, ServiceResult, auth::check_new_password};

/// Words of a password.
const LENGTH: usize = 4;
/// Tries to find one without the business's name in it.
const TRIES: usize = 100;

/// A new password of four words and a number, which keeps the rules for both logins.
pub(super) fn fresh(cx: &Cx) -> ServiceResult<String> {
    let context = [STAFF_LOGIN, CUSTOMER_LOGIN, CUSTOMER_COMPANY, cx.config().business.as_str()];
    let mut tries = std::iter::repeat_with(draw).take(TRIES);
    let found = tries.find(|password| check_new_password(password, password, &context).is_ok());
    found.ok_or_else(|| ServiceError::internal(anyhow::anyhow!("no demo password keeps the rules")))
}

/// Whether a wanted password will do. The login may be part of it: whoever sets a password for a demo chose one
/// to be passed on.
pub(super) fn check(wanted: &str) -> ServiceResult<()> {
    Ok(check_new_password(wanted, wanted, &[])?)
}

fn draw() -> String {
    let mut random = rand::rng();
    let words: Vec<&str> = WORDS.sample(&mut random, LENGTH).copied().collect();
    format!("{}-{}", words.join("-"), random.random_range(10..100))
}

/// Short, told apart by ear, and none that could be a customer's name.
#[rustfmt::skip]
const WORDS: [&str; 128] = [
    "acorn", "almond", "anchor", "apron", "arrow", "autumn", "badger", "bamboo", "barley", "basket", "beacon",
    "bicycle", "biscuit", "blanket", "bonfire", "bottle", "bramble", "breeze", "bucket", "butter", "button",
    "candle", "canoe", "carpet", "carrot", "cedar", "cherry", "chimney", "clover", "cobalt", "comet", "copper",
    "coral", "cotton", "cricket", "crystal", "curtain", "dolphin", "donkey", "dragon", "drizzle", "eagle",
    "easel", "ember", "engine", "falcon", "feather", "fiddle", "flannel", "forest", "fossil", "fountain",
    "galaxy", "garlic", "ginger", "glacier", "goblet", "gravel", "guitar", "hammer", "hazel", "helmet", "hockey",
    "honey", "iceberg", "island", "ivory", "jacket", "jigsaw", "jungle", "kettle", "kitten", "ladder", "lantern",
    "lemon", "lizard", "lobster", "magnet", "mango", "maple", "marble", "meadow", "melon", "mirror", "muffin",
    "needle", "nettle", "nutmeg", "ocean", "olive", "onion", "orchid", "otter", "oyster", "paddle", "panda",
    "parrot", "pebble", "pepper", "pickle", "pigeon", "pillow", "planet", "plum", "pocket", "puzzle", "quartz",
    "rabbit", "radish", "ribbon", "rocket", "saddle", "salmon", "scarf", "shadow", "spider", "sponge", "summer",
    "teapot", "thunder", "ticket", "tulip", "tunnel", "velvet", "violin", "walnut", "willow", "zebra",
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_word_is_there_twice() {
        assert_eq!(WORDS.iter().collect::<HashSet<_>>().len(), WORDS.len());
    }

    #[test]
    fn passwords_differ_and_keep_the_rules() {
        let drawn: HashSet<String> = std::iter::repeat_with(draw).take(50).collect();
        assert_eq!(drawn.len(), 50);
        let context = [STAFF_LOGIN, CUSTOMER_LOGIN, CUSTOMER_COMPANY];
        for password in drawn {
            assert!(check_new_password(&password, &password, &context).is_ok(), "{password}");
        }
    }

    #[test]
    fn a_wanted_one_may_hold_the_login_and_must_not_be_guessed_easily() {
        assert!(check("the demo customer's tram").is_ok());
        for password in ["password1", "short"] {
            assert!(check(password).is_err(), "{password}");
        }
    }
}
