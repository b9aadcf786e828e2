//! The postman behind `services::webhooks::Postman`.

mod reach;

use std::{fmt, future::Future, net::SocketAddr, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Uri, header};
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use services::webhooks::{Parcel, Postman, Undelivered};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};

use self::reach::Reach;
use crate::tls;

/// Longest wait for a receiver, from looking up its name to its answer.
const LONGEST: Duration = Duration::from_secs(10);

/// Posts to other programs, over connections that it makes itself: to the very address that was looked at, not to what
/// its name leads to a moment later.
pub struct Posting {
    reach: Reach,
    tls: TlsConnector,
}

impl Posting {
    /// Reaches the web; of the business's own network the hosts that are named, and this machine where the portal itself
    /// is tried on it.
    ///
    /// # Errors
    /// When the system's cryptography is not there.
    pub fn new(public_url: &str, hosts: &[String]) -> anyhow::Result<Arc<Self>> {
        Ok(Arc::new(Self { reach: Reach::new(public_url, hosts), tls: tls::connector()? }))
    }

    /// Where an address leads, if it may be gone there.
    async fn resolve(&self, url: &str) -> Result<Target, String> {
        let wrong = || "This is no address.".to_owned();
        let uri: Uri = url.parse().map_err(|_no_uri| wrong())?;
        let host = uri.host().ok_or_else(wrong)?.trim_matches(['[', ']']).to_owned();
        let is_tls = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        let found = lookup_host((host.as_str(), port)).await;
        let found: Vec<SocketAddr> = found.map_err(|_unknown| format!("There is no host {host}."))?.collect();
        let addresses: Vec<_> =
            found.into_iter().filter(|address| self.reach.may_reach(&host, address.ip())).collect();
        if addresses.is_empty() {
            return Err(format!(
                "{host} is in a network of its own, where nothing is sent. Whoever runs this portal can allow it: \
                 webhook_hosts in the configuration."
            ));
        }
        Ok(Target { uri, host, addresses, is_tls })
    }

    async fn send(&self, parcel: Parcel) -> Result<u16, Undelivered> {
        let target = self.resolve(&parcel.url).await.map_err(Undelivered::unanswered)?;
        let unreachable = |_error| Undelivered::unanswered(format!("{} cannot be reached.", target.host));
        // One after the other: a host may have an address of a kind that this machine has no way to.
        let stream = TcpStream::connect(target.addresses.as_slice()).await.map_err(unreachable)?;
        stream.set_nodelay(true).ok();
        let request = target.request(parcel)?;
        if !target.is_tls {
            return exchange(stream, request).await;
        }
        let name = ServerName::try_from(target.host.clone())
            .map_err(|_no_name| Undelivered::unanswered("No certificate can be for this host."))?;
        let stream = self.tls.connect(name, stream).await.map_err(|error| {
            Undelivered::unanswered(format!("No encrypted connection to {}: {error}", target.host))
        })?;
        exchange(stream, request).await
    }
}

impl Postman for Posting {
    fn check<'a>(&'a self, url: &'a str) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        Box::pin(async move {
            let found = timeout(LONGEST, self.resolve(url)).await;
            found.map_err(|_late| "The host cannot be looked up at the moment.".to_owned())?.map(|_target| ())
        })
    }

    fn post(&self, parcel: Parcel) -> Pin<Box<dyn Future<Output = Result<u16, Undelivered>> + Send + '_>> {
        Box::pin(async move {
            let late = |_late| Undelivered::unanswered("The receiver did not answer within ten seconds.");
            timeout(LONGEST, self.send(parcel)).await.map_err(late)?
        })
    }
}

impl fmt::Debug for Posting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Posting").field("reach", &self.reach).finish_non_exhaustive()
    }
}

/// Where a parcel goes.
struct Target {
    uri: Uri,
    host: String,
    addresses: Vec<SocketAddr>,
    is_tls: bool,
}

impl Target {
    fn request(&self, parcel: Parcel) -> Result<Request<Full<Bytes>>, Undelivered> {
        let path = self.uri.path_and_query().map_or("/", |path| path.as_str());
        let host = self.uri.authority().map(|authority| authority.as_str()).unwrap_or_default();
        let mut request = Request::post(path)
            .header(header::HOST, host)
            .header(header::USER_AGENT, concat!("Portico/", env!("CARGO_PKG_VERSION")))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::CONNECTION, "close");
        for (name, value) in parcel.headers {
            request = request.header(name, value);
        }
        request
            .body(Full::new(Bytes::from(parcel.body)))
            .map_err(|_bad| Undelivered::unanswered("This is no address."))
    }
}

/// One request and the status of its answer. Its body is not read, and redirects are not followed: where they lead was not
/// looked at.
async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<u16, Undelivered> {
    let broken = |error: hyper::Error| Undelivered::unanswered(format!("The connection broke: {error}."));
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    let running = tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(broken);
    running.abort();
    let status = answer?.status();
    if status.is_success() {
        return Ok(status.as_u16());
    }
    let words = match status.is_redirection() {
        true => format!(
            "The receiver answered {status}: redirects are not followed. Enter the address where it is."
        ),
        false => format!("The receiver answered {status}."),
    };
    Err(Undelivered { status: Some(status.as_u16()), words })
}
