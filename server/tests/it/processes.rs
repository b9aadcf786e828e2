//! Real processes of the program over one database.

use std::{
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use sea_orm::{ConnectionTrait, Database};
use temp_dir::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use uuid::Uuid;

const LOGIN: &str = "ada@business.example";
const PASSWORD: &str = "tram-otter-violin-42";

/// One server; killed when dropped, as by a power cut.
struct Server {
    child: Child,
    addr: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn portico(folder: &TempDir, database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portico"));
    command
        .env("PORTICO_DATA_DIR", folder.path())
        .env("DATABASE_URL", database)
        .env("RUST_LOG", "off")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn create_administrator(folder: &TempDir, database: &str) {
    use std::io::Write;
    let mut command = portico(folder, database);
    let mut child =
        command.args(["admin", "create", "--email", LOGIN]).stdin(Stdio::piped()).spawn().expect("runs");
    child.stdin.take().expect("a pipe").write_all(PASSWORD.as_bytes()).expect("takes the password");
    assert!(child.wait().expect("ends").success());
}

impl Server {
    async fn start(folder: &TempDir, database: &str) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let addr = free.expect("a free port");
        let child = portico(folder, database).arg("serve").env("PORTICO_ADDR", addr.to_string()).spawn();
        let server = Self { child: child.expect("runs"), addr };
        let patience = Instant::now();
        while TcpStream::connect(addr).await.is_err() {
            assert!(patience.elapsed() < Duration::from_secs(30), "the server does not start");
            tokio::task::yield_now().await;
        }
        server
    }

    /// The status of a try to sign in, and the device cookie that it gives.
    async fn tries(&self, password: &str, cookie: &str) -> (u16, Option<String>) {
        let body = format!("email={}&password={password}", LOGIN.replace('@', "%40"));
        let request = format!(
            "POST /login HTTP/1.1\r\nHost: {addr}\r\nOrigin: http://{addr}\r\nCookie: {cookie}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}",
            addr = self.addr,
            length = body.len()
        );
        let mut stream = TcpStream::connect(self.addr).await.expect("connects");
        stream.write_all(request.as_bytes()).await.expect("writes");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("reads");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let device = answer.lines().find_map(|line| line.strip_prefix("set-cookie: portico-device="));
        let device =
            device.and_then(|line| line.split(';').next()).map(|value| format!("portico-device={value}"));
        (status, device)
    }
}

/// What the brief asks for: limits hold for two processes together, outlive both being killed, and keep the owner out
/// on no browser that is known.
async fn limits_hold(database: &str) {
    let (folder, other_folder) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    create_administrator(&folder, database);
    let one = Server::start(&folder, database).await;
    let other = Server::start(&other_folder, database).await;
    let (status, device) = one.tries(PASSWORD, "").await;
    assert_eq!(status, 303);
    let device = device.expect("a browser that is known from now on");
    for server in [&one, &other, &one, &other, &one] {
        assert_eq!(server.tries("wrong-password", "").await.0, 422);
    }
    // A wait may be over by now, but then the next failure brings a longer one: five more would be let in by a
    // process that counted by itself.
    async fn is_slowed_down(server: &Server) -> bool {
        server.tries("wrong-password", "").await.0 == 429 || server.tries("wrong-password", "").await.0 == 429
    }
    assert!(is_slowed_down(&one).await && is_slowed_down(&other).await);
    assert_eq!(other.tries(PASSWORD, &device).await.0, 303, "known to both");
    drop((one, other));
    let again = Server::start(&folder, database).await;
    assert!(is_slowed_down(&again).await, "also after both were killed");
    assert_eq!(again.tries(PASSWORD, &device).await.0, 303);
}

#[tokio::test]
async fn limits_hold_for_two_servers_and_outlive_them() {
    let folder = TempDir::new().expect("a folder");
    limits_hold(&format!("sqlite://{}", folder.path().join("shared.db").display())).await;
    if let Ok(server) = std::env::var("PORTICO_TEST_POSTGRES") {
        let (base, _) = server.rsplit_once('/').expect("an address with a database");
        let name = format!("test_{}", Uuid::now_v7().simple());
        let maintenance = Database::connect(&server).await.expect("the PostgreSQL server");
        maintenance.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
        limits_hold(&format!("{base}/{name}")).await;
    }
}
