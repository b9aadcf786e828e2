//! A link to one document, for somebody without a login.

use sea_orm::entity::prelude::*;

/// A link to one document, for somebody without a login.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "share_link")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// Whose document it was when the link was made: should it become another customer's, the link ends.
    pub entity_id: Uuid,
    /// The hash of the link's secret.
    pub token_hash: String,
    /// For whom it is; may be empty.
    pub recipient: String,
    /// Where it was mailed to; may be empty.
    pub email: String,
    /// Whether whoever has it may accept, sign and decline.
    pub may_sign: bool,
    /// Whether whoever has it may pay the document.
    pub may_pay: bool,
    /// Whether whoever has it may write messages.
    pub may_comment: bool,
    /// The membership of the portal user who made it; nothing when staff did.
    pub membership_id: Option<Uuid>,
    /// Who made it, as they were called then.
    pub created_by: String,
    /// Made at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Works until; milliseconds since the Unix epoch.
    pub expires_at: i64,
    /// Revoked at; milliseconds since the Unix epoch.
    pub revoked_at: Option<i64>,
    /// How often its page was opened.
    pub views: i64,
    /// When its page was opened last; milliseconds since the Unix epoch.
    pub last_opened_at: Option<i64>,
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
