//! A line of a bank's statement that was booked as a payment; none is booked twice.

use sea_orm::entity::prelude::*;

/// A line of a bank's statement that was booked as a payment; none is booked twice.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bank_line")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// A hash of what the bank says of it.
    pub fingerprint: String,
    /// The day.
    pub booked_on: TimeDate,
    /// Currency.
    pub currency: String,
    /// In minor units.
    pub amount: i64,
    /// What the payer wrote.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The payer's name.
    #[sea_orm(column_type = "Text")]
    pub payer: String,
    /// The payment that it became.
    pub payment_id: Uuid,
    /// Who booked it.
    pub created_by: String,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
