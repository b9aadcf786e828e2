//! What Stripe posts when something happened. It is signed, and no more than a reason to ask.

use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;

/// How far the clock of whoever signed may be off, and how long a delivery may take, in seconds.
const TOLERANCE: i64 = 300;

/// Why a delivery is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// There is no signature, or none that can be read.
    #[error("is not signed")]
    Unsigned,
    /// It is not signed with our secret, or was changed.
    #[error("is not signed with the secret of this webhook")]
    Forged,
    /// It was signed at another time: somebody may have kept it.
    #[error("is too old, or from the future")]
    Stale,
    /// It is no event.
    #[error("is no event")]
    Unreadable,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    id: Option<String>,
    payment_intent: Option<String>,
}

/// The charge that an event is about, if it is about one: `Stripe-Signature` and the body as they came, and the time in
/// seconds since the Unix epoch (<https://docs.stripe.com/webhooks/signature>).
///
/// # Errors
/// When it is not to be believed, or not to be read.
pub fn charge_of(
    secret: &str,
    signature: &str,
    body: &[u8],
    now: i64,
) -> Result<Option<String>, WebhookError> {
    let signed_at = verify(secret, signature, body)?;
    if signed_at.abs_diff(now) > TOLERANCE.unsigned_abs() {
        return Err(WebhookError::Stale);
    }
    let event: Event = serde_json::from_slice(body).map_err(|_garbage| WebhookError::Unreadable)?;
    let object = event.data.object;
    let charge = match event.kind.as_str() {
        kind if kind.starts_with("payment_intent.") => object.id,
        kind if kind.starts_with("refund.") => object.payment_intent,
        "charge.refunded" | "charge.refund.updated" => object.payment_intent,
        _ => None,
    };
    Ok(charge.filter(|id| super::is_id("pi_", id)))
}

/// The second at which it was signed.
fn verify(secret: &str, signature: &str, body: &[u8]) -> Result<i64, WebhookError> {
    let parts = || signature.split(',').filter_map(|part| part.trim().split_once('='));
    let time =
        parts().find_map(|(name, value)| (name == "t").then_some(value)).ok_or(WebhookError::Unsigned)?;
    let second: i64 = time.parse().map_err(|_no_time| WebhookError::Unsigned)?;
    let mut given =
        parts().filter(|(name, _)| *name == "v1").filter_map(|(_, value)| bytes_of(value)).peekable();
    if given.peek().is_none() {
        return Err(WebhookError::Unsigned);
    }
    // With no secret, anybody could sign.
    if secret.is_empty() {
        return Err(WebhookError::Forged);
    }
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_never| WebhookError::Forged)?;
    let mac = mac.chain_update(time).chain_update(".").chain_update(body);
    // While a secret is replaced, there is a signature with each; to compare them takes always the same time.
    match given.any(|given| mac.clone().verify_slice(&given).is_ok()) {
        true => Ok(second),
        false => Err(WebhookError::Forged),
    }
}

/// The bytes that hexadecimal digits stand for.
fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_test_secret";
    const NOW: i64 = 1_795_600_000;
    const BODY: &str = r#"{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1"}}}"#;

    fn sign(secret: &str, second: i64, body: &str) -> String {
        let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
        let signed = mac.chain_update(format!("{second}.{body}")).finalize().into_bytes();
        signed.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn header(second: i64, body: &str) -> String {
        format!("t={second},v1={}", sign(SECRET, second, body))
    }

    fn charge_of_signed(body: &str) -> Result<Option<String>, WebhookError> {
        charge_of(SECRET, &header(NOW, body), body.as_bytes(), NOW)
    }

    #[test]
    fn a_signed_event_names_its_charge() {
        assert_eq!(charge_of_signed(BODY), Ok(Some("pi_1".into())));
        for (kind, object, charge) in [
            ("payment_intent.payment_failed", r#"{"id":"pi_2"}"#, Some("pi_2")),
            ("charge.refunded", r#"{"id":"ch_1","payment_intent":"pi_3"}"#, Some("pi_3")),
            ("charge.refund.updated", r#"{"id":"re_1","payment_intent":"pi_4"}"#, Some("pi_4")),
            ("refund.failed", r#"{"id":"re_1","payment_intent":"pi_5"}"#, Some("pi_5")),
            ("refund.created", r#"{"id":"re_1","payment_intent":null}"#, None),
            ("charge.succeeded", r#"{"id":"ch_1","payment_intent":"pi_6"}"#, None),
            ("customer.created", r#"{"id":"cus_1"}"#, None),
            ("payment_intent.succeeded", r#"{"id":"../refunds"}"#, None),
            ("balance.available", r#"{"object":"balance"}"#, None),
        ] {
            let body = format!(r#"{{"type":"{kind}","data":{{"object":{object}}}}}"#);
            assert_eq!(charge_of_signed(&body), Ok(charge.map(str::to_owned)), "{kind}");
        }
    }

    /// By OpenSSL: `printf '1795600000.{}' | openssl dgst -sha256 -hmac whsec_test_secret`.
    #[test]
    fn signatures_are_those_of_others() {
        let known = "465aea9b9300b7e9f0569eb662cadc33cda58230144a03f9beb77417543b406a";
        assert_eq!(sign(SECRET, NOW, "{}"), known);
        let signed = format!("t={NOW},v1={}", known.to_uppercase());
        assert_eq!(charge_of(SECRET, &signed, b"{}", NOW), Err(WebhookError::Unreadable), "is believed");
    }

    /// By Stripe's own library for Node, 20.1.0: `webhooks.generateTestHeaderString`.
    #[test]
    fn what_stripes_own_library_signs_is_believed() {
        let body = r#"{"id":"evt_1","object":"event","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","object":"payment_intent"}}}"#;
        let signed = "t=1795660200,v1=50753b4133f055949fe0d4751f984f312b1228d2db0907ec888a2034fa248ffb";
        let charge = charge_of("whsec_portico", signed, body.as_bytes(), 1_795_660_200);
        assert_eq!(charge, Ok(Some("pi_1".into())));
    }

    #[test]
    fn what_is_not_signed_with_the_secret_is_not_believed() {
        let wrong = format!("t={NOW},v1={}", sign("whsec_other", NOW, BODY));
        assert_eq!(charge_of(SECRET, &wrong, BODY.as_bytes(), NOW), Err(WebhookError::Forged));
        let changed = BODY.replace("pi_1", "pi_2");
        assert_eq!(charge_of(SECRET, &header(NOW, BODY), changed.as_bytes(), NOW), Err(WebhookError::Forged));
        let later = header(NOW - 900, BODY).replace(&(NOW - 900).to_string(), &NOW.to_string());
        assert_eq!(charge_of(SECRET, &later, BODY.as_bytes(), NOW), Err(WebhookError::Forged));
        let none = format!("t={NOW},v1={}", sign("", NOW, BODY));
        assert_eq!(charge_of("", &none, BODY.as_bytes(), NOW), Err(WebhookError::Forged));
        let short = &header(NOW, BODY)[..30];
        assert_eq!(charge_of(SECRET, short, BODY.as_bytes(), NOW), Err(WebhookError::Forged));
    }

    #[test]
    fn a_delivery_is_good_for_five_minutes() {
        for (second, expected) in [
            (NOW - 300, Ok(Some("pi_1".into()))),
            (NOW - 301, Err(WebhookError::Stale)),
            (NOW + 300, Ok(Some("pi_1".into()))),
            (NOW + 301, Err(WebhookError::Stale)),
            (i64::MIN, Err(WebhookError::Stale)),
        ] {
            let signed = header(second, BODY);
            assert_eq!(charge_of(SECRET, &signed, BODY.as_bytes(), NOW), expected, "{second}");
        }
    }

    #[test]
    fn one_of_several_signatures_is_enough() {
        let (good, other) = (sign(SECRET, NOW, BODY), sign("whsec_other", NOW, BODY));
        for signed in [
            format!("t={NOW},v1={other},v1={good}"),
            format!("t={NOW}, v1={good}, v1={other}, v0={other}"),
            format!("v1=zz,v1={good},t={NOW}"),
        ] {
            let charge = charge_of(SECRET, &signed, BODY.as_bytes(), NOW);
            assert_eq!(charge, Ok(Some("pi_1".into())), "{signed}");
        }
        // The older scheme is not a signature for us.
        let old = format!("t={NOW},v0={good}");
        assert_eq!(charge_of(SECRET, &old, BODY.as_bytes(), NOW), Err(WebhookError::Unsigned));
    }

    #[test]
    fn garbage_is_refused() {
        for signed in ["", "garbage", "t=,v1=", "t=now,v1=00", "v1=00", "t=1795600000", "t=1795600000,v1=é"]
        {
            assert_eq!(
                charge_of(SECRET, signed, BODY.as_bytes(), NOW),
                Err(WebhookError::Unsigned),
                "{signed}"
            );
        }
        for body in ["", "[]", "{}", r#"{"type":"payment_intent.succeeded"}"#] {
            assert_eq!(charge_of_signed(body), Err(WebhookError::Unreadable), "{body}");
        }
        let bytes = [0xff, 0xfe];
        assert_eq!(charge_of(SECRET, &header(NOW, ""), &bytes, NOW), Err(WebhookError::Forged));
    }
}
