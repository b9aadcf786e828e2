//! The program that tries the machine API against its own description.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::workspace::Workspace;
use crate::{install, process, site};

/// Schemathesis in a Python environment of its own, made when missing or when another release is wanted.
pub fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let requirements = workspace.root.join("end2end/api/requirements.txt");
    let wanted =
        fs::read(&requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    let folder = workspace.target.join("schemathesis");
    let (program, stamp) = (folder.join("bin/schemathesis"), folder.join("requirements.txt"));
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) && program.is_file() {
        return Ok(program);
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
    Ok(program)
}
