//! One process at a time brings the embedded database up to date.

use std::{
    fs::{DirBuilder, File},
    os::unix::fs::DirBuilderExt,
    path::Path,
};

use anyhow::Context;

/// Waits for the data folder's lock; it is free again when the file is dropped.
pub(crate) fn take(data_dir: &Path) -> anyhow::Result<File> {
    // What is in it is nobody else's business on this machine.
    let made = DirBuilder::new().recursive(true).mode(0o700).create(data_dir);
    made.with_context(|| format!("cannot make the folder {}", data_dir.display()))?;
    let path = data_dir.join("portico.lock");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
    Ok(file)
}
