//! Requests to Stripe's API and its answers. Neither keys nor bodies are logged.

use std::fmt;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use services::payments::ProviderError;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    task::JoinSet,
};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};
use url::form_urlencoded;

use super::{
    settings::{Base, StripeConfig},
    wire::{ApiError, Refused},
    words,
};
use crate::tls;

/// The form of requests and answers that this is written for, whichever the account has (<https://docs.stripe.com/api-versions>).
const VERSION: &str = "2025-12-15.clover";
/// Longest answer, in bytes.
const LONGEST: usize = 1024 * 1024;

/// Names and values that are sent.
pub(super) type Form<'a> = &'a [(&'a str, &'a str)];

/// Speaks with Stripe.
pub(super) struct Client {
    base: Base,
    authorization: HeaderValue,
    tls: TlsConnector,
}

impl Client {
    pub(super) fn new(config: &StripeConfig) -> anyhow::Result<Self> {
        let mut authorization = HeaderValue::try_from(format!("Bearer {}", config.secret_key.reveal()))?;
        authorization.set_sensitive(true);
        Ok(Self { base: Base::parse(&config.api_base)?, authorization, tls: tls::connector()? })
    }

    /// Reads.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Fault> {
        self.send(Method::GET, path, &[], None).await?.read()
    }

    /// Changes something; twice under one key is once.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        form: Form<'_>,
        key: Option<&str>,
    ) -> Result<T, Fault> {
        self.send(Method::POST, path, form, key).await?.read()
    }

    /// An answer, not yet read.
    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        form: Form<'_>,
        key: Option<&str>,
    ) -> Result<Answer, Fault> {
        let unreachable = |_error| Fault::unknown(format!("{} cannot be reached", self.base.host));
        let request = self.request(method, path, form, key)?;
        let stream =
            TcpStream::connect((self.base.host.as_str(), self.base.port)).await.map_err(unreachable)?;
        stream.set_nodelay(true).ok();
        if !self.base.is_tls {
            return exchange(stream, request).await;
        }
        let name = ServerName::try_from(self.base.host.clone())
            .map_err(|_no_name| Fault::unknown(format!("no certificate can be for {}", self.base.host)))?;
        let stream = self.tls.connect(name, stream).await.map_err(|error| {
            Fault::unknown(format!("no encrypted connection to {}: {error}", self.base.host))
        })?;
        exchange(stream, request).await
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        form: Form<'_>,
        key: Option<&str>,
    ) -> Result<Request<Full<Bytes>>, Fault> {
        let mut request = Request::builder()
            .method(&method)
            .uri(path)
            .header(header::HOST, &self.base.authority)
            .header(header::USER_AGENT, concat!("Portico/", env!("CARGO_PKG_VERSION")))
            .header(header::AUTHORIZATION, &self.authorization)
            .header(header::CONNECTION, "close")
            .header("stripe-version", VERSION);
        if method == Method::POST {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        request.body(Full::new(Bytes::from(body))).map_err(|error| Fault::unknown(error.to_string()))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base", &self.base).finish_non_exhaustive()
    }
}

/// One request and its answer.
async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<Answer, Fault> {
    let broken = |error: hyper::Error| Fault::unknown(format!("the connection broke: {error}"));
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    // Ends with this, however this ends.
    let mut running = JoinSet::new();
    running.spawn(connection);
    let (head, body) = sender.send_request(request).await.map_err(broken)?.into_parts();
    let body = Limited::new(body, LONGEST).collect().await;
    let body = body.map_err(|error| Fault::unknown(format!("the answer broke off: {error}")))?.to_bytes();
    let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Ok(Answer {
        is_replayed: text("idempotent-replayed") == "true",
        request_id: text("request-id").to_owned(),
        status: head.status,
        body,
    })
}

/// What Stripe answered.
pub(super) struct Answer {
    /// Whether it is the answer to an earlier request of the same key.
    pub(super) is_replayed: bool,
    request_id: String,
    status: StatusCode,
    body: Bytes,
}

impl Answer {
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, Fault> {
        if self.status.is_success() {
            return serde_json::from_slice(&self.body).map_err(|_garbage| Fault::Unknown(unreadable()));
        }
        // Too many requests (429) and others in the way of this one (409) are over in a while, failures of Stripe's (5xx) may
        // have done what was asked, and what does not look like Stripe's does not tell of it.
        let is_final = (400..=404).contains(&self.status.as_u16());
        match serde_json::from_slice::<Refused>(&self.body) {
            Ok(Refused { error }) if is_final => Err(Fault::Refused(Box::new(Refusal {
                status: self.status,
                error,
                request_id: self.request_id,
            }))),
            _ => Err(Fault::unknown(format!("answered {}{}", self.status, of_request(&self.request_id)))),
        }
    }
}

/// Why there is nothing to read.
#[derive(Debug)]
pub(super) enum Fault {
    /// What became of the request is not known.
    Unknown(ProviderError),
    /// Stripe says no.
    Refused(Box<Refusal>),
}

impl Fault {
    fn unknown(words: String) -> Self {
        Self::Unknown(ProviderError::Unreachable(words))
    }
}

impl From<Fault> for ProviderError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Unknown(error) => error,
            Fault::Refused(refusal) => (*refusal).into(),
        }
    }
}

/// How Stripe says no.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) error: ApiError,
    request_id: String,
}

impl From<Refusal> for ProviderError {
    fn from(refusal: Refusal) -> Self {
        if refusal.status == StatusCode::PAYMENT_REQUIRED {
            return Self::Declined(words::declined(&refusal.error));
        }
        let ApiError { kind, code, param, .. } = &refusal.error;
        let reasons: Vec<_> = [kind, code, param].into_iter().flatten().map(|reason| plain(reason)).collect();
        Self::Refused(format!(
            "answered {}: {}{}",
            refusal.status,
            reasons.join(", "),
            of_request(&refusal.request_id)
        ))
    }
}

/// An answer that is not understood.
pub(super) fn unreadable() -> ProviderError {
    ProviderError::Unreachable("answered what cannot be read".to_owned())
}

/// The request by the name under which Stripe's dashboard tells of it.
fn of_request(id: &str) -> String {
    if id.is_empty() { String::new() } else { format!(" ({})", plain(id)) }
}

/// A name of Stripe's, safe for the log.
fn plain(name: &str) -> String {
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || "_-.[]".contains(*letter);
    name.chars().filter(is_plain).take(64).collect()
}
