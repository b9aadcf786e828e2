//! An address that is told what happens here.

use sea_orm::entity::prelude::*;

/// An address that is told what happens here.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Where to.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// What deliveries are signed with, sealed.
    pub secret: String,
    /// Of what it is told: codes with spaces between.
    #[sea_orm(column_type = "Text")]
    pub events: String,
    /// Who made it.
    pub created_by: String,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Since when nothing is sent; milliseconds since the Unix epoch.
    pub paused_at: Option<i64>,
    /// Last delivered at; milliseconds since the Unix epoch.
    pub last_success_at: Option<i64>,
    /// Since when every try failed; milliseconds since the Unix epoch.
    pub failing_since: Option<i64>,
    /// Why the last try failed.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
