//! What must hold before anything is tested, the quick things first.

use std::process::Command;

use anyhow::Result;

use crate::phases::Phases;
use crate::workspace::{Mode, Workspace};
use crate::{bundle, deny, features, install, leak_guard, process, tidy};

/// Runs every check, stopping at the first that fails.
pub fn check(workspace: &Workspace, phases: &mut Phases) -> Result<()> {
    phases.run("format", || process::run(workspace.cargo("fmt").args(["--all", "--check"])))?;
    phases.run("house rules", || tidy::check(&workspace.root))?;
    phases.run("bundle contents", || leak_guard::check(workspace))?;
    phases.run("features", || features::check(workspace))?;
    phases.run("licences and sources", || deny::check(workspace))?;
    // The server's crates as they are built: together, app with `ssr`. xtask apart, or it would turn on features.
    phases.run("clippy server", || {
        clippy(workspace.cargo("clippy").args(workspace.product_arguments()).arg("--all-targets"))
    })?;
    phases.run("clippy bundles", || {
        install::wasm_target()?;
        clippy(workspace.cargo("clippy").args(bundle::cargo_arguments(Mode::Quick)))
    })?;
    phases.run("clippy xtask", || clippy(workspace.cargo("clippy").args(["-p", "xtask", "--all-targets"])))
}

fn clippy(command: &mut Command) -> Result<()> {
    process::run(command.args(["--", "-D", "warnings"]))
}
