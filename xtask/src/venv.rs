//! Programs in Python that the tests use, each in an environment of its own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::workspace::Workspace;
use crate::{install, process, site};

/// The environment of a name with what a file of requirements wants: made when missing or when the file is another.
pub fn ensure(workspace: &Workspace, name: &str, requirements: &str) -> Result<PathBuf> {
    let requirements = workspace.root.join(requirements);
    let wanted =
        fs::read(&requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    let folder = workspace.target.join(name);
    let stamp = folder.join("requirements.txt");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) && folder.join("bin").join(name).is_file()
    {
        return Ok(folder);
    }
    let python = match install::find_program(&["python3"]) {
        Some(python) => python,
        None => {
            install::apt("python3 python3-venv", "install Python 3.10 or newer with venv")?;
            install::find_program(&["python3"]).context("python3 was installed but is not in PATH")?
        }
    };
    let venv = || process::run(Command::new(&python).args(["-m", "venv", "--clear"]).arg(&folder));
    if venv().is_err() {
        // Debian has it in a package of its own.
        install::apt("python3-venv", "install Python's venv")?;
        venv()?;
    }
    let mut pip = Command::new(folder.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&requirements);
    process::run(&mut pip)?;
    site::replace(&stamp, &wanted)?;
    Ok(folder)
}
