//! What of a payment is for which document.

use sea_orm::entity::prelude::*;

/// What of a payment is for which document.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_allocation")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The payment.
    pub payment_id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// The order in which documents are served.
    pub position: i32,
    /// What is to be paid on it, in minor units.
    pub amount: i64,
    /// What was paid on it, less what went back.
    pub applied: i64,
    /// Whether the payment is under way: one a document.
    pub is_pending: bool,
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

impl ActiveModelBehavior for ActiveModel {}
