//! What a browser loads at first, brotli-compressed.

use anyhow::{Context, Result, bail};

use crate::{
    client::Client,
    portico::Portico,
    report::Report,
    seed::{ADMINISTRATOR, Seeded},
};

/// Measures the first loads.
pub(crate) async fn measure(portico: &Portico, seeded: &Seeded, report: &mut Report) -> Result<()> {
    let customer = portico.large(seeded).await?;
    let staff = portico.sign_in(ADMINISTRATOR).await?;
    let login = Load::of(portico, "/login", "").await?;
    report.add("first load of /login before prefetch", login.page, "kB", "≤ 15");
    let home = Load::of(portico, "/my", &customer).await?;
    report.add("first load of /my, HTML and CSS", home.page, "kB", "≤ 30");
    report.add("first load of /my with wasm", home.all, "kB", "≤ 300");
    let desk = Load::of(portico, "/staff", &staff).await?;
    report.add("first load of /staff with wasm", desk.all, "kB", "≤ 400");
    Ok(())
}

struct Load {
    /// Page and style sheet, in kB.
    page: f64,
    /// With glue and WebAssembly.
    all: f64,
}

impl Load {
    async fn of(portico: &Portico, path: &str, cookie: &str) -> Result<Self> {
        let mut client = Client::connect(portico.port).await?;
        let plain = client.get(path, cookie).await?;
        if plain.status != 200 {
            bail!("{path} answered {}", plain.status);
        }
        let html = String::from_utf8(plain.body).context("no text")?;
        let mut page = weight(&mut client, path, cookie).await?;
        let mut scripts = 0;
        for asset in assets(&html) {
            let weight = weight(&mut client, &asset, "").await?;
            if asset.ends_with(".css") {
                page += weight;
            } else if asset.ends_with(".js") || asset.ends_with(".wasm") {
                scripts += weight;
            }
        }
        let kilobytes = |bytes: usize| bytes as f64 / 1_000.0;
        Ok(Self { page: kilobytes(page), all: kilobytes(page + scripts) })
    }
}

async fn weight(client: &mut Client, path: &str, headers: &str) -> Result<usize> {
    Ok(client.get(path, &format!("{headers}accept-encoding: br\r\n")).await?.body.len())
}

/// The addresses under `/assets/` that a page names, each once.
fn assets(html: &str) -> Vec<String> {
    let end = |c: char| matches!(c, '"' | '\'' | '>' | ' ');
    let mut found: Vec<String> = html
        .split("/assets/")
        .skip(1)
        .filter_map(|rest| rest.split(end).next())
        .map(|file| format!("/assets/{file}"))
        .collect();
    found.sort();
    found.dedup();
    found
}
