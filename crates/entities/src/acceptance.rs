//! How a version of a document was answered, with the evidence. Never changed.

use sea_orm::entity::prelude::*;

/// How a version of a document was answered, with the evidence. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "acceptance")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// A hash of what the document said.
    pub terms: String,
    /// Accepted or signed; otherwise declined.
    pub is_accepted: bool,
    /// The name as it was typed, or the login's.
    pub signer: String,
    /// The signature as it was drawn; empty where the typed name is the signature.
    #[sea_orm(column_type = "Text")]
    pub strokes: String,
    /// Why it was declined.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// What was agreed to, word by word.
    #[sea_orm(column_type = "Text")]
    pub consent: String,
    /// The hash of the PDF that was shown.
    pub shown: String,
    /// The hash of the PDF with the certificate.
    pub signed: Option<String>,
    /// The user; nil where somebody without a login answered by a share link.
    pub user_id: Uuid,
    /// The contact that they were in the portal for.
    pub contact_id: Uuid,
    /// The login then.
    pub login: String,
    /// The address of the network.
    pub address: String,
    /// The browser.
    pub agent: String,
    /// The request's id, as in the log.
    pub request_id: String,
    /// At; milliseconds since the Unix epoch.
    pub at: i64,
    /// The share link that it was answered by.
    pub share_link_id: Option<Uuid>,
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
