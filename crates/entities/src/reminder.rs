//! A reminder of an invoice that was sent.

use sea_orm::entity::prelude::*;

/// A reminder of an invoice that was sent.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder")]
pub struct Model {
    /// The invoice.
    #[sea_orm(primary_key, auto_increment = false)]
    pub document_id: Uuid,
    /// How many days after the due date; below zero before it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub step: i32,
    /// Sent at; milliseconds since the Unix epoch.
    pub sent_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
