use std::{io::ErrorKind, path::Path};

use super::file_kind::FileKind;
use crate::{ServiceError, ServiceResult};

/// A file as it was exported.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its name: `contacts.csv`.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What its rows are, where that is known.
    pub(super) kind: Option<FileKind>,
}

impl SourceFile {
    /// What its rows are is seen by its name, or else by its columns.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { name: name.into(), bytes, kind: None }
    }
}

/// Reads the files of an export from a folder: those with the known names, and no other.
///
/// # Errors
/// [`ServiceError::Refused`] when none of them is there, or one cannot be read.
pub fn read_folder(dir: &Path) -> ServiceResult<Vec<SourceFile>> {
    let mut files = Vec::new();
    for kind in FileKind::ALL {
        let name = format!("{}.csv", kind.stem());
        match std::fs::read(dir.join(&name)) {
            Ok(bytes) => files.push(SourceFile { name, bytes, kind: Some(kind) }),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                return Err(ServiceError::refused(format!(
                    "{} cannot be read: {error}",
                    dir.join(name).display()
                )));
            }
        }
    }
    if files.is_empty() {
        let names: Vec<String> =
            FileKind::ALL.into_iter().map(|kind| format!("{}.csv", kind.stem())).collect();
        return Err(ServiceError::refused(format!(
            "There is nothing to import in {}: export from Odoo as CSV and put at least one of {} there.",
            dir.display(),
            names.join(", ")
        )));
    }
    Ok(files)
}
