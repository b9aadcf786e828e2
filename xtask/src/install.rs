//! Getting what a task needs when it is missing.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::bundle::TARGET;
use crate::process;

/// The first of these programs that is in `PATH`.
pub fn find_program(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<_> = env::split_paths(&env::var_os("PATH")?).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}

/// Whether this is root.
pub fn is_root() -> bool {
    cfg!(unix) && user_id(None).is_some_and(|id| id == 0)
}

/// The number of a user, of the current one without a name; `None` when there is no such user.
pub fn user_id(name: Option<&str>) -> Option<u32> {
    let output = Command::new("id").arg("-u").args(name).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().parse().ok())?
}

/// Installs a Debian package when this is root on Debian or its kin; otherwise says what to do.
pub fn apt(package: &str, advice: &str) -> Result<()> {
    if !is_root() || find_program(&["apt-get"]).is_none() {
        bail!("{package} is missing: {advice}");
    }
    println!("    installing {package}");
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
        command
    };
    process::run(apt().arg("update"))?;
    process::run(apt().args(["install", "-y", "--no-install-recommends"]).args(package.split(' ')))
}

/// Makes sure that the compiler can build for the browser.
pub fn wasm_target() -> Result<()> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = process::read(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    if !process::succeeds(Command::new("rustup").args(["target", "add", TARGET])) {
        bail!("the compiler cannot build for the browser yet: run `rustup target add {TARGET}` once");
    }
    Ok(())
}
