//! The number of a document that another one came from.

use sea_orm::entity::prelude::*;

/// The number of a document that another one came from.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_origin")]
pub struct Model {
    /// The number, such as an order's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: String,
    /// What came from it, such as an invoice.
    #[sea_orm(primary_key, auto_increment = false)]
    pub document_id: Uuid,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// What came from it.
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
