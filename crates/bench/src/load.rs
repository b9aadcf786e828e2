//! Pages under load, against axum alone and against each other.

use std::{
    env, fs,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use crate::{
    client::Client,
    portico::{Portico, Process, free_port},
    report::{Report, median},
    seed::Seeded,
};

/// Connections at once.
const CONNECTIONS: usize = 16;
/// Rounds; in each, everything that is compared takes its turn.
const ROUNDS: usize = 5;
/// How long one turn lasts.
const TURN: Duration = Duration::from_millis(1_500);

/// Measures the home and a list.
pub(crate) async fn measure(portico: &Portico, seeded: &Seeded, report: &mut Report) -> Result<()> {
    let large = portico.large(seeded).await?;
    let small = portico.sign_in(&seeded.small_login).await?;
    let mut client = Client::connect(portico.port).await?;
    let home = client.get("/my", &small).await?.body;
    let folder = temp_dir::TempDir::new()?;
    let file = folder.path().join("home.html");
    fs::write(&file, home)?;
    let bare_port = free_port()?;
    let _bare = Process::start(
        Command::new(env::current_exe()?).arg("--bare").arg(&file).arg(bare_port.to_string()),
    )?;
    let deep = last_page(&mut client, &large).await?;

    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(Round {
            bare: rate(bare_port, "/", "").await?,
            small: rate(portico.port, "/my", &small).await?,
            large: rate(portico.port, "/my", &large).await?,
            first: rate(portico.port, "/my/invoices", &large).await?,
            deep: rate(portico.port, &deep, &large).await?,
        });
    }
    let of = |ratio: fn(&Round) -> f64| median(rounds.iter().map(ratio).collect());
    report.add("home, requests a second", of(|round| round.small), "/s", "");
    report.add("bare axum with the same bytes", of(|round| round.bare), "/s", "");
    report.add("home against bare axum", of(|round| 100.0 * round.small / round.bare), "%", "≥ 10");
    report.add(
        "home with many documents against 20, time",
        of(|round| round.small / round.large),
        "×",
        "≤ 1.2",
    );
    report.add(
        "last full page of a list against the first, time",
        of(|round| round.first / round.deep),
        "×",
        "≤ 1.2",
    );
    Ok(())
}

struct Round {
    bare: f64,
    small: f64,
    large: f64,
    first: f64,
    deep: f64,
}

/// Follows *Next page* to the last page that has one.
async fn last_page(client: &mut Client, cookie: &str) -> Result<String> {
    let mut path = "/my/invoices".to_owned();
    let mut full = path.clone();
    loop {
        let html = String::from_utf8(client.get(&path, cookie).await?.body).context("no text")?;
        let next = html
            .split("href=\"/my/invoices?after=")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .map(|cursor| format!("/my/invoices?after={cursor}"));
        match next {
            Some(next) => full = std::mem::replace(&mut path, next),
            None => return Ok(full),
        }
    }
}

/// Requests a second over all connections.
async fn rate(port: u16, path: &str, cookie: &str) -> Result<f64> {
    let started = Instant::now();
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|_| tokio::spawn(ask_until(started + TURN, port, path.to_owned(), cookie.to_owned())))
        .collect();
    let mut done = 0_u32;
    for task in tasks {
        done += task.await??;
    }
    Ok(f64::from(done) / started.elapsed().as_secs_f64())
}

async fn ask_until(end: Instant, port: u16, path: String, cookie: String) -> Result<u32> {
    let mut client = Client::connect(port).await?;
    let mut done = 0;
    while Instant::now() < end {
        let answer = client.get(&path, &cookie).await?;
        anyhow::ensure!(answer.status == 200, "{path} answered {}", answer.status);
        done += 1;
    }
    Ok(done)
}
