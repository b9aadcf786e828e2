//! Every test there is, after whatever they need is there.

use std::env;
use std::ffi::OsString;
use std::process::Command;

use anyhow::Result;
use clap::ValueEnum;

use crate::phases::Phases;
use crate::postgres::Postgres;
use crate::workspace::{Mode, Workspace};
use crate::{check, chromium, end2end, install, localstripe, process, server};

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// Rules and parts without a database: domain, app, xtask.
    Unit,
    /// Use cases against both databases: entities, services, migration.
    Services,
    /// The router, in process, and the command line.
    Server,
    /// The binary in a browser.
    E2e,
}

/// Runs the checks and all tests, or one suite.
pub fn test(workspace: &Workspace, only: Option<Suite>, filters: &[OsString]) -> Result<()> {
    let mut phases = Phases::default();
    let outcome = run_phases(workspace, only, filters, &mut phases);
    phases.report();
    outcome
}

/// Runs the use cases' and the server's tests with the numbers that take too long for every day.
pub fn soak(workspace: &Workspace, filters: &[OsString]) -> Result<()> {
    let tools = Tools::ensure(workspace, Some(Suite::Services))?;
    server::build_all(workspace, Mode::Quick, &mut Phases::default())?;
    let environment: Vec<_> = tools.environment.iter().cloned().chain([(SOAK, "1".to_owned())]).collect();
    cargo_test(workspace, &["services", "server"], filters, &environment)
}

fn run_phases(
    workspace: &Workspace,
    only: Option<Suite>,
    filters: &[OsString],
    phases: &mut Phases,
) -> Result<()> {
    let tools = phases.run("tools", || Tools::ensure(workspace, only))?;
    let database = &tools.environment;
    if only.is_none() {
        check::check(workspace, phases)?;
    }
    let Some(suite) = only else {
        // The bundles first: the server's tests ask for the files that are in the binary.
        let binary = server::build_all(workspace, Mode::Quick, phases)?;
        let product: Vec<_> = workspace.product.iter().map(String::as_str).collect();
        phases.run("cargo test", || cargo_test(workspace, &product, filters, database))?;
        phases.run("cargo test xtask", || cargo_test(workspace, &["xtask"], filters, database))?;
        return phases.run("end to end", || end2end::run(workspace, &binary, filters, true, database));
    };
    if suite == Suite::E2e {
        let binary = server::build_all(workspace, Mode::Quick, phases)?;
        return phases.run("end to end", || end2end::run(workspace, &binary, filters, false, database));
    }
    for packages in packages(suite) {
        let name = format!("cargo test {}", packages.join(" "));
        phases.run(&name, || cargo_test(workspace, packages, filters, database))?;
    }
    Ok(())
}

/// What is tested together. xtask stands alone, or it would turn on features of the others' dependencies.
fn packages(suite: Suite) -> &'static [&'static [&'static str]] {
    match suite {
        Suite::Unit => &[&["domain", "app"], &["xtask"]],
        Suite::Services => &[&["entities", "services", "migration"]],
        Suite::Server => &[&["server"]],
        Suite::E2e => &[],
    }
}

fn cargo_test(
    workspace: &Workspace,
    packages: &[&str],
    filters: &[OsString],
    database: &[(&'static str, String)],
) -> Result<()> {
    let mut command = workspace.cargo("test");
    command.args(packages.iter().flat_map(|name| ["-p", name]));
    if packages.contains(&"app") && !packages.contains(&"server") {
        command.args(["--features", "app/ssr"]);
    }
    without_settings(&mut command).envs(database.iter().cloned());
    process::run(command.arg("--").args(filters))
}

/// Where tests find a PostgreSQL server. Set it to use one that runs already.
const POSTGRES: &str = "PORTICO_TEST_POSTGRES";

/// Where tests find the program that stands in for Stripe.
const LOCALSTRIPE: &str = "PORTICO_LOCALSTRIPE";

/// Tells tests to run whole what they otherwise run small.
const SOAK: &str = "PORTICO_SOAK";

/// What runs beside the tests, for as long as this lives.
struct Tools {
    _postgres: Option<Postgres>,
    environment: Vec<(&'static str, String)>,
}

impl Tools {
    fn ensure(workspace: &Workspace, only: Option<Suite>) -> Result<Self> {
        if matches!(only, None | Some(Suite::E2e)) {
            install::wasm_target()?;
            println!("    browser: {}", chromium::ensure()?.display());
            end2end::ensure_node()?;
        }
        if only == Some(Suite::Unit) {
            return Ok(Self { _postgres: None, environment: Vec::new() });
        }
        let (server, url) = match env::var(POSTGRES) {
            Ok(url) => (None, url),
            Err(_) => {
                let server = Postgres::start()?;
                let url = server.url();
                println!("    database: {url}");
                (Some(server), url)
            }
        };
        let stripe = localstripe::ensure(workspace)?.display().to_string();
        Ok(Self { _postgres: server, environment: vec![(POSTGRES, url), (LOCALSTRIPE, stripe)] })
    }
}

/// Keeps the settings of a Portico on this machine out of the tests.
pub fn without_settings(command: &mut Command) -> &mut Command {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text == "DATABASE_URL" || (text.starts_with("PORTICO_") && text != "PORTICO_CHROMIUM") {
            command.env_remove(&name);
        }
    }
    command
}
