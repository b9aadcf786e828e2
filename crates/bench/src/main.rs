//! Measures the budgets of a release, as ratios within one run: machines are noisy, and absolute figures of one
//! are no promise for another.
#![allow(clippy::print_stdout, reason = "its result goes to stdout")]

mod bare;
mod client;
mod grant;
mod load;
mod portico;
mod report;
mod search;
mod seed;
mod sign_in;
mod sizes;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

use crate::{portico::Portico, report::Report, seed::Seeded};

/// What to measure.
#[derive(Debug, Parser)]
struct Args {
    /// The binary `portico`.
    #[arg(long)]
    portico: Option<PathBuf>,
    /// Documents of the large company.
    #[arg(long, default_value_t = 10_000)]
    documents: u32,
    /// Contacts to search among; the budget is for a million.
    #[arg(long, default_value_t = 20_000)]
    contacts: u32,
    /// Serves a file on a port instead: the limit that pages are compared with.
    #[arg(long, hide = true, num_args = 2, value_names = ["FILE", "PORT"])]
    bare: Option<Vec<String>>,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match (args.bare.as_deref(), args.portico) {
        (Some([file, port]), _) => runtime.block_on(bare::serve(file.as_ref(), port.parse()?)),
        (_, Some(binary)) => runtime.block_on(measure(binary, args.documents, args.contacts)),
        _ => anyhow::bail!("name the binary with --portico, or run `cargo xtask bench`"),
    }
}

async fn measure(binary: PathBuf, documents: u32, contacts: u32) -> Result<()> {
    let folder = temp_dir::TempDir::new()?;
    let seeded: Seeded = seed::seed(folder.path(), documents, contacts).await?;
    let mut report = Report::default();
    let portico = Portico::start(&binary, folder.path()).await?;
    report.add("start, with migrations checked", portico.started_in_ms, "ms", "≤ 300");
    report.add("memory idle", portico.resident_mib()?, "MiB", "≤ 60");
    sizes::measure(&portico, &seeded, &mut report).await?;
    load::measure(&portico, &seeded, &mut report).await?;
    sign_in::measure(&portico, &seeded, &mut report).await?;
    search::measure(&portico, contacts, &mut report).await?;
    grant::measure(&portico, &seeded, &mut report).await?;
    report.add("memory after", portico.resident_mib()?, "MiB", "≤ 200");
    report.print();
    Ok(())
}
