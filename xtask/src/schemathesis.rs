//! The program that tries the machine API against its own description.

use std::path::PathBuf;

use anyhow::Result;

use crate::venv;
use crate::workspace::Workspace;

/// Schemathesis, of the release that the requirements name.
pub fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let folder = venv::ensure(workspace, "schemathesis", "end2end/api/requirements.txt")?;
    Ok(folder.join("bin/schemathesis"))
}
