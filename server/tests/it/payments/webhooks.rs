//! What the card service tells on its own.

use domain::payments::PaymentState;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::{io::AsyncWriteExt, net::TcpListener};
use uuid::Uuid;

use super::{
    GOOD, Shop, THREE_D_SECURE, amount,
    proxy::{Call, Fault, whole_request},
};
use crate::support::localstripe::WEBHOOK_SECRET;

/// The header of a body that was signed so many seconds ago.
fn signature(secret: &str, body: &str, ago: u64) -> String {
    let now = std::time::UNIX_EPOCH.elapsed().expect("a time").as_secs() - ago;
    // HMAC takes an empty key as well.
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    let signed = mac.chain_update(format!("{now}.{body}")).finalize().into_bytes();
    let digits: String = signed.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={now},v1={digits}")
}

/// An event in the card service's shape.
fn event(kind: &str, object: &Value) -> String {
    json!({
        "id": format!("evt_{}", Uuid::now_v7().simple()), "object": "event", "api_version": "2025-12-15.clover",
        "created": 1_795_600_000, "livemode": false, "pending_webhooks": 1, "type": kind,
        "data": { "object": object },
    })
    .to_string()
}

/// Tells the server; its status.
async fn tell(shop: &Shop, body: &str, signature: Option<&str>) -> u16 {
    let signature =
        signature.map(|signature| format!("Stripe-Signature: {signature}\r\n")).unwrap_or_default();
    let head = format!("Content-Type: application/json; charset=utf-8\r\n{signature}");
    shop.server().send("POST /hooks/stripe", &head, body).await.expect("an answer").status
}

async fn tell_signed(shop: &Shop, body: &str) -> u16 {
    tell(shop, body, Some(&signature(WEBHOOK_SECRET, body, 0))).await
}

/// Pays 12 of 20 such that the answer to what took the money is lost: the payment is left pending.
async fn left_pending(shop: &Shop, card: &str) -> (Uuid, Uuid) {
    let (invoice, id) = (shop.invoice(2_000).await, Uuid::now_v7());
    shop.proxy.set(Call::Confirm, Fault::BreaksAfter);
    let answer = shop.pay(id, invoice, "12.00", card).await.expect("an answer");
    assert_eq!((answer.status, shop.state(id).await), (303, PaymentState::Pending), "{}", answer.body);
    shop.no_worker().await;
    (id, invoice)
}

/// The charge of a payment as the card service knows it.
async fn charge(shop: &Shop, id: Uuid) -> Value {
    let reference = shop.payment(id).await.provider_ref.expect("a charge");
    shop.bank.ask("GET", &format!("/v1/payment_intents/{reference}"), &Value::Null).await
}

#[tokio::test]
async fn a_payment_whose_answer_was_lost_is_settled_by_the_webhook() {
    let shop = Shop::open(None).await;
    let card = shop.save_card(GOOD).await;
    shop.bank.send_events(&format!("{}/hooks/stripe", shop.server().address()), WEBHOOK_SECRET).await;
    let (id, invoice) = left_pending(&shop, &card).await;
    assert_eq!(shop.ended(id).await, PaymentState::Succeeded);
    assert_eq!(shop.paid(invoice).await, 1_200);
    shop.agree().await;
    assert!(!shop.said().contains("stripe.hook_refused"));
}

/// The next event of a kind, as it is sent.
async fn caught(catcher: &TcpListener, kind: &str) -> String {
    loop {
        let (mut stream, _) = catcher.accept().await.expect("an event");
        let request = String::from_utf8(whole_request(&mut stream).await.expect("a request")).expect("text");
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.expect("answers");
        if request.contains(&format!("\"type\": \"{kind}\"")) {
            return request;
        }
    }
}

/// What is sent, as it is sent: caught, and then handed on by the test.
#[tokio::test]
async fn what_is_told_twice_or_late_or_wrongly_changes_nothing() {
    let shop = Shop::open(None).await;
    let card = shop.save_card(GOOD).await;
    let catcher = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("http://{}/", catcher.local_addr().expect("an address"));
    shop.bank.send_events(&address, WEBHOOK_SECRET).await;
    let (id, invoice) = left_pending(&shop, &card).await;
    let request = caught(&catcher, "payment_intent.succeeded").await;
    let (head, body) = request.split_once("\r\n\r\n").expect("a body");
    let signed = head.lines().find_map(|line| line.strip_prefix("Stripe-Signature: ")).expect("signed");

    // Not believed: as if nobody had told.
    let forged = signature("whsec_other", body, 0);
    let unsigned = signed.split(',').next().expect("a time");
    let changed = body.replacen("evt_", "evt_1", 1);
    for (body, signature) in [
        (body, None),
        (body, Some("")),
        (body, Some(unsigned)),
        (body, Some("t=1,v1=zz")),
        (body, Some(forged.as_str())),
        (&changed, Some(signed)),
        (body, Some(&signature("", body, 0))),
        (body, Some(&signature(WEBHOOK_SECRET, body, 301))),
    ] {
        assert_eq!(tell(&shop, body, signature).await, 401, "{signature:?}");
    }
    assert_eq!(tell_signed(&shop, "rubbish").await, 400);
    let others = event("payment_intent.succeeded", &json!({ "id": "pi_other", "status": "succeeded" }));
    assert_eq!(tell_signed(&shop, &others).await, 204);
    assert_eq!(tell_signed(&shop, &event("customer.created", &json!({ "id": "cus_1" }))).await, 204);
    assert_eq!((shop.state(id).await, shop.paid(invoice).await), (PaymentState::Pending, 0));

    // Told, and told again.
    for _ in 0..3 {
        assert_eq!(tell(&shop, body, Some(signed)).await, 204);
        assert_eq!((shop.state(id).await, shop.paid(invoice).await), (PaymentState::Succeeded, 1_200));
        shop.agree().await;
    }
    // Late ones: how things stood before.
    let intent = charge(&shop, id).await;
    for kind in ["payment_intent.created", "payment_intent.payment_failed", "payment_intent.canceled"] {
        let mut old = intent.clone();
        old["status"] = "canceled".into();
        assert_eq!(tell_signed(&shop, &event(kind, &old)).await, 204);
    }
    assert_eq!((shop.state(id).await, shop.paid(invoice).await), (PaymentState::Succeeded, 1_200));
    shop.agree().await;
    assert_eq!(shop.said().matches("stripe.hook_refused").count(), 9);
}

#[tokio::test]
async fn nothing_that_is_told_is_believed() {
    let shop = Shop::open(None).await;
    let card = shop.save_card(THREE_D_SECURE).await;
    let (invoice, id) = (shop.invoice(2_000).await, Uuid::now_v7());
    shop.pay(id, invoice, "12.00", &card).await.expect("an answer");
    let mut intent = charge(&shop, id).await;
    assert_eq!(
        (intent["status"].as_str(), shop.state(id).await),
        (Some("requires_action"), PaymentState::Pending)
    );
    intent["status"] = "succeeded".into();
    assert_eq!(tell_signed(&shop, &event("payment_intent.succeeded", &intent)).await, 204);
    assert_eq!((shop.state(id).await, shop.paid(invoice).await), (PaymentState::Pending, 0));
    // The payer confirms it to the bank, and closes the page: the card service tells.
    let told = format!("{}/hooks/stripe", shop.server().address());
    shop.bank.send_events(&told, WEBHOOK_SECRET).await;
    let (reference, secret) = (intent["id"].as_str().expect("an id"), intent["client_secret"].as_str());
    shop.bank.confirm_charge(reference, secret.expect("a secret"), true).await;
    assert_eq!((shop.ended(id).await, shop.paid(invoice).await), (PaymentState::Succeeded, 1_200));
    shop.agree().await;
    shop.said();
}

#[tokio::test]
async fn without_a_secret_nobody_is_believed() {
    let shop = Shop::open_with(None, "").await;
    let card = shop.save_card(GOOD).await;
    let (id, _) = left_pending(&shop, &card).await;
    let body = event("payment_intent.succeeded", &charge(&shop, id).await);
    for signature in [Some(signature("", &body, 0)), Some(signature(WEBHOOK_SECRET, &body, 0)), None] {
        assert_eq!(tell(&shop, &body, signature.as_deref()).await, 401);
    }
    assert_eq!(shop.state(id).await, PaymentState::Pending);
}

/// While the card service cannot be asked, it should tell again.
#[tokio::test]
async fn what_cannot_be_asked_for_is_to_be_told_again() {
    let mut shop = Shop::open(None).await;
    let card = shop.save_card(GOOD).await;
    let (id, _) = left_pending(&shop, &card).await;
    let body = event("payment_intent.succeeded", &charge(&shop, id).await);
    let proxy = std::mem::replace(&mut shop.proxy.address, "http://127.0.0.1:9".to_owned());
    shop.kill();
    shop.start().await;
    assert_eq!((tell_signed(&shop, &body).await, shop.state(id).await), (503, PaymentState::Pending));
    shop.proxy.address = proxy;
    shop.kill();
    shop.start().await;
    assert_eq!((tell_signed(&shop, &body).await, shop.state(id).await), (204, PaymentState::Succeeded));
    shop.agree().await;
}

#[tokio::test]
async fn what_is_given_back_at_the_card_services_own_desk_is_written_down_once() {
    let shop = Shop::open(None).await;
    let card = shop.save_card(GOOD).await;
    let (invoice, id) = (shop.invoice(2_000).await, Uuid::now_v7());
    shop.pay(id, invoice, "20.00", &card).await.expect("an answer");
    assert_eq!(shop.ended(id).await, PaymentState::Succeeded);
    let reference = shop.payment(id).await.provider_ref.expect("a charge");
    for (part, refunded) in [(300, 300), (1_700, 2_000)] {
        let wanted = json!({ "payment_intent": reference, "amount": part });
        let refund = shop.bank.ask("POST", "/v1/refunds", &wanted).await;
        assert_eq!((refund["status"].as_str(), amount(&refund)), (Some("succeeded"), part));
        let charge = json!({
            "id": refund["charge"], "object": "charge", "payment_intent": reference, "amount": 2_000,
            "amount_refunded": refunded, "currency": "usd", "refunded": refunded == 2_000,
        });
        for body in [event("charge.refunded", &charge), event("refund.created", &refund)] {
            assert_eq!(tell_signed(&shop, &body).await, 204);
            let payment = shop.payment(id).await;
            assert_eq!((payment.refunded, shop.paid(invoice).await), (refunded, 2_000 - refunded));
            shop.agree().await;
        }
    }
    // Once everything went back, it can be paid again.
    let again = Uuid::now_v7();
    shop.pay(again, invoice, "20.00", &card).await.expect("an answer");
    assert_eq!((shop.ended(again).await, shop.paid(invoice).await), (PaymentState::Succeeded, 2_000));
    shop.agree().await;
    shop.said();
}
