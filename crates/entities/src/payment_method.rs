//! A card that is kept by the provider; we know no more of it than what is shown.

use sea_orm::entity::prelude::*;

/// A card that is kept by the provider; we know no more of it than what is shown.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_method")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The commercial entity.
    pub entity_id: Uuid,
    /// The contact that added it.
    pub contact_id: Uuid,
    /// Whether it is the company's; otherwise the contact's own, which colleagues do not see.
    pub is_company: bool,
    /// Who keeps it.
    pub provider: String,
    /// The provider's key of it.
    pub provider_ref: String,
    /// Brand.
    pub brand: String,
    /// The last four digits.
    pub last4: String,
    /// The month in which it expires.
    pub expires_month: i32,
    /// The year.
    pub expires_year: i32,
    /// Whether it is offered first.
    pub is_default: bool,
    /// Who added it.
    pub created_by: String,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Removed at; milliseconds since the Unix epoch.
    pub removed_at: Option<i64>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
