//! The one binary.

use std::path::PathBuf;

use anyhow::Result;

use crate::phases::Phases;
use crate::workspace::{Mode, Workspace};
use crate::{process, site};

/// Builds the browser's files, then the server with them inside; returns the binary.
pub fn build_all(workspace: &Workspace, mode: Mode, phases: &mut Phases) -> Result<PathBuf> {
    phases.run("bundles", || site::build(workspace, mode))?;
    phases.run("server", || build(workspace, mode))
}

/// Builds the server around the browser's files that are there; returns the binary.
pub fn build(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    let mut command = workspace.cargo("build");
    command.args(["-p", "server", "--bin", "portico"]);
    let folder = match mode {
        Mode::Quick => "debug",
        Mode::Release => {
            command.arg("--release");
            "release"
        }
    };
    process::run(&mut command)?;
    Ok(workspace.target.join(folder).join(format!("portico{}", std::env::consts::EXE_SUFFIX)))
}
