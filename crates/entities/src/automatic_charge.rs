//! An invoice that is going to be paid, or was, without asking. There is one an invoice.

use sea_orm::entity::prelude::*;

/// An invoice that is going to be paid, or was, without asking. There is one an invoice.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "automatic_charge")]
pub struct Model {
    /// Key, and that of the payment to be.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The consent.
    pub automatic_id: Uuid,
    /// The invoice.
    pub invoice_id: Uuid,
    /// The day on which it is paid.
    pub charge_on: TimeDate,
    /// `announced`, `made` or `skipped`.
    pub state: String,
    /// Announced at; milliseconds since the Unix epoch.
    pub announced_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
