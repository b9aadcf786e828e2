use std::vec;

use bytes::Bytes;
use domain::documents::DocumentKind;
use entities::{document, document_file};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{kept::read_file, takable};
use crate::{Cx, ServiceError, ServiceResult};

/// Documents whose files are looked up at once.
const CHUNK: u64 = 200;

/// A file of a document that somebody may see.
pub(crate) struct KeptFile {
    pub kind: DocumentKind,
    /// What to save it as; several files of a document share it.
    pub name: String,
    pub bytes: Bytes,
}

/// All files that are kept of the documents that somebody may see, one after the other: as they were issued, uploaded,
/// and signed. What nobody asked for yet was never printed, and is not printed for this.
pub(crate) struct KeptFiles {
    kinds: vec::IntoIter<DocumentKind>,
    current: Option<(DocumentKind, Option<Uuid>)>,
    found: vec::IntoIter<(DocumentKind, document_file::Model)>,
}

impl KeptFiles {
    /// Before the first one.
    pub fn new() -> Self {
        let kinds: Vec<_> = DocumentKind::ALL.into_iter().filter(|kind| kind.has_paper()).collect();
        Self { kinds: kinds.into_iter(), current: None, found: Vec::new().into_iter() }
    }

    /// The next one; nothing at the end.
    ///
    /// # Permissions
    /// As [`super::get_paper`]; kinds that somebody may not take away are left out.
    ///
    /// # Errors
    /// When a file is damaged, or the database fails.
    pub async fn next(&mut self, cx: &Cx) -> ServiceResult<Option<KeptFile>> {
        loop {
            if let Some((kind, file)) = self.found.next() {
                let bytes = read_file(cx, &file.sha256).await?;
                return Ok(Some(KeptFile { kind, name: file.name, bytes }));
            }
            let Some((kind, after)) = self.current.take().or_else(|| Some((self.kinds.next()?, None))) else {
                return Ok(None);
            };
            self.look_up(cx, kind, after).await?;
        }
    }

    async fn look_up(&mut self, cx: &Cx, kind: DocumentKind, after: Option<Uuid>) -> ServiceResult<()> {
        let mut query = match takable(cx, kind) {
            Ok(query) => query,
            Err(ServiceError::NotFound) => return Ok(()),
            Err(error) => return Err(error),
        };
        if let Some(after) = after {
            query = query.filter(document::Column::Id.gt(after));
        }
        let ids: Vec<Uuid> = query
            .select_only()
            .column(document::Column::Id)
            .order_by_asc(document::Column::Id)
            .limit(CHUNK)
            .into_tuple()
            .all(cx.db().pool())
            .await?;
        let is_last = u64::try_from(ids.len()).unwrap_or(0) < CHUNK;
        self.current = ids.last().filter(|_| !is_last).map(|last| (kind, Some(*last)));
        let files = document_file::Entity::find()
            .filter(document_file::Column::DocumentId.is_in(ids))
            .order_by_asc(document_file::Column::DocumentId)
            .order_by_asc(document_file::Column::CreatedAt)
            .all(cx.db().pool())
            .await?;
        self.found = files.into_iter().map(|file| (kind, file)).collect::<Vec<_>>().into_iter();
        Ok(())
    }
}
