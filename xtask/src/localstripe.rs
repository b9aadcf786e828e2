//! The stand-in for Stripe that payments are tried against. It is under the GPL: a process beside the tests, of which
//! nothing becomes part of Portico.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::workspace::Workspace;
use crate::{site, venv};

/// Starts the script beside it with the environment's Python.
const LAUNCHER: &str =
    "#!/bin/sh\nfolder=$(dirname \"$0\")\nexec \"$folder/python\" \"$folder/serve.py\" \"$@\"\n";

/// A program that serves localstripe on a port of this machine and tells its address.
pub fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let folder = venv::ensure(workspace, "localstripe", "end2end/payments/requirements.txt")?.join("bin");
    let script = workspace.root.join("end2end/payments/serve.py");
    let script = fs::read(&script).with_context(|| format!("cannot read {}", script.display()))?;
    site::replace(&folder.join("serve.py"), &script)?;
    let launcher = folder.join("serve-localstripe");
    site::replace(&launcher, LAUNCHER.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&launcher, fs::Permissions::from_mode(0o755))?;
    }
    Ok(launcher)
}
