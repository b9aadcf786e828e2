//! localstripe, a stand-in for Stripe, as a process of its own.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use server::stripe::StripeConfig;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub const PUBLISHABLE_KEY: &str = "pk_test_portico";
pub const SECRET_KEY: &str = "sk_test_portico";
pub const WEBHOOK_SECRET: &str = "whsec_portico";

/// One stand-in, which knows nothing at first; gone when dropped.
pub struct Localstripe {
    child: Child,
    /// Where it is, such as `http://127.0.0.1:8420`.
    pub address: String,
}

impl Drop for Localstripe {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Localstripe {
    /// Starts one, and waits until it listens.
    pub fn start() -> Self {
        let Some(program) = std::env::var_os("PORTICO_LOCALSTRIPE") else {
            panic!(
                "PORTICO_LOCALSTRIPE is missing: run this by `cargo xtask test`, which installs localstripe"
            );
        };
        let mut child = Command::new(program).stdout(Stdio::piped()).spawn().expect("runs");
        let mut address = String::new();
        let output = child.stdout.take().expect("a pipe");
        BufReader::new(output).read_line(&mut address).expect("is read");
        let address = address.trim().to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "localstripe tells no address: {address:?}");
        Self { child, address }
    }

    /// An account there.
    pub fn config(&self) -> StripeConfig {
        StripeConfig {
            secret_key: SECRET_KEY.to_owned().into(),
            publishable_key: PUBLISHABLE_KEY.to_owned(),
            webhook_secret: WEBHOOK_SECRET.to_owned().into(),
            api_base: self.address.clone(),
            script: None,
        }
    }

    /// Enters a card as the script in a browser does, up to the question whether to confirm it to the bank: then the status
    /// is `requires_action`.
    pub async fn enter_card(&self, setup: &str, secret: &str, number: &str) -> Value {
        let card = json!({ "number": number, "exp_month": "12", "exp_year": "2030", "cvc": "123" });
        let data = json!({ "type": "card", "card": card, "billing_details": {} });
        let path = format!("/v1/setup_intents/{setup}/confirm");
        self.browse(&path, secret, json!({ "payment_method_data": data })).await
    }

    /// Answers that question.
    pub async fn confirm_card(&self, setup: &str, secret: &str, is_confirmed: bool) -> Value {
        let verb = if is_confirmed { "confirm" } else { "cancel" };
        self.browse(&format!("/v1/setup_intents/{setup}/{verb}"), secret, json!({})).await
    }

    /// Answers whether to confirm a charge to the bank.
    pub async fn confirm_charge(&self, charge: &str, secret: &str, is_confirmed: bool) -> Value {
        let path = format!("/v1/payment_intents/{charge}/_authenticate?success={is_confirmed}");
        self.browse(&path, secret, json!({})).await
    }

    async fn browse(&self, path: &str, secret: &str, mut body: Value) -> Value {
        body["key"] = PUBLISHABLE_KEY.into();
        body["client_secret"] = secret.into();
        let answer = self.send("POST", path, "", &body.to_string()).await;
        serde_json::from_str(&answer).expect("JSON")
    }

    /// Asks with the secret key, as whoever works at Stripe's own desk does.
    pub async fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = self.send(method, path, &format!("Authorization: Bearer {SECRET_KEY}\r\n"), &body).await;
        serde_json::from_str(&answer).expect("JSON")
    }

    /// All there is of a kind, such as `refunds`.
    pub async fn all(&self, kind: &str) -> Vec<Value> {
        let mut all: Vec<Value> = Vec::new();
        loop {
            let after = all.last().and_then(|last| last["id"].as_str());
            let after = after.map(|id| format!("&starting_after={id}")).unwrap_or_default();
            let page = self.ask("GET", &format!("/v1/{kind}?limit=100{after}"), &Value::Null).await;
            all.extend(page["data"].as_array().expect("a list").iter().cloned());
            if page["has_more"] != true {
                return all;
            }
        }
    }

    /// Has events sent to an address from now on, instead of the one before.
    pub async fn send_events(&self, url: &str, secret: &str) {
        let body = json!({ "url": url, "secret": secret }).to_string();
        assert_eq!(self.send("POST", "/_config/webhooks/portico", "", &body).await, "");
    }

    async fn send(&self, method: &str, path: &str, head: &str, body: &str) -> String {
        let host = self.address.trim_start_matches("http://");
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n{head}\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(host).await.expect("localstripe");
        stream.write_all(request.as_bytes()).await.expect("is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
        body.to_owned()
    }
}
