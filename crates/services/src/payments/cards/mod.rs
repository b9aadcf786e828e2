//! Saved cards: kept by the provider, who alone knows their numbers.

mod card_tries;
mod change_cards;
mod enter_card;
mod list_cards;
mod owner;

pub use change_cards::{make_default, remove_card};
pub use enter_card::{add_card, begin_setup};
pub use list_cards::list_cards;

pub(crate) use card_tries::CardTries;
pub(super) use change_cards::forget;
pub(super) use enter_card::{Keep, begin_setup_for, enter, enter_once};
pub(super) use list_cards::{saved, saved_and_balance, usable};
pub(super) use owner::{Holder, card_of, known_customer, may_add};

use super::ProviderError;
use crate::ServiceError;

/// What whoever enters a card is told of a provider's trouble.
fn unreachable(error: ProviderError) -> ServiceError {
    match error {
        ProviderError::Declined(words) => ServiceError::field("card", words),
        ProviderError::Unreachable(why) | ProviderError::Refused(why) => {
            tracing::warn!(event = "cards.provider_failed", why);
            ServiceError::refused(
                "The card service cannot be reached at the moment. Nothing was taken; try again later.",
            )
        }
    }
}
