//! One line of a document.

use sea_orm::entity::prelude::*;

/// One line of a document.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_line")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// Position.
    pub position: i32,
    /// Description.
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// In thousandths.
    pub quantity: i64,
    /// Unit price.
    pub unit_price: i64,
    /// In hundredths of a percent.
    pub discount: i64,
    /// Subtotal.
    pub subtotal: i64,
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
