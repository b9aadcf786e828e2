use std::{fmt, fs, path::Path, sync::Arc};

use anyhow::Context;
use bytes::Bytes;
use futures::stream::BoxStream;
use object_store::{
    Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, local::LocalFileSystem,
    memory::InMemory, path::Path as Key,
};

use super::ContentHash;
use crate::{ServiceError, ServiceResult};

/// Where files are kept. Clones share it.
#[derive(Clone)]
pub struct Files(Arc<dyn ObjectStore>);

/// A file that is being read.
pub struct OpenFile {
    /// Its length in bytes.
    pub length: u64,
    /// Its bytes, in parts.
    pub parts: BoxStream<'static, Result<Bytes, Error>>,
}

impl Files {
    /// A folder, which is made where it is missing.
    ///
    /// # Errors
    /// When there can be no such folder.
    pub fn folder(path: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(path).with_context(|| format!("cannot make the folder {}", path.display()))?;
        // A power cut must not take a file away whose row was committed.
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(path)?.with_fsync(true))))
    }

    /// Kept nowhere: for tests.
    pub fn in_memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    /// Keeps a file; one with the same bytes is kept once. It is there, whole, before this returns: a row that names it
    /// is written afterwards. A file whose row never came takes room and does no harm.
    ///
    /// # Errors
    /// When it cannot be kept; nothing is left then.
    pub async fn keep(&self, bytes: Bytes) -> ServiceResult<ContentHash> {
        let hash = ContentHash::of(&bytes);
        let only_new = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.0.put_opts(&key(&hash), PutPayload::from_bytes(bytes.clone()), only_new).await {
            Ok(_) => Ok(hash),
            Err(Error::AlreadyExists { .. }) if self.read(&hash).await.is_ok() => Ok(hash),
            // What is kept under this name is damaged, and here are the right bytes.
            Err(Error::AlreadyExists { .. }) => {
                self.0.put(&key(&hash), bytes.into()).await.map_err(ServiceError::internal)?;
                Ok(hash)
            }
            Err(error) => Err(ServiceError::internal(error)),
        }
    }

    /// Opens a file.
    ///
    /// # Errors
    /// When it is not there: a row that names it came with it, so that this is a fault of ours.
    pub async fn open(&self, hash: &ContentHash) -> ServiceResult<OpenFile> {
        let found = self.0.get(&key(hash)).await.map_err(ServiceError::internal)?;
        Ok(OpenFile { length: found.meta.size, parts: found.into_stream() })
    }

    /// Reads a file whole.
    ///
    /// # Errors
    /// When it is not there, or its bytes are not those that were kept.
    pub async fn read(&self, hash: &ContentHash) -> ServiceResult<Bytes> {
        let found = self.0.get(&key(hash)).await.map_err(ServiceError::internal)?;
        let bytes = found.bytes().await.map_err(ServiceError::internal)?;
        if ContentHash::of(&bytes) != *hash {
            return Err(ServiceError::internal(anyhow::anyhow!("the file {hash} is damaged")));
        }
        Ok(bytes)
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Files({})", self.0)
    }
}

/// A folder for each first two digits, so that none grows without end.
fn key(hash: &ContentHash) -> Key {
    let digits = hash.as_str();
    Key::from_iter([digits.get(..2).unwrap_or_default(), digits])
}

#[cfg(test)]
mod tests {
    use futures::TryStreamExt;

    use super::*;

    #[tokio::test]
    async fn a_file_is_read_as_it_was_kept_and_kept_once() {
        let folder = temp_dir::TempDir::new().expect("a folder");
        let files = Files::folder(&folder.path().join("files")).expect("a store");
        let hash = files.keep(Bytes::from_static(b"invoice")).await.expect("keeps");
        assert_eq!(files.keep(Bytes::from_static(b"invoice")).await.expect("keeps"), hash);
        assert_eq!(files.read(&hash).await.expect("reads"), "invoice");
        let open = files.open(&hash).await.expect("opens");
        assert_eq!(open.length, 7);
        assert_eq!(open.parts.try_collect::<Vec<_>>().await.expect("reads").concat(), b"invoice");
        let kept = folder.path().join("files").join(&hash.as_str()[..2]).join(hash.as_str());
        fs::write(&kept, "forged").expect("writes");
        assert!(files.read(&hash).await.is_err(), "what was changed is not given out for what was kept");
        files.keep(Bytes::from_static(b"invoice")).await.expect("keeps");
        assert_eq!(files.read(&hash).await.expect("reads"), "invoice", "and is mended by the right bytes");
        assert!(files.open(&ContentHash::of(b"other")).await.is_err());
    }
}
