//! What is said to whoever pays.

use super::wire::ApiError;

/// Why a bank said no. Its own reason is told where it helps the card's owner, and never that a card is reported lost or
/// stolen (<https://docs.stripe.com/declines/codes>).
pub(super) fn declined(error: &ApiError) -> String {
    let reason = match (error.code.as_deref(), error.decline_code.as_deref()) {
        (Some("card_declined") | None, Some(reason)) => reason,
        (Some(code), _) => code,
        (None, None) => "",
    };
    let words = match reason {
        "insufficient_funds" => "There is not enough money on the card.",
        "card_velocity_exceeded" | "withdrawal_count_limit_exceeded" => "The card has reached its limit.",
        "expired_card" => "The card has expired.",
        "incorrect_cvc" | "invalid_cvc" => "The card's security code is not right.",
        "incorrect_number" | "invalid_number" => "The card's number is not right.",
        "invalid_expiry_month" | "invalid_expiry_year" => "The card's expiry date is not right.",
        "incorrect_zip" | "incorrect_address" => "The address is not the one that the bank knows.",
        "authentication_required" => "The bank wants this payment confirmed, and it was not.",
        "payment_intent_authentication_failure" | "setup_intent_authentication_failure" => {
            "It was not confirmed to the bank."
        }
        "currency_not_supported" => "The card does not pay in this currency.",
        "card_not_supported" | "transaction_not_allowed" | "service_not_allowed" => {
            "The card is not made for such payments."
        }
        "amount_too_small" | "amount_too_large" | "invalid_amount" => "The bank does not take this amount.",
        "processing_error" | "issuer_not_available" | "try_again_later" | "reenter_transaction" => {
            "The bank could not be asked. Try again in a while."
        }
        _ => "The card was declined by your bank.",
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: Option<&str>, decline_code: Option<&str>) -> String {
        declined(&ApiError {
            code: code.map(str::to_owned),
            decline_code: decline_code.map(str::to_owned),
            ..ApiError::default()
        })
    }

    #[test]
    fn reasons_are_told_where_they_help() {
        assert_eq!(
            of(Some("card_declined"), Some("insufficient_funds")),
            "There is not enough money on the card."
        );
        assert_eq!(of(Some("expired_card"), Some("expired_card")), "The card has expired.");
        assert_eq!(
            of(Some("incorrect_cvc"), Some("generic_decline")),
            "The card's security code is not right."
        );
    }

    #[test]
    fn nobody_is_told_that_a_card_is_reported() {
        let bank = "The card was declined by your bank.";
        for reason in
            ["lost_card", "stolen_card", "fraudulent", "pickup_card", "merchant_blacklist", "<b>", ""]
        {
            assert_eq!(of(Some("card_declined"), Some(reason)), bank, "{reason}");
        }
        assert_eq!(of(None, None), bank);
        assert_eq!(of(Some("card_declined"), None), bank);
    }
}
