//! A PDF that a document was issued or signed as.

use sea_orm::entity::prelude::*;

/// A PDF that a document was issued or signed as.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_file")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// `issued` or `signed`.
    pub role: String,
    /// A hash of what it says: another version of the document is another file.
    pub made_from: String,
    /// The hash of its bytes, which names it among the files.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// What to save it as.
    pub name: String,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The document.
    #[sea_orm(
        belongs_to = "super::document::Entity",
        from = "Column::DocumentId",
        to = "super::document::Column::Id"
    )]
    Document,
}

impl Related<super::document::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Document.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
