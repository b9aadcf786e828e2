//! Builds, runs, watches, checks and tests Portico: `cargo xtask help`.

mod bench;
mod bundle;
mod check;
mod chromium;
mod compress;
mod countries;
mod deny;
mod end2end;
mod features;
mod install;
mod leak_guard;
mod localstripe;
mod phases;
mod postgres;
mod process;
mod run;
mod schemathesis;
mod server;
mod site;
mod spdx;
mod style;
mod test;
mod tidy;
mod uncalled;
mod venv;
mod watch;
mod workspace;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::phases::Phases;
use crate::test::Suite;
use crate::workspace::{Mode, Workspace};

/// Builds, runs, watches, checks and tests Portico.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the one binary, target/release/portico, with the browser's files in it.
    Build {
        /// Quick to build instead of quick to run: target/debug/portico.
        #[arg(long)]
        quick: bool,
    },
    /// Build quickly and serve demo data on 127.0.0.1, port 3000.
    Run {
        /// What to pass on to `portico demo`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Like `run`, and rebuild, restart and reload the browser after each edit.
    Watch {
        /// What to pass on to `portico demo`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Install what the tests need, then run the checks and every test.
    Test {
        /// Run one suite alone, without the checks.
        #[arg(long, value_enum)]
        only: Option<Suite>,
        /// What to pass on to the test runners: parts of test names.
        #[arg(last = true)]
        filters: Vec<OsString>,
    },
    /// Run whole what the tests run small: tens of thousands of requests, for as long as it takes.
    Soak {
        /// What to pass on to the test runner: parts of test names.
        #[arg(last = true)]
        filters: Vec<OsString>,
    },
    /// Build the release and measure it against its budgets.
    Bench {
        /// What to pass on to the measuring program, such as `--documents 250000`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Write the table of countries anew, crates/services/data/countries.tsv, from newer data; see the README there.
    Countries {
        /// Google's address metadata: `countryinfo.txt` of libaddressinput.
        addresses: PathBuf,
        /// The English names: `territories.json` of CLDR.
        names: PathBuf,
    },
    /// Check formatting, lints, what the bundles contain, licences and the house rules.
    Check,
}

fn main() -> ExitCode {
    match carry_out(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if process::interrupted() => {
            eprintln!("interrupted");
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(task: Task) -> Result<()> {
    let workspace = Workspace::find()?;
    match task {
        Task::Build { quick } => {
            let mode = if quick { Mode::Quick } else { Mode::Release };
            process::heed_interrupts()?;
            let binary = server::build_all(&workspace, mode, &mut Phases::default())?;
            println!("{}", binary.display());
            Ok(())
        }
        Task::Run { arguments } => run::run(&workspace, &arguments),
        Task::Watch { arguments } => {
            process::heed_interrupts()?;
            watch::watch(&workspace, &arguments)
        }
        Task::Test { only, filters } => {
            process::heed_interrupts()?;
            test::test(&workspace, only, &filters)
        }
        Task::Soak { filters } => {
            process::heed_interrupts()?;
            test::soak(&workspace, &filters)
        }
        Task::Bench { arguments } => {
            process::heed_interrupts()?;
            bench::bench(&workspace, &arguments)
        }
        Task::Countries { addresses, names } => countries::write(&workspace, &addresses, &names),
        Task::Check => {
            process::heed_interrupts()?;
            let mut phases = Phases::default();
            let outcome = check::check(&workspace, &mut phases);
            phases.report();
            outcome
        }
    }
}
