use bytes::Bytes;
use entities::{document, message};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::attachments::Attached;
use crate::{Cx, ServiceError, ServiceResult, audit::iso, documents::stored::name_of, files::ContentHash};

/// A file that somebody sent along with a message.
pub(crate) struct ExportedFile {
    pub name: String,
    sha256: String,
}

impl ExportedFile {
    /// Its bytes.
    pub(crate) async fn read(&self, cx: &Cx) -> ServiceResult<Bytes> {
        let hash = ContentHash::parse(&self.sha256)
            .ok_or_else(|| ServiceError::internal(anyhow::anyhow!("{} names no file", self.sha256)))?;
        cx.config().files.read(&hash).await
    }
}

/// What a user wrote on documents, and what they sent along. The caller has made sure that it is theirs.
pub(crate) async fn export_messages(cx: &Cx, user: Uuid) -> ServiceResult<(Vec<Value>, Vec<ExportedFile>)> {
    let found = message::Entity::find()
        .filter(message::Column::AuthorId.eq(user))
        .order_by_asc(message::Column::CreatedAt)
        .order_by_asc(message::Column::Id)
        .find_also_related(document::Entity)
        .all(cx.db().pool())
        .await?;
    let (mut told, mut files) = (Vec::new(), Vec::new());
    for (message, document) in found {
        let attached: Vec<Attached> = serde_json::from_value(message.files).unwrap_or_default();
        told.push(json!({
            "document": document.as_ref().map(name_of),
            "text": message.text,
            "files": attached.iter().map(|file| &file.name).collect::<Vec<_>>(),
            "at": iso(message.created_at),
        }));
        files.extend(attached.into_iter().map(|file| ExportedFile { name: file.name, sha256: file.sha256 }));
    }
    Ok((told, files))
}
