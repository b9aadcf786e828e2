//! The key of another program.

use sea_orm::entity::prelude::*;

/// The key of another program.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// How its secret begins, so that it can be told from others.
    pub hint: String,
    /// The hash of its secret.
    #[sea_orm(unique)]
    pub hash: String,
    /// What it may do: codes with spaces between.
    pub scopes: String,
    /// Who made it.
    pub created_by: String,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Works until then; milliseconds since the Unix epoch.
    pub expires_at: Option<i64>,
    /// Last used at, to the minute; milliseconds since the Unix epoch.
    pub last_used_at: Option<i64>,
    /// Revoked at; milliseconds since the Unix epoch.
    pub revoked_at: Option<i64>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
