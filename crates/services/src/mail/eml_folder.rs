use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{failure::Failure, message::Outgoing};

/// Writes a mail as a file, whole or not at all. A second try of the same mail writes the same file.
pub(super) async fn write(dir: &Path, mail: Outgoing) -> Result<String, Failure> {
    let dir = dir.to_owned();
    let written = tokio::task::spawn_blocking(move || write_blocking(&dir, &mail)).await;
    match written {
        Ok(Ok(path)) => Ok(format!("Written to {}", path.display())),
        Ok(Err(error)) => {
            Err(Failure::unreachable("The mail folder cannot be written to", &error.to_string()))
        }
        Err(error) => Err(Failure::unreachable("The mail folder cannot be written to", &error.to_string())),
    }
}

fn write_blocking(dir: &Path, mail: &Outgoing) -> io::Result<PathBuf> {
    fs::create_dir_all(dir)?;
    let path = dir.join(&mail.file_name);
    let unfinished = dir.join(format!(".{}.tmp", mail.file_name));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // Invitations hold links that let in whoever reads them.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(&mail.bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, &path)?;
    Ok(path)
}
