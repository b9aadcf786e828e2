//! A login: somebody who signs in, staff or customer.

use sea_orm::entity::prelude::*;

/// A login: somebody who signs in, staff or customer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In lower case, unique.
    pub login: String,
    /// Name.
    pub name: String,
    /// Password hash.
    pub password_hash: Option<String>,
    /// Kind.
    pub kind: String,
    /// Staff only: `domain::access::StaffRole`.
    pub role: Option<String>,
    /// Status.
    pub status: String,
    /// Require two factor.
    pub require_two_factor: bool,
    /// Last authenticated at; milliseconds since the Unix epoch.
    pub last_authenticated_at: Option<i64>,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Since when two-factor authentication is on; milliseconds since the Unix epoch.
    pub two_factor_since: Option<i64>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
