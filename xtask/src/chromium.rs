//! The browser for the end-to-end tests.

use std::env;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::install;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The system's Chromium, installed when missing and possible.
pub fn ensure() -> Result<PathBuf> {
    if let Some(path) = env::var_os("PORTICO_CHROMIUM") {
        return Ok(path.into());
    }
    if let Some(path) = install::find_program(&NAMES) {
        return Ok(path);
    }
    install::apt("chromium", "install Chromium or Chrome, or set PORTICO_CHROMIUM to its path")?;
    install::find_program(&NAMES)
        .context("chromium was installed but is not in PATH: set PORTICO_CHROMIUM to its path")
}
