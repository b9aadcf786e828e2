//! The one binary.

use std::fs::{self, File};
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::phases::Phases;
use crate::workspace::{Mode, Workspace};
use crate::{process, site};

/// Builds the browser's files, then the server with them inside; returns the binary.
pub fn build_all(workspace: &Workspace, mode: Mode, phases: &mut Phases) -> Result<PathBuf> {
    let _alone = alone(workspace)?;
    phases.run("bundles", || site::build(workspace, mode))?;
    phases.run("server", || build(workspace, mode))
}

/// Waits until no other build works on the same folders: one would remove files that the other embeds. Lasts until
/// the file is dropped.
pub fn alone(workspace: &Workspace) -> Result<File> {
    let path = workspace.target.join("xtask.lock");
    fs::create_dir_all(&workspace.target)?;
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
    Ok(file)
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
