//! The server under measurement, as a process of its own.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    client::{Answer, Client},
    seed::{PASSWORD, Seeded},
};

/// A running process that ends with its owner.
#[derive(Debug)]
pub(crate) struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Process {
    /// Starts a command.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        Ok(Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?))
    }
}

/// A running server.
#[derive(Debug)]
pub(crate) struct Portico {
    process: Process,
    /// Where it listens.
    pub port: u16,
    /// How long it took until it was ready.
    pub started_in_ms: f64,
}

/// A port that is free now.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

impl Portico {
    /// Starts the server over a seeded folder.
    pub(crate) async fn start(binary: &Path, data: &Path) -> Result<Self> {
        let port = free_port()?;
        let started = Instant::now();
        let process = Process::start(
            Command::new(binary)
                .arg("serve")
                .env("PORTICO_DATA_DIR", data)
                .env("PORTICO_ADDR", format!("127.0.0.1:{port}"))
                .env("RUST_LOG", "warn"),
        )
        .with_context(|| format!("cannot start {}", binary.display()))?;
        loop {
            if let Ok(mut client) = Client::connect(port).await
                && client.get("/readyz", "").await.is_ok_and(|answer| answer.status == 200)
            {
                break;
            }
            if started.elapsed() > Duration::from_secs(20) {
                bail!("the server did not become ready");
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(Self { process, port, started_in_ms: started.elapsed().as_secs_f64() * 1_000.0 })
    }

    /// Its resident memory.
    pub(crate) fn resident_mib(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.0.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no VmRSS")?;
        let kib: f64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
        Ok(kib / 1024.0)
    }

    /// Signs somebody in by the form; the cookie header of their requests.
    pub(crate) async fn sign_in(&self, login: &str) -> Result<String> {
        let answer = self.try_to_sign_in(login, PASSWORD).await?;
        let cookies: Vec<&str> = answer.cookies().collect();
        anyhow::ensure!(!cookies.is_empty(), "{login} cannot sign in");
        Ok(format!("cookie: {}\r\n", cookies.join("; ")))
    }

    /// The answer to the sign-in form.
    pub(crate) async fn try_to_sign_in(&self, login: &str, password: &str) -> Result<Answer> {
        let form = format!("email={}&password={password}", login.replace('@', "%40"));
        let mut client = Client::connect(self.port).await?;
        client.post("/login", "application/x-www-form-urlencoded", "", &form).await
    }

    /// The cookie header of the customer with many documents.
    pub(crate) async fn large(&self, seeded: &Seeded) -> Result<String> {
        self.sign_in(&seeded.large_login).await
    }
}
