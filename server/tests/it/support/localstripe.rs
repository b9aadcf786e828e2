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
            secret_key: "sk_test_portico".to_owned().into(),
            publishable_key: PUBLISHABLE_KEY.to_owned(),
            webhook_secret: "whsec_portico".to_owned().into(),
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
        let (host, body) = (self.address.trim_start_matches("http://"), body.to_string());
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(host).await.expect("localstripe");
        stream.write_all(request.as_bytes()).await.expect("is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
        serde_json::from_str(body).expect("JSON")
    }
}
