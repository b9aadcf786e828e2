//! The program as a process of its own, over a database that others may share.

use std::{
    fs::OpenOptions,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use sea_orm::{ConnectionTrait, Database};
use temp_dir::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use url::form_urlencoded;
use uuid::Uuid;

/// The administrator that [`create_administrator`] makes.
pub const LOGIN: &str = "ada@business.example";
pub const PASSWORD: &str = "tram-otter-violin-42";

/// A database of the PostgreSQL server that the tests may use, if there is one.
pub async fn new_postgres_database() -> Option<String> {
    let server = std::env::var("PORTICO_TEST_POSTGRES").ok()?;
    let (base, _) = server.rsplit_once('/').expect("an address with a database");
    let name = format!("test_{}", Uuid::now_v7().simple());
    let maintenance = Database::connect(&server).await.expect("the PostgreSQL server");
    maintenance.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
    Some(format!("{base}/{name}"))
}

/// One server; killed when dropped, as by a power cut.
pub struct Server {
    child: Child,
    addr: SocketAddr,
}

/// What it answered.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// A cookie that it sets, as the browser sends it back.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let line = self.head.lines().find_map(|line| line.strip_prefix(&format!("set-cookie: {name}=")))?;
        line.split(';').next().map(|value| format!("{name}={value}"))
    }

    /// Where it sends the browser.
    pub fn location(&self) -> &str {
        self.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A command of the program.
pub fn portico(folder: &TempDir, database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portico"));
    command
        .env("PORTICO_DATA_DIR", folder.path())
        .env("DATABASE_URL", database)
        .env("RUST_LOG", "off")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Makes [`LOGIN`].
pub fn create_administrator(folder: &TempDir, database: &str) {
    use std::io::Write;
    let mut command = portico(folder, database);
    let mut child =
        command.args(["admin", "create", "--email", LOGIN]).stdin(Stdio::piped()).spawn().expect("runs");
    child.stdin.take().expect("a pipe").write_all(PASSWORD.as_bytes()).expect("takes the password");
    assert!(child.wait().expect("ends").success());
}

impl Server {
    /// Starts it, and waits until it listens.
    pub async fn start(folder: &TempDir, database: &str) -> Self {
        Self::start_with(folder, database, &[]).await
    }

    /// Starts it with settings of its own.
    pub async fn start_with(folder: &TempDir, database: &str, settings: &[(&str, &str)]) -> Self {
        let mut command = portico(folder, database);
        command.envs(settings.iter().copied());
        Self::run(command).await
    }

    /// Starts it with settings of its own; all that it says is added to a file.
    pub async fn start_logged(
        folder: &TempDir,
        database: &str,
        settings: &[(&str, &str)],
        log: &Path,
    ) -> Self {
        let log = OpenOptions::new().create(true).append(true).open(log).expect("a log");
        let mut command = portico(folder, database);
        command.env("RUST_LOG", "debug").envs(settings.iter().copied());
        command.stdout(log.try_clone().expect("a log")).stderr(log);
        Self::run(command).await
    }

    async fn run(mut command: Command) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let addr = free.expect("a free port");
        let child = command.arg("serve").env("PORTICO_ADDR", addr.to_string()).spawn().expect("runs");
        let server = Self { child, addr };
        let patience = Instant::now();
        while TcpStream::connect(addr).await.is_err() {
            assert!(patience.elapsed() < Duration::from_secs(30), "the server does not start");
            tokio::task::yield_now().await;
        }
        server
    }

    /// Where it is, such as `http://127.0.0.1:3000`.
    pub fn address(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Posts; `None` when it is killed before it has answered.
    pub async fn post(&self, path: &str, kind: &str, cookie: &str, body: &str) -> Option<Answer> {
        let head = format!("Origin: {}\r\nCookie: {cookie}\r\nContent-Type: {kind}\r\n", self.address());
        self.send(&format!("POST {path}"), &head, body).await
    }

    /// Posts a form.
    pub async fn post_form(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post(path, "application/x-www-form-urlencoded", cookie, &body).await
    }

    /// Sends whatever it is; `None` when it is killed before it has answered.
    pub async fn send(&self, what: &str, head: &str, body: &str) -> Option<Answer> {
        let request = format!(
            "{what} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n{head}\r\n{body}",
            self.addr,
            body.len()
        );
        let mut stream = TcpStream::connect(self.addr).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }

    /// Tries to sign [`LOGIN`] in.
    pub async fn sign_in(&self, password: &str, cookie: &str) -> Answer {
        self.sign_in_as(LOGIN, password, cookie).await
    }

    /// Tries to sign somebody in.
    pub async fn sign_in_as(&self, login: &str, password: &str, cookie: &str) -> Answer {
        let fields = [("email", login), ("password", password)];
        self.post_form("/login", cookie, &fields).await.expect("an answer")
    }

    /// Kills it, as a power cut does.
    pub fn kill(mut self) {
        self.child.kill().expect("is killed");
        self.child.wait().expect("is gone");
    }
}
