//! The release, measured.

use std::ffi::OsString;

use anyhow::Result;

use crate::phases::Phases;
use crate::workspace::{Mode, Workspace};
use crate::{process, server};

/// Builds the release and measures it, alone on the machine at best.
pub fn bench(workspace: &Workspace, arguments: &[OsString]) -> Result<()> {
    let binary = server::build_all(workspace, Mode::Release, &mut Phases::default())?;
    let mut command = workspace.cargo("run");
    command.args(["--release", "-p", "bench", "--", "--portico"]).arg(binary).args(arguments);
    process::run(&mut command)
}
