//! Where things are, and cargo called the same way by everything.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::process;

/// What a build is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Short to build: for developing and for tests.
    Quick,
    /// Fast and small: for customers.
    Release,
}

impl Mode {
    /// The folder below the target directory's `site` that holds the browser's files; `server/build.rs` looks there.
    pub fn site(self) -> &'static str {
        match self {
            Mode::Quick => "dev",
            Mode::Release => "release",
        }
    }
}

/// The checkout that a task works on.
#[derive(Debug)]
pub struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target directory, wherever it was put.
    pub target: PathBuf,
    /// The crates that become the server, always built together: another selection would turn on other features
    /// of shared dependencies and compile them a second time.
    pub product: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    target_directory: PathBuf,
    workspace_default_members: Vec<String>,
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
}

impl Workspace {
    /// Asks cargo about the checkout around the current folder.
    pub fn find() -> Result<Self> {
        let mut command = cargo();
        command.args(["metadata", "--format-version", "1", "--no-deps"]);
        let text = process::read(&mut command)?;
        let metadata: Metadata = serde_json::from_str(&text).context("cargo metadata: unknown format")?;
        let product = (metadata.packages.into_iter())
            .filter(|package| metadata.workspace_default_members.contains(&package.id))
            .map(|package| package.name)
            .filter(|name| name != "xtask")
            .collect();
        Ok(Self { root: metadata.workspace_root, target: metadata.target_directory, product })
    }

    /// `cargo NAME` in the workspace's root.
    pub fn cargo(&self, name: &str) -> Command {
        let mut command = cargo();
        command.arg(name).current_dir(&self.root);
        command
    }

    /// `-p domain -p services …`: see [`Workspace::product`].
    pub fn product_arguments(&self) -> impl Iterator<Item = &str> {
        self.product.iter().flat_map(|name| ["-p", name])
    }
}

fn cargo() -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_in_the_way) {
            command.env_remove(name);
        }
    }
    command
}

/// `cargo xtask` sets variables about the xtask package. Some build scripts ask to be run again when one changes,
/// so that an inner cargo and one from the shell would compile everything in turns. Leptos looks for other file
/// names when `LEPTOS_OUTPUT_NAME` is set while it compiles.
fn is_in_the_way(name: &str) -> bool {
    const PREFIXES: [&str; 3] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"];
    const NAMES: [&str; 4] = ["CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE", "LEPTOS_OUTPUT_NAME", "OUT_DIR"];
    NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::is_in_the_way;

    #[test]
    fn what_the_user_set_for_cargo_stays() {
        for name in ["CARGO_TARGET_DIR", "CARGO_HOME", "CARGO_BUILD_JOBS", "RUSTFLAGS", "PATH"] {
            assert!(!is_in_the_way(name), "{name}");
        }
    }

    #[test]
    fn what_cargo_run_set_about_this_package_goes() {
        for name in ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "LEPTOS_OUTPUT_NAME"] {
            assert!(is_in_the_way(name), "{name}");
        }
    }
}
