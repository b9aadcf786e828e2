//! What is sent, and what is made of answers in the form of Stripe's documentation.

use domain::{Currency, Money};
use serde_json::{Value, json};
use services::payments::{
    CardProvider, ChargeState, EnteredCard, MadeRefund, NewCharge, NewCustomer, NewRefund, Presence,
    ProviderError, RefundState,
};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::script::{account, at, error, intent, pi, usd};

const CONFIRM: &str = "POST /v1/payment_intents/pi_3MtwBwLkdIwHu7ix28a3tqPa/confirm";
const LOOK: &str = "GET /v1/payment_intents/pi_3MtwBwLkdIwHu7ix28a3tqPa";

#[tokio::test]
async fn requests_are_forms_with_keys() {
    let (stripe, script) = account().await;
    let payment = Uuid::now_v7();
    let charge = NewCharge {
        payment,
        number: "PAY/2026/1".into(),
        amount: Money::new(5, Currency::parse("ISK").expect("a code")),
        customer: "cus_NffrFeUfNV2Hib".into(),
        method: "pm_1MqLiJLkdIwHu7ixUEgbFdYF".into(),
    };
    script.then(200, &intent("requires_confirmation", &json!({})));
    assert_eq!(stripe.prepare(charge).await, Ok(pi()));
    let asked = script.asked().pop().expect("a request");
    assert_eq!(asked.line, "POST /v1/payment_intents");
    let expected = format!(
        "amount=500&currency=isk&customer=cus_NffrFeUfNV2Hib&payment_method=pm_1MqLiJLkdIwHu7ixUEgbFdYF\
         &payment_method_types%5B%5D=card&metadata%5Bportico_payment%5D={payment}\
         &metadata%5Bnumber%5D=PAY%2F2026%2F1"
    );
    assert_eq!(asked.body, expected);
    for (name, value) in [
        ("authorization", "Bearer sk_test_portico"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("stripe-version", "2025-12-15.clover"),
        ("idempotency-key", &format!("portico-payment-{payment}")),
    ] {
        assert_eq!(asked.headers[name], value, "{name}");
    }

    script.then(200, &intent("succeeded", &json!({ "amount_received": 2000 })));
    stripe.charge(pi(), Presence::Present).await.expect("charges");
    let asked = script.asked().pop().expect("a request");
    assert_eq!((asked.line.as_str(), asked.body.as_str()), (CONFIRM, "use_stripe_sdk=true"));
    assert_eq!(asked.headers["idempotency-key"], "portico-confirm-pi_3MtwBwLkdIwHu7ix28a3tqPa");
    // With nobody there to be asked, the bank is told so.
    let declined = error("card_error", "authentication_required", Some("authentication_required"));
    script.then(402, &declined);
    let failed = stripe.charge(pi(), Presence::Away).await;
    let words = "The bank wants this payment confirmed, and it was not.".to_owned();
    assert_eq!(failed, Ok(ChargeState::Failed { words }));
    let asked = script.asked().pop().expect("a request");
    assert_eq!((asked.line.as_str(), asked.body.as_str()), (CONFIRM, "off_session=true"));

    let id = Uuid::now_v7();
    script.then(200, &json!({ "id": "cus_NffrFeUfNV2Hib", "object": "customer" }));
    let customer = NewCustomer { id, name: "Ä".repeat(300), email: "a+b@lumen.example".into() };
    stripe.make_customer(customer).await.expect("a customer");
    let asked = script.asked().pop().expect("a request");
    assert_eq!(asked.headers["idempotency-key"], format!("portico-customer-{id}").as_str());
    assert!(
        asked.body.ends_with(&format!("&metadata%5Bportico_contact%5D={id}&email=a%2Bb%40lumen.example"))
    );
    assert_eq!(asked.body.matches("%C3%84").count(), 256, "Stripe takes no longer name");

    let secret = "seti_1Mm8s8LkdIwHu7ix0OXBfTRG_secret_NXDICkPqPeiBTAFqWmkbff09lRmSVXe";
    script.then(200, &json!({ "id": "seti_1Mm8s8LkdIwHu7ix0OXBfTRG", "client_secret": secret }));
    let setup = stripe.begin_setup("cus_NffrFeUfNV2Hib".into()).await.expect("a setup");
    assert_eq!(setup.secret, secret);
    let asked = script.asked().pop().expect("a request");
    assert_eq!(asked.body, "customer=cus_NffrFeUfNV2Hib&usage=off_session&payment_method_types%5B%5D=card");
}

#[tokio::test]
async fn states_are_read_as_they_are() {
    let (stripe, script) = account().await;
    let secret = intent("", &json!({}))["client_secret"].as_str().expect("a secret").to_owned();
    let redirect = json!({
        "type": "redirect_to_url",
        "redirect_to_url": { "return_url": null, "url": "https://hooks.stripe.com/3d_secure_2/hosted" }
    });
    let declined = error("card_error", "card_declined", Some("insufficient_funds"))["error"].clone();
    let failed = |words: &str| ChargeState::Failed { words: words.to_owned() };
    for (status, different, expected) in [
        ("requires_confirmation", json!({}), ChargeState::Prepared),
        ("requires_action", json!({ "next_action": redirect }), ChargeState::NeedsConfirmation { secret }),
        ("processing", json!({}), ChargeState::Processing),
        ("requires_capture", json!({ "amount_capturable": 2000 }), ChargeState::Processing),
        ("succeeded", json!({ "amount_received": 1999 }), ChargeState::Succeeded { received: 1999 }),
        (
            "succeeded",
            json!({ "currency": "isk", "amount": 500, "amount_received": 500 }),
            ChargeState::Succeeded { received: 5 },
        ),
        (
            "requires_payment_method",
            json!({ "last_payment_error": declined, "payment_method": null }),
            failed("There is not enough money on the card."),
        ),
        ("requires_payment_method", json!({ "payment_method": null }), failed("No card was charged.")),
        ("canceled", json!({ "cancellation_reason": "automatic" }), ChargeState::Canceled),
    ] {
        script.then(200, &intent(status, &different));
        assert_eq!(stripe.look(pi()).await, Ok(expected), "{status}");
        assert_eq!(script.lines(), [LOOK]);
    }
}

#[tokio::test]
async fn a_bank_that_says_no_is_told_in_words() {
    let (stripe, script) = account().await;
    for (code, decline_code, words) in [
        ("card_declined", Some("insufficient_funds"), "There is not enough money on the card."),
        ("card_declined", Some("stolen_card"), "The card was declined by your bank."),
        ("card_declined", Some("generic_decline"), "The card was declined by your bank."),
        ("expired_card", None, "The card has expired."),
        ("incorrect_cvc", Some("incorrect_cvc"), "The card's security code is not right."),
        ("processing_error", None, "The bank could not be asked. Try again in a while."),
    ] {
        script.then(402, &error("card_error", code, decline_code));
        let failed = ChargeState::Failed { words: words.to_owned() };
        assert_eq!(stripe.charge(pi(), Presence::Present).await, Ok(failed), "{code}");
        assert_eq!(script.lines(), [CONFIRM]);
    }
}

#[tokio::test]
async fn what_is_not_answered_well_is_not_known() {
    let (stripe, script) = account().await;
    let busy = error("invalid_request_error", "lock_timeout", None);
    for (status, body) in [
        (429, error("invalid_request_error", "rate_limit", None).to_string()),
        (429, busy.to_string()),
        (409, error("idempotency_error", "idempotency_key_in_use", None).to_string()),
        (500, error("api_error", "", None).to_string()),
        (503, "<html><h1>Service Unavailable</h1></html>".into()),
        (400, "<html><h1>Bad Request</h1></html>".into()),
        (302, String::new()),
        (200, "<html><h1>Welcome</h1></html>".into()),
        (200, String::new()),
        (200, "{}".into()),
        (200, intent("of_another_time", &json!({})).to_string()),
        (200, intent("requires_action", &json!({ "client_secret": null })).to_string()),
        (200, intent("succeeded", &json!({ "currency": "isk", "amount_received": 550 })).to_string()),
        (200, format!("{{\"padding\":\"{}\"}}", "a".repeat(1024 * 1024))),
    ] {
        script.then_text(status, &body);
        let known = stripe.charge(pi(), Presence::Present).await;
        assert!(matches!(&known, Err(ProviderError::Unreachable(_))), "{status} {known:?}");
        assert_eq!(script.lines(), [CONFIRM]);
    }
    let nobody = at("http://127.0.0.1:1").charge(pi(), Presence::Present).await;
    assert!(matches!(&nobody, Err(ProviderError::Unreachable(words)) if words.contains("cannot be reached")));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
    let closing = at(&format!("http://{}", listener.local_addr().expect("an address")));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(stream);
        }
    });
    let broken = closing.charge(pi(), Presence::Present).await;
    assert!(matches!(&broken, Err(ProviderError::Unreachable(_))), "{broken:?}");
}

#[tokio::test]
async fn refusals_are_told_for_the_log_without_what_was_sent() {
    let (stripe, script) = account().await;
    let mut unknown = error("invalid_request_error", "parameter_unknown", None);
    unknown["error"]["param"] = "metadata[number]\nforged line".into();
    let charge = NewCharge {
        payment: Uuid::now_v7(),
        number: "PAY/2026/1".into(),
        amount: usd(2000),
        customer: "cus_1".into(),
        method: "pm_1".into(),
    };
    script.then(400, &unknown);
    let why = "answered 400 Bad Request: invalid_request_error, parameter_unknown, metadata[number]forgedline \
               (req_8dmlhlWtBZKt2z)";
    assert_eq!(stripe.prepare(charge.clone()).await, Err(ProviderError::Refused(why.into())));
    script.then(401, &json!({ "error": { "type": "invalid_request_error", "message": "Invalid API Key" } }));
    let why = "answered 401 Unauthorized: invalid_request_error (req_8dmlhlWtBZKt2z)";
    assert_eq!(stripe.prepare(charge.clone()).await, Err(ProviderError::Refused(why.into())));
    script.asked();
    let nothing = NewCharge { amount: usd(0), ..charge };
    assert!(matches!(stripe.prepare(nothing).await, Err(ProviderError::Refused(_))));
    for id in ["seti_1/../../refunds", "pi_1", ""] {
        assert!(matches!(stripe.finish_setup(id.into()).await, Err(ProviderError::Refused(_))), "{id}");
        assert!(matches!(stripe.forget(id.into()).await, Err(ProviderError::Refused(_))), "{id}");
    }
    assert!(script.lines().is_empty(), "nothing is sent");
}

#[tokio::test]
async fn what_comes_too_late_is_looked_up() {
    let (stripe, script) = account().await;
    let late = error("invalid_request_error", "payment_intent_unexpected_state", None);
    let paid = intent("succeeded", &json!({ "amount_received": 2000 }));
    let succeeded = Ok(ChargeState::Succeeded { received: 2000 });
    script.then(400, &late).then(200, &paid);
    assert_eq!(stripe.charge(pi(), Presence::Present).await, succeeded);
    assert_eq!(script.lines(), [CONFIRM, LOOK]);
    script.then(400, &late).then(200, &paid);
    assert_eq!(stripe.cancel(pi()).await, succeeded);
    script.asked();
    // Refused for another reason.
    script.then(400, &late).then(200, &intent("requires_confirmation", &json!({})));
    assert!(matches!(stripe.charge(pi(), Presence::Present).await, Err(ProviderError::Refused(_))));
    script.then(400, &late).then(500, &json!({}));
    assert!(matches!(stripe.charge(pi(), Presence::Present).await, Err(ProviderError::Unreachable(_))));
}

/// Stripe answers a key that it knows with what it answered before, even that it had failed.
#[tokio::test]
async fn an_answer_of_before_is_not_how_things_stand() {
    let (stripe, script) = account().await;
    let paid = intent("succeeded", &json!({ "amount_received": 2000 }));
    let succeeded = Ok(ChargeState::Succeeded { received: 2000 });
    script.then_again(200, &intent("requires_action", &json!({}))).then(200, &paid);
    assert_eq!(stripe.charge(pi(), Presence::Present).await, succeeded);
    assert_eq!(script.lines(), [CONFIRM, LOOK]);
    let untried = intent("requires_confirmation", &json!({}));
    script.then_again(500, &error("api_error", "", None)).then(200, &untried).then(200, &paid);
    assert_eq!(stripe.charge(pi(), Presence::Present).await, succeeded);
    let asked = script.asked();
    let lines: Vec<_> = asked.iter().map(|asked| asked.line.as_str()).collect();
    assert_eq!(lines, [CONFIRM, LOOK, CONFIRM]);
    assert!(!asked[2].headers.contains_key("idempotency-key"));
}

#[tokio::test]
async fn a_card_is_attached_unless_it_is_already() {
    let (stripe, script) = account().await;
    let method = |customer: Value| {
        json!({
            "id": "pm_1MqLiJLkdIwHu7ixUEgbFdYF",
            "object": "payment_method",
            "billing_details": { "email": null, "name": null, "phone": null },
            "card": {
                "brand": "mastercard", "checks": { "cvc_check": "pass" }, "country": "US", "exp_month": 8,
                "exp_year": 2031, "fingerprint": "mToisGZ01V71BCos", "funding": "credit", "last4": "4444",
                "networks": { "available": ["mastercard"], "preferred": null }, "wallet": null
            },
            "customer": customer,
            "type": "card"
        })
    };
    let setup = |status: &str, method: Value, error: Value| {
        json!({
            "id": "seti_1Mm8s8LkdIwHu7ix0OXBfTRG", "object": "setup_intent", "status": status,
            "customer": "cus_NffrFeUfNV2Hib", "payment_method": method, "last_setup_error": error,
            "client_secret": "seti_1Mm8s8LkdIwHu7ix0OXBfTRG_secret_1", "usage": "off_session"
        })
    };
    let id = "seti_1Mm8s8LkdIwHu7ix0OXBfTRG".to_owned();
    let look = format!("GET /v1/setup_intents/{id}?expand%5B%5D=payment_method");
    let attach = "POST /v1/payment_methods/pm_1MqLiJLkdIwHu7ixUEgbFdYF/attach";

    script.then(200, &setup("succeeded", method("cus_NffrFeUfNV2Hib".into()), Value::Null));
    let EnteredCard { customer, method: key, card } = stripe.finish_setup(id.clone()).await.expect("a card");
    assert_eq!((customer.as_str(), key.as_str()), ("cus_NffrFeUfNV2Hib", "pm_1MqLiJLkdIwHu7ixUEgbFdYF"));
    assert_eq!((card.label(), card.expiry()), ("Mastercard •••• 4444".into(), "08/2031".into()));
    assert_eq!(script.lines(), [look]);

    script.then(200, &setup("succeeded", method(Value::Null), Value::Null));
    script.then(402, &error("card_error", "card_declined", Some("do_not_honor")));
    let declined = stripe.finish_setup(id.clone()).await;
    assert_eq!(declined, Err(ProviderError::Declined("The card was declined by your bank.".into())));
    let asked = script.asked();
    assert_eq!((asked[1].line.as_str(), asked[1].body.as_str()), (attach, "customer=cus_NffrFeUfNV2Hib"));

    let why = error("card_error", "setup_intent_authentication_failure", None)["error"].clone();
    script.then(200, &setup("requires_payment_method", Value::Null, why));
    let declined = stripe.finish_setup(id).await;
    assert_eq!(declined, Err(ProviderError::Declined("It was not confirmed to the bank.".into())));
}

#[tokio::test]
async fn a_card_that_nobody_has_is_forgotten() {
    let (stripe, script) = account().await;
    let refused = error("invalid_request_error", "payment_method_unexpected_state", None);
    let forget = || stripe.forget("pm_1".into());
    script.then(404, &error("invalid_request_error", "resource_missing", None));
    assert_eq!(forget().await, Ok(()));
    script.then(400, &refused).then(200, &json!({ "id": "pm_1", "customer": null }));
    assert_eq!(forget().await, Ok(()));
    assert_eq!(
        script.lines(),
        [
            "POST /v1/payment_methods/pm_1/detach",
            "POST /v1/payment_methods/pm_1/detach",
            "GET /v1/payment_methods/pm_1"
        ]
    );
    script.then(400, &refused).then(200, &json!({ "id": "pm_1", "customer": "cus_1" }));
    assert!(matches!(forget().await, Err(ProviderError::Refused(_))));
    script.then(500, &json!({}));
    assert!(matches!(forget().await, Err(ProviderError::Unreachable(_))));
}

#[tokio::test]
async fn refunds_are_told_as_they_stand() {
    let (stripe, script) = account().await;
    let ours = Uuid::now_v7();
    let refund = |id: &str, status: &str, metadata: Value| {
        json!({
            "id": id, "object": "refund", "amount": 1000, "balance_transaction": null,
            "charge": "ch_1NirD82eZvKYlo2CIvbtLWuY", "currency": "usd", "metadata": metadata,
            "payment_intent": "pi_3MtwBwLkdIwHu7ix28a3tqPa", "reason": null, "status": status
        })
    };
    let made = |id: &str, refund, state| MadeRefund { id: id.into(), refund, amount: 1000, state };
    let (on_its_way, failed) = (RefundState::OnItsWay, RefundState::Failed);
    let first = [
        refund("re_1", "succeeded", json!({ "portico_refund": ours.to_string() })),
        refund("re_2", "failed", json!({})),
        refund("re_3", "pending", json!({ "portico_refund": "by hand" })),
        refund("re_4", "canceled", json!({})),
    ];
    script.then(200, &json!({ "object": "list", "data": first, "has_more": true, "url": "/v1/refunds" }));
    let second = [refund("re_5", "requires_action", Value::Null)];
    script.then(200, &json!({ "object": "list", "data": second, "has_more": false, "url": "/v1/refunds" }));
    let all = stripe.refunds(pi()).await.expect("refunds");
    let expected = [
        made("re_1", Some(ours), RefundState::Settled),
        made("re_2", None, failed),
        made("re_3", None, on_its_way),
        made("re_4", None, failed),
        made("re_5", None, on_its_way),
    ];
    assert_eq!(all, expected);
    let list = "GET /v1/refunds?payment_intent=pi_3MtwBwLkdIwHu7ix28a3tqPa&limit=100";
    assert_eq!(script.lines(), [list.to_owned(), format!("{list}&starting_after=re_4")]);

    let wanted = NewRefund { id: ours, charge: pi(), amount: usd(1000) };
    script.then(200, &refund("re_6", "pending", json!({ "portico_refund": ours.to_string() })));
    assert_eq!(stripe.refund(wanted.clone()).await, Ok(made("re_6", Some(ours), on_its_way)));
    let asked = script.asked().pop().expect("a request");
    let body = format!("payment_intent={}&amount=1000&metadata%5Bportico_refund%5D={ours}", pi());
    assert_eq!((asked.line.as_str(), asked.body), ("POST /v1/refunds", body));
    assert_eq!(asked.headers["idempotency-key"], format!("portico-refund-{ours}").as_str());
    script.then(200, &refund("re_7", "failed", json!({})));
    assert!(matches!(stripe.refund(wanted.clone()).await, Err(ProviderError::Refused(_))));
    script.then(400, &error("invalid_request_error", "charge_already_refunded", None));
    assert!(matches!(stripe.refund(wanted).await, Err(ProviderError::Refused(_))));
}
