//! A server that answers as it is told, in the form of Stripe's documentation, and keeps what it was asked.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Currency, Money};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::stripe::{Stripe, StripeConfig};
use tokio::net::TcpListener;

/// A request: its line, headers and body.
pub(super) struct Asked {
    pub(super) line: String,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

/// What a server answers next, and what it was asked.
#[derive(Clone, Default)]
pub(super) struct Script {
    answers: Arc<Mutex<VecDeque<(u16, bool, String)>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Script {
    /// Answers so next.
    pub(super) fn then(&self, status: u16, body: &Value) -> &Self {
        self.then_text(status, &body.to_string())
    }

    pub(super) fn then_text(&self, status: u16, body: &str) -> &Self {
        self.answers.lock().expect("answers").push_back((status, false, body.to_owned()));
        self
    }

    /// Answers what was answered before to the same key.
    pub(super) fn then_again(&self, status: u16, body: &Value) -> &Self {
        self.answers.lock().expect("answers").push_back((status, true, body.to_string()));
        self
    }

    /// What was asked since last time.
    pub(super) fn asked(&self) -> Vec<Asked> {
        assert!(self.answers.lock().expect("answers").is_empty(), "answers are left");
        std::mem::take(&mut *self.asked.lock().expect("asked"))
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }
}

async fn answer(State(script): State<Script>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body: Bytes = body.collect().await.expect("a body").to_bytes();
    let line = format!("{} {}", head.method, head.uri);
    let body = String::from_utf8(body.to_vec()).expect("text");
    script.asked.lock().expect("asked").push(Asked { line, headers: head.headers, body });
    let (status, is_replayed, body) =
        script.answers.lock().expect("answers").pop_front().expect("no more is asked");
    let mut response = (StatusCode::from_u16(status).expect("a status"), body).into_response();
    let headers = response.headers_mut();
    headers.insert("request-id", "req_8dmlhlWtBZKt2z".parse().expect("a header"));
    headers.insert(header::CONTENT_TYPE, "application/json".parse().expect("a header"));
    if is_replayed {
        headers.insert("idempotent-replayed", "true".parse().expect("a header"));
    }
    response
}

/// An account at a server of this test.
pub(super) async fn account() -> (Arc<Stripe>, Script) {
    let script = Script::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
    let address = listener.local_addr().expect("an address");
    let router = Router::new().fallback(answer).with_state(script.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (at(&format!("http://{address}")), script)
}

pub(super) fn at(address: &str) -> Arc<Stripe> {
    let config = StripeConfig {
        secret_key: "sk_test_portico".to_owned().into(),
        publishable_key: "pk_test_portico".into(),
        api_base: address.to_owned(),
        ..StripeConfig::default()
    };
    Stripe::new(&config).expect("settings").expect("keys")
}

/// A charge as the documentation shows it, and what is different.
pub(super) fn intent(status: &str, different: &Value) -> Value {
    let mut intent = json!({
        "id": "pi_3MtwBwLkdIwHu7ix28a3tqPa",
        "object": "payment_intent",
        "amount": 2000,
        "amount_capturable": 0,
        "amount_details": { "tip": {} },
        "amount_received": 0,
        "application": null,
        "automatic_payment_methods": null,
        "canceled_at": null,
        "cancellation_reason": null,
        "capture_method": "automatic_async",
        "client_secret": "pi_3MtwBwLkdIwHu7ix28a3tqPa_secret_YrKJUKribcBjcG8HVhfZluoGH",
        "confirmation_method": "automatic",
        "created": 1_680_800_504,
        "currency": "usd",
        "customer": "cus_NffrFeUfNV2Hib",
        "description": null,
        "last_payment_error": null,
        "latest_charge": null,
        "livemode": false,
        "metadata": { "number": "PAY/2026/1" },
        "next_action": null,
        "payment_method": "pm_1MqLiJLkdIwHu7ixUEgbFdYF",
        "payment_method_options": {
            "card": { "installments": null, "network": null, "request_three_d_secure": "automatic" }
        },
        "payment_method_types": ["card"],
        "processing": null,
        "status": status,
    });
    for (name, value) in different.as_object().expect("an object") {
        intent[name] = value.clone();
    }
    intent
}

/// A refusal as the documentation shows it.
pub(super) fn error(kind: &str, code: &str, decline_code: Option<&str>) -> Value {
    json!({ "error": {
        "type": kind,
        "code": code,
        "decline_code": decline_code,
        "doc_url": format!("https://docs.stripe.com/error-codes/{}", code.replace('_', "-")),
        "message": "Words of Stripe's, with sk_test_secrets and lumen@example.com in them.",
        "request_log_url": "https://dashboard.stripe.com/test/logs/req_8dmlhlWtBZKt2z",
    } })
}

pub(super) fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

pub(super) fn pi() -> String {
    "pi_3MtwBwLkdIwHu7ix28a3tqPa".to_owned()
}
