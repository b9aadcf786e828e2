//! The demo, built and served.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::phases::Phases;
use crate::server;
use crate::workspace::{Mode, Workspace};

/// Builds quickly and becomes `portico demo`: ctrl-c and the exit code are its own.
pub fn run(workspace: &Workspace, arguments: &[OsString]) -> Result<()> {
    let binary = server::build_all(workspace, Mode::Quick, &mut Phases::default())?;
    become_program(demo(&binary, workspace).args(arguments))
}

/// `portico demo` in the workspace's root.
pub fn demo(binary: &Path, workspace: &Workspace) -> Command {
    let mut command = Command::new(binary);
    command.arg("demo").current_dir(&workspace.root);
    command
}

#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;

    let error = command.exec();
    Err(anyhow::Error::new(error)
        .context(format!("cannot start {}", command.get_program().to_string_lossy())))
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<()> {
    std::process::exit(command.status()?.code().unwrap_or(1))
}
