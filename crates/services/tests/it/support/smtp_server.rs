//! A mail server that does what tests tell it to.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use mail_parser::MessageParser;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::Notify,
    task::{JoinHandle, JoinSet},
    time::timeout,
};

/// How the server behaves to new connections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Willing,
    /// Greets with 421.
    Closing,
    /// Never says a word.
    Silent,
    /// Answers RCPT with 450.
    Greylisting,
    /// Takes the mail and hangs up without an answer.
    DropsAfterData,
    /// Takes the mail and never answers.
    HangsAfterData,
}

/// A mail as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    pub to: String,
    pub message_id: String,
    pub text: String,
    pub raw: Vec<u8>,
}

#[derive(Default)]
struct State {
    mood: Mood,
    /// Answered with 550 at RCPT.
    unknown: Option<String>,
    /// What AUTH PLAIN must say, in base64; else 535.
    password: Option<String>,
    received: Vec<Received>,
}

#[derive(Clone, Default)]
struct Shared {
    state: Arc<Mutex<State>>,
    arrived: Arc<Notify>,
}

pub struct SmtpServer {
    pub port: u16,
    shared: Shared,
    listening: Option<JoinHandle<()>>,
}

impl SmtpServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Shared::default();
        let listening = Some(tokio::spawn(accept(listener, shared.clone())));
        Self { port, shared, listening }
    }

    /// Ends every connection and refuses new ones.
    pub async fn down(&mut self) {
        if let Some(task) = self.listening.take() {
            task.abort();
            let _ = task.await;
        }
    }

    pub async fn up(&mut self) {
        self.down().await;
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.expect("the same port");
        self.listening = Some(tokio::spawn(accept(listener, self.shared.clone())));
    }

    pub fn set(&self, mood: Mood) {
        self.shared.state().mood = mood;
    }

    pub fn does_not_know(&self, address: &str) {
        self.shared.state().unknown = Some(address.to_owned());
    }

    pub fn wants_password(&self, base64: &str) {
        self.shared.state().password = Some(base64.to_owned());
    }

    pub fn received(&self) -> Vec<Received> {
        self.shared.state().received.clone()
    }

    /// Waits until so many mails arrived.
    pub async fn wait_for(&self, number: usize) {
        let arrived = async {
            loop {
                let next = self.shared.arrived.notified();
                if self.received().len() >= number {
                    return;
                }
                next.await;
            }
        };
        timeout(Duration::from_secs(20), arrived).await.expect("the mails arrive");
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn accept(listener: TcpListener, shared: Shared) {
    let mut open = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        open.spawn(talk(stream, shared.clone()));
    }
}

struct Conversation {
    read: BufReader<OwnedReadHalf>,
    write: OwnedWriteHalf,
}

impl Conversation {
    async fn say(&mut self, line: &str) {
        let _ = self.write.write_all(format!("{line}\r\n").as_bytes()).await;
    }

    async fn hear(&mut self) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        let read = self.read.read_until(b'\n', &mut line).await.ok()?;
        (read > 0).then_some(line)
    }

    async fn hear_mail(&mut self) -> Option<Vec<u8>> {
        let mut mail = Vec::new();
        loop {
            let line = self.hear().await?;
            if line == b".\r\n" {
                return Some(mail);
            }
            mail.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
    }
}

async fn talk(stream: TcpStream, shared: Shared) -> Option<()> {
    let mood = shared.state().mood;
    let _ = stream.set_nodelay(true);
    let (read, write) = stream.into_split();
    let mut peer = Conversation { read: BufReader::new(read), write };
    match mood {
        Mood::Silent => std::future::pending::<()>().await,
        Mood::Closing => {
            peer.say("421 4.3.2 shutting down").await;
            return None;
        }
        _ => peer.say("220 test ESMTP").await,
    }
    let mut to = String::new();
    loop {
        let line = String::from_utf8_lossy(&peer.hear().await?).trim().to_owned();
        let mood = shared.state().mood;
        match line.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
            "EHLO" => peer.say("250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME").await,
            "AUTH" => {
                let wanted = shared.state().password.clone();
                let is_right = line.split(' ').nth(2).map(str::to_owned) == wanted;
                peer.say(if is_right { "235 welcome" } else { "535 5.7.8 wrong password" }).await;
            }
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                let is_unknown = shared.state().unknown.as_ref() == Some(&to);
                peer.say(match mood {
                    _ if is_unknown => "550 5.1.1 no such user",
                    Mood::Greylisting => "450 4.2.0 come back later",
                    _ => "250 fine",
                })
                .await;
            }
            "DATA" => {
                peer.say("354 go on").await;
                let raw = peer.hear_mail().await?;
                shared.state().received.push(read_mail(&to, raw));
                shared.arrived.notify_waiters();
                match mood {
                    Mood::DropsAfterData => return None,
                    Mood::HangsAfterData => std::future::pending::<()>().await,
                    _ => peer.say("250 2.0.0 queued as 42").await,
                }
            }
            "QUIT" => {
                peer.say("221 bye").await;
                return None;
            }
            _ => peer.say("250 fine").await,
        }
    }
}

fn read_mail(to: &str, raw: Vec<u8>) -> Received {
    let message = MessageParser::default().parse(&raw).expect("a mail");
    Received {
        to: to.to_owned(),
        message_id: message.message_id().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        raw: raw.clone(),
    }
}
