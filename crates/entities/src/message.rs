//! What somebody wrote on a document.

use sea_orm::entity::prelude::*;

/// What somebody wrote on a document.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    /// Key; minted with the form, so that a form sent twice is one message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// The user who wrote it; nothing for whoever came by a link.
    pub author_id: Option<Uuid>,
    /// The share link by which it was written.
    pub share_link_id: Option<Uuid>,
    /// Their name as it was then.
    pub author_name: String,
    /// Written by staff.
    pub is_staff: bool,
    /// For staff only.
    pub is_internal: bool,
    /// The text.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// What was sent along: a list of name, media type, hash and size.
    pub files: Json,
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
