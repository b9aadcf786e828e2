//! The file of the installation's secret key.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Read, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use services::secrets::{KEY_LENGTH, SecretKey};

/// Reads the key, or makes it where there is none yet.
///
/// Two processes that start at the same time agree on one: a new key is written to a file of its own and then
/// linked into place, which only the first can.
pub(crate) fn load(path: &Path) -> anyhow::Result<SecretKey> {
    match File::open(path) {
        Ok(file) => read(path, file),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            make(path)?;
            read(path, File::open(path).with_context(|| format!("cannot read {}", path.display()))?)
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn read(path: &Path, mut file: File) -> anyhow::Result<SecretKey> {
    let shown = path.display();
    let meta = file.metadata().with_context(|| format!("cannot read {shown}"))?;
    if !meta.is_file() {
        bail!("{shown} is no file");
    }
    if meta.mode() & 0o077 != 0 {
        bail!(
            "{shown} can be read or written by others: run `chmod 600` on it, and think of the key as known"
        );
    }
    let mut bytes = Vec::with_capacity(KEY_LENGTH);
    // One byte more than a key has tells a file that is too long.
    let most = u64::try_from(KEY_LENGTH + 1).unwrap_or(u64::MAX);
    Read::by_ref(&mut file)
        .take(most)
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read {shown}"))?;
    SecretKey::from_bytes(&bytes).with_context(|| {
        format!(
            "{shown} does not hold a key of {KEY_LENGTH} bytes: restore it, or remove it to get a new one, \
                 after which all secure links differ"
        )
    })
}

fn make(path: &Path) -> anyhow::Result<()> {
    let fresh = beside(path);
    let made = write(&fresh, path);
    fs::remove_file(&fresh).ok();
    made.with_context(|| format!("cannot make the secret key {}", path.display()))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", services::mint_request_id()));
    PathBuf::from(name)
}

fn write(fresh: &Path, path: &Path) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(fresh)?;
    file.write_all(SecretKey::random().as_bytes())?;
    file.sync_all()?;
    match fs::hard_link(fresh, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn made_once_and_for_its_owner_only() {
        let folder = temp_dir::TempDir::new().expect("a folder");
        let path = folder.child("secret.key");
        let first = load(&path).expect("a key");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        assert_eq!(load(&path).expect("a key").as_bytes(), first.as_bytes());
        assert_eq!(fs::read_dir(folder.path()).expect("reads").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn two_who_start_together_agree() {
        let folder = temp_dir::TempDir::new().expect("a folder");
        let path = folder.child("secret.key");
        let keys: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let started: Vec<_> =
                (0..8).map(|_| scope.spawn(|| load(&path).expect("a key").as_bytes().to_vec())).collect();
            started.into_iter().map(|thread| thread.join().expect("ends")).collect()
        });
        assert!(keys.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn says_what_is_wrong() {
        let folder = temp_dir::TempDir::new().expect("a folder");
        let path = folder.child("secret.key");
        for length in [0, 31, 33] {
            fs::write(&path, vec![7; length]).expect("writes");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("sets");
            let error = load(&path).expect_err("a wrong length").to_string();
            assert!(error.contains("32 bytes") && error.contains("secret.key"), "{error}");
        }
        fs::write(&path, [7; 32]).expect("writes");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("sets");
        let error = load(&path).expect_err("open to all").to_string();
        assert!(error.contains("chmod 600"), "{error}");
        let error = load(&folder.child("missing").join("secret.key")).expect_err("no folder").to_string();
        assert!(error.contains("cannot make the secret key"), "{error}");
        assert!(load(folder.path()).is_err(), "a folder is no key");
    }
}
