//! The tests that use Portico as people do, in a browser.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::workspace::Workspace;
use crate::{chromium, install, process, schemathesis, site, test};

const NODE: u32 = 20;

/// Makes sure that there is a Node.js that can run the specs.
pub fn ensure_node() -> Result<()> {
    let advice = format!("install Node.js {NODE} or newer with npm");
    if install::find_program(&["node"]).is_none() || install::find_program(&["npm"]).is_none() {
        install::apt("nodejs npm", &advice)?;
    }
    let version = process::read(Command::new("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    if major.is_none_or(|major: u32| major < NODE) {
        bail!("Node.js is {}: {advice}", version.trim());
    }
    Ok(())
}

/// Runs the specs against a binary. With `lenient`, filters that fit no spec are no failure.
pub fn run(
    workspace: &Workspace,
    binary: &Path,
    filters: &[OsString],
    lenient: bool,
    database: &[(&'static str, String)],
) -> Result<()> {
    let folder = workspace.root.join("end2end");
    install_packages(&folder)?;
    let mut command = Command::new("npx");
    test::without_settings(&mut command);
    command.args(["--no-install", "playwright", "test"]).args(filters).current_dir(&folder);
    if lenient && !filters.is_empty() {
        command.arg("--pass-with-no-tests");
    }
    command.env("PORTICO_BIN", binary).env("PORTICO_CHROMIUM", chromium::ensure()?);
    command.env("PORTICO_SCHEMATHESIS", schemathesis::ensure(workspace)?);
    process::run(command.envs(database.iter().cloned()))
}

/// `npm ci`, when the lock file is another than last time.
fn install_packages(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let stamp = folder.join("node_modules/.portico-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut command = Command::new("npm");
    command.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder);
    process::run(command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    site::replace(&stamp, &wanted)
}
