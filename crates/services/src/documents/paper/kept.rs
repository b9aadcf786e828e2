//! The files that documents were issued and signed as.

use bytes::Bytes;
use entities::document_file;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Cx, ServiceError, ServiceResult, files::ContentHash, ids};

/// What a file is of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::documents) enum Role {
    /// Printed here and given out.
    Issued,
    /// Uploaded by staff: wins over what is printed here.
    Original,
    /// With the certificate of a signature.
    Signed,
}

impl Role {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Original => "original",
            Self::Signed => "signed",
        }
    }
}

/// The files of a document: one statement.
pub(super) async fn files_of(
    connection: &impl ConnectionTrait,
    document: Uuid,
) -> ServiceResult<Vec<document_file::Model>> {
    let found = document_file::Entity::find()
        .filter(document_file::Column::DocumentId.eq(document))
        .order_by_desc(document_file::Column::CreatedAt);
    Ok(found.all(connection).await?)
}

fn find<'f>(
    files: &'f [document_file::Model],
    role: Role,
    made_from: &str,
) -> Option<&'f document_file::Model> {
    files.iter().find(|file| file.role == role.code() && file.made_from == made_from)
}

/// The uploaded original of a document.
pub(super) fn original(files: &[document_file::Model]) -> Option<&document_file::Model> {
    find(files, Role::Original, "")
}

/// The file of a version of a document as it was issued: an uploaded one wins over what was printed.
pub(super) fn issued<'f>(
    files: &'f [document_file::Model],
    made_from: &str,
) -> Option<&'f document_file::Model> {
    original(files).or_else(|| find(files, Role::Issued, made_from))
}

/// The file that stands for a version of a document: the signed one, or else as it was issued.
pub(super) fn standing<'f>(
    files: &'f [document_file::Model],
    terms: &str,
    made_from: &str,
) -> Option<&'f document_file::Model> {
    find(files, Role::Signed, terms).or_else(|| issued(files, made_from))
}

/// The bytes of a file.
pub(super) async fn read_file(cx: &Cx, sha256: &str) -> ServiceResult<Bytes> {
    let hash = ContentHash::parse(sha256)
        .ok_or_else(|| ServiceError::internal(anyhow::anyhow!("{sha256} names no file")))?;
    cx.config().files.read(&hash).await
}

/// Forgets the uploaded original of a document; its bytes stay, as those of every file.
pub(super) async fn forget_original(
    connection: &impl ConnectionTrait,
    document: Uuid,
) -> ServiceResult<bool> {
    let done = document_file::Entity::delete_many()
        .filter(document_file::Column::DocumentId.eq(document))
        .filter(document_file::Column::Role.eq(Role::Original.code()))
        .exec(connection)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Records a file of a document that is kept already; one that is recorded for the same version stays.
pub(in crate::documents) async fn record_file(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    document: Uuid,
    role: Role,
    made_from: &str,
    (file, size): (&ContentHash, usize),
    name: &str,
) -> ServiceResult<()> {
    let row = document_file::ActiveModel {
        id: Set(ids::mint(cx.now())),
        document_id: Set(document),
        role: Set(role.code().to_owned()),
        made_from: Set(made_from.to_owned()),
        sha256: Set(file.to_string()),
        size: Set(i64::try_from(size).unwrap_or(i64::MAX)),
        name: Set(name.to_owned()),
        created_at: Set(cx.now().millis()),
    };
    let once = OnConflict::columns([
        document_file::Column::DocumentId,
        document_file::Column::Role,
        document_file::Column::MadeFrom,
    ])
    .do_nothing()
    .to_owned();
    document_file::Entity::insert(row).on_conflict(once).exec_without_returning(connection).await?;
    Ok(())
}
