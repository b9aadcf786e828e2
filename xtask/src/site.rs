//! The folder with everything that the browser loads, named by content; `server/build.rs` takes it into the binary.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha256};

use crate::workspace::{Mode, Workspace};
use crate::{bundle, compress, style};

/// Which file holds what: read by people, and its change tells cargo to look again.
const MANIFEST: &str = "site.json";

/// Brings the browser's files up to date. Whatever did not change is not made again.
pub fn build(workspace: &Workspace, mode: Mode) -> Result<()> {
    let bundles = bundle::build(workspace, mode)?;
    let mut files = public_files(&workspace.root.join("public"))?;
    files.extend(bundles);
    files.push(("style.css".to_owned(), style::build(&workspace.root)?.into_bytes()));
    Site::new(workspace, mode).publish(&files)
}

/// Brings only the sheet and the public files up to date, on top of the bundles made last.
pub fn build_style(workspace: &Workspace, mode: Mode) -> Result<()> {
    let mut files = public_files(&workspace.root.join("public"))?;
    files.extend(bundle::last(workspace, mode)?);
    files.push(("style.css".to_owned(), style::build(&workspace.root)?.into_bytes()));
    Site::new(workspace, mode).publish(&files)
}

/// A file's name for the code, such as `portal.js`, and what is in it.
pub type File = (String, Vec<u8>);

struct Site {
    folder: PathBuf,
    mode: Mode,
}

impl Site {
    fn new(workspace: &Workspace, mode: Mode) -> Self {
        Self { folder: workspace.target.join("site").join(mode.site()), mode }
    }

    fn publish(&self, files: &[File]) -> Result<()> {
        fs::create_dir_all(&self.folder).with_context(|| format!("cannot make {}", self.folder.display()))?;
        // Compressing is most of the work: each file on a thread of its own.
        let names: Vec<_> = thread::scope(|scope| {
            let write = |(logical, bytes): &File| {
                let hashed = hashed_name(logical, bytes)?;
                self.write(&hashed, bytes).map(|()| hashed)
            };
            let tasks: Vec<_> = files.iter().map(|file| scope.spawn(move || write(file))).collect();
            tasks.into_iter().map(|task| task.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        });
        let mut manifest = BTreeMap::new();
        for ((logical, _), hashed) in files.iter().zip(names) {
            let hashed: String = hashed?;
            if manifest.insert(logical.as_str(), hashed).is_some() {
                bail!("public/{logical}: a file of this name is made by the build; choose another");
            }
        }
        self.remove_others(&manifest.values().map(String::as_str).collect())?;
        let text = serde_json::to_string_pretty(&manifest)? + "\n";
        let path = self.folder.join(MANIFEST);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return Ok(());
        }
        replace(&path, text.as_bytes())
    }

    /// The name holds the content's hash, so a file of this name is this file. It is written last: when it is
    /// there, its compressed copies are too.
    fn write(&self, hashed: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(hashed);
        if path.exists() {
            return Ok(());
        }
        for (ending, packed) in
            [("br", compress::brotli(bytes, self.mode)?), ("gz", compress::gzip(bytes, self.mode)?)]
        {
            if let Some(packed) = packed {
                replace(&self.folder.join(format!("{hashed}.{ending}")), &packed)?;
            }
        }
        replace(&path, bytes)
    }

    fn remove_others(&self, wanted: &BTreeSet<&str>) -> Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
            let plain = name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz")).unwrap_or(name);
            if plain != MANIFEST && !wanted.contains(plain) {
                fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
        Ok(())
    }
}

/// Writes beside and renames, so that nobody ever reads half a file.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = path.with_added_extension("part");
    fs::write(&beside, bytes)
        .and_then(|()| fs::rename(&beside, path))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// `portal.js` with its content's hash: `portal.0123456789abcdef.js`.
fn hashed_name(logical: &str, bytes: &[u8]) -> Result<String> {
    let Some((stem, extension)) = logical.rsplit_once('.') else {
        bail!("public/{logical}: a file needs an extension, which tells its type");
    };
    let digest = Sha256::digest(bytes);
    let hash: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{stem}.{hash}.{extension}"))
}

fn public_files(folder: &Path) -> Result<Vec<File>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.display())),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            bail!("{}: public/ holds files, no folders: they are served from one place", path.display());
        }
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default().to_owned();
        if !name.starts_with('.') {
            files.push((name, fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str) -> Site {
        let folder = std::env::temp_dir().join(format!("portico-site-{name}-{}", std::process::id()));
        Site { folder, mode: Mode::Quick }
    }

    fn names(site: &Site) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(&site.folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_same_content_keeps_its_name_and_another_gets_another() {
        let name = hashed_name("portal.js", b"1").unwrap();
        assert_eq!(name, hashed_name("portal.js", b"1").unwrap());
        assert_ne!(name, hashed_name("portal.js", b"2").unwrap());
        assert_eq!(name.len(), "portal.0123456789abcdef.js".len());
        assert!(hashed_name("LICENSE", b"").is_err());
    }

    #[test]
    fn a_new_version_replaces_the_old_with_its_copies() {
        let site = site("replace");
        let text = "a { color: red }\n".repeat(40);
        site.publish(&[("style.css".into(), text.clone().into_bytes())]).unwrap();
        let before = names(&site);
        assert_eq!(before.len(), 4, "{before:?}");
        site.publish(&[("style.css".into(), text.replace("red", "teal").into_bytes())]).unwrap();
        let after = names(&site);
        assert_eq!(after.len(), 4, "{after:?}");
        assert_ne!(before, after);
        fs::remove_dir_all(&site.folder).unwrap();
    }

    #[test]
    fn two_files_of_one_name_are_refused() {
        let site = site("twice");
        let file = |text: &str| ("style.css".to_owned(), text.as_bytes().to_vec());
        assert!(site.publish(&[file("a"), file("b")]).is_err());
        fs::remove_dir_all(&site.folder).unwrap();
    }
}
