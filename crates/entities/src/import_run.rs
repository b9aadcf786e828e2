//! One run of an import.

use sea_orm::entity::prelude::*;

/// One run of an import.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_run")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// State.
    pub state: String,
    /// Dry run.
    pub dry_run: bool,
    /// Started by.
    pub started_by: String,
    /// Done.
    pub done: i32,
    /// Total.
    pub total: i32,
    /// Report.
    pub report: Option<Json>,
    /// Error.
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Finished at; milliseconds since the Unix epoch.
    pub finished_at: Option<i64>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
