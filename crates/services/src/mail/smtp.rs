use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use lettre::transport::smtp::{
    self,
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, TlsParameters},
    commands::{Data, Mail, Quit, Rcpt, Rset},
    extension::{ClientId, Extension, MailParameter},
    response::Response,
};
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::{
    failure::{Failure, Trouble},
    message::Outgoing,
};

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A mail server, and the connections to it that wait for the next mail.
///
/// Speaks the protocol step by step over lettre's connections rather than through its pool: which step
/// failed tells whether the server, or only this mail, is in trouble; every answer has a deadline; and a
/// connection that was left half-way is closed, never used again.
#[derive(Clone)]
pub struct SmtpServer {
    patience: Duration,
    shared: Arc<Shared>,
}

struct Shared {
    host: String,
    port: u16,
    encryption: Encryption,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    waiting: Mutex<Vec<AsyncSmtpConnection>>,
}

/// How a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encryption {
    /// Not at all.
    None,
    /// After STARTTLS when the server offers it, with whatever certificate: better than none.
    WhenOffered,
    /// After STARTTLS, with a checked certificate.
    Required,
    /// From the first byte, with a checked certificate.
    FromStart,
}

impl SmtpServer {
    pub(super) fn new(
        host: &str,
        port: u16,
        encryption: Encryption,
        credentials: Option<(String, String)>,
    ) -> Result<Self, smtp::Error> {
        let tls = match encryption {
            Encryption::None => None,
            Encryption::WhenOffered => {
                let any = TlsParameters::builder(host.to_owned())
                    .dangerous_accept_invalid_certs(true)
                    .dangerous_accept_invalid_hostnames(true);
                Some(any.build()?)
            }
            Encryption::Required | Encryption::FromStart => Some(TlsParameters::new(host.to_owned())?),
        };
        let credentials = credentials.map(|(user, password)| Credentials::new(user, password));
        let waiting = Mutex::default();
        let shared = Shared { host: host.to_owned(), port, encryption, tls, credentials, waiting };
        Ok(Self { patience: PATIENCE, shared: Arc::new(shared) })
    }

    pub(super) fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Hands a mail over; the server's answer.
    pub(super) async fn send(&self, mail: &Outgoing) -> Result<String, Failure> {
        let (mut connection, answer) = self.begin(mail).await?;
        if let Err(trouble) = answer {
            self.reset(connection, &trouble).await;
            return Err(trouble.with_server("The mail server refused our sender address"));
        }
        let recipient = Rcpt::new(mail.to.clone(), Vec::new());
        if let Err(trouble) = within(self.patience, connection.command(recipient)).await {
            self.reset(connection, &trouble).await;
            return Err(trouble.with_mail("The mail server refused the recipient"));
        }
        if let Err(trouble) = within(self.patience, connection.command(Data)).await {
            self.reset(connection, &trouble).await;
            return Err(trouble.with_mail("The mail server refused the mail"));
        }
        // Filters read the whole mail before they answer. Hanging up on them would send it twice.
        match within(self.patience * 4, connection.message(&mail.bytes)).await {
            Ok(answer) => {
                self.keep(connection);
                let text: Vec<&str> = answer.message().collect();
                Ok(format!("{} {}", answer.code(), text.join(" ")))
            }
            Err(trouble) => {
                self.reset(connection, &trouble).await;
                Err(trouble.with_mail("The mail server refused the mail"))
            }
        }
    }

    /// A connection that was told the sender, and what it said. One that waited may have been closed
    /// meanwhile: then a new one is tried.
    async fn begin(
        &self,
        mail: &Outgoing,
    ) -> Result<(AsyncSmtpConnection, Result<Response, Trouble>), Failure> {
        if let Some(mut connection) = self.take() {
            let sender = sender(&connection, mail)?;
            let answer = within(self.patience, connection.command(sender)).await;
            if answer.is_ok() {
                return Ok((connection, answer));
            }
        }
        let mut connection = self.connect().await?;
        let sender = sender(&connection, mail)?;
        let answer = within(self.patience, connection.command(sender)).await;
        Ok((connection, answer))
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let connecting = within(self.patience * 2, self.shared.connect(self.patience / 2)).await;
        let mut connection =
            connecting.map_err(|trouble| trouble.with_server("The mail server cannot be reached"))?;
        if let Some(credentials) = &self.shared.credentials {
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            within(self.patience, connection.auth(&mechanisms, credentials)).await.map_err(|trouble| {
                trouble.with_server("The mail server refused our user name and password")
            })?;
        }
        Ok(connection)
    }

    fn take(&self) -> Option<AsyncSmtpConnection> {
        self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }

    /// Keeps a connection whose mail was refused, if the server still talks.
    async fn reset(&self, mut connection: AsyncSmtpConnection, trouble: &Trouble) {
        let still_talks = matches!(trouble, Trouble::Reply { .. });
        if still_talks && within(self.patience / 5, connection.command(Rset)).await.is_ok() {
            self.keep(connection);
        }
    }

    /// Ends the connections that wait.
    pub(super) async fn rest(&self) {
        while let Some(mut connection) = self.take() {
            // Closing is polite but not needed: dropping closes too.
            let _ = within(self.patience / 5, connection.command(Quit)).await;
        }
    }
}

impl Shared {
    async fn connect(&self, patience: Duration) -> Result<AsyncSmtpConnection, Trouble> {
        let hello = ClientId::default();
        if self.encryption == Encryption::FromStart {
            let (server, tls) = ((self.host.as_str(), self.port), self.tls.clone());
            let connected =
                AsyncSmtpConnection::connect_tokio1(server, Some(patience), &hello, tls, None).await;
            return Ok(connected?);
        }
        let stream = self.connect_tcp(patience).await?;
        let mut connection = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await?;
        if let Some(tls) = self.tls.clone()
            && (self.encryption == Encryption::Required || connection.can_starttls())
        {
            connection.starttls(tls, &hello).await?;
        }
        Ok(connection)
    }

    /// Tries each of the server's addresses. Small packets leave at once: waiting to fill them costs 40 ms
    /// a mail.
    async fn connect_tcp(&self, patience: Duration) -> Result<TcpStream, Trouble> {
        let mut trouble = Trouble::Silence("its name has no address".to_owned());
        for address in lookup_host((self.host.as_str(), self.port)).await? {
            match within(patience, TcpStream::connect(address)).await {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    return Ok(stream);
                }
                Err(failed) => trouble = failed,
            }
        }
        Err(trouble)
    }
}

/// The first command of a mail.
fn sender(connection: &AsyncSmtpConnection, mail: &Outgoing) -> Result<Mail, Failure> {
    let is_plain = [&mail.from, &mail.to].into_iter().all(|address| address.to_string().is_ascii());
    let mut parameters = Vec::new();
    if !is_plain {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let cause = "it knows no addresses with letters other than a to z";
            return Err(Failure::refused("The mail server cannot deliver this", cause));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    Ok(Mail::new(Some(mail.from.clone()), parameters))
}

async fn within<T, E>(patience: Duration, step: impl Future<Output = Result<T, E>>) -> Result<T, Trouble>
where
    Trouble: From<E>,
{
    match timeout(patience, step).await {
        Ok(result) => Ok(result?),
        Err(elapsed) => Err(elapsed.into()),
    }
}

impl fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { host, port, encryption, credentials, .. } = &*self.shared;
        let password = if credentials.is_some() { ", with password" } else { "" };
        write!(f, "{host}:{port}, {encryption:?}{password}")
    }
}
