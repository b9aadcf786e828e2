//! Failed sign-ins of one bucket: an account from an address, or an account from anywhere.

use sea_orm::entity::prelude::*;

/// Failed sign-ins of one bucket: an account from an address, or an account from anywhere.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_throttle")]
pub struct Model {
    /// Hash of what is counted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: String,
    /// Failures.
    pub failures: i32,
    /// Last failed at; milliseconds since the Unix epoch.
    pub last_failed_at: i64,
    /// No try counts before this; milliseconds since the Unix epoch.
    pub blocked_until: i64,
    /// Last success from here; a place that somebody signed in from is spared the account-wide wait.
    pub succeeded_at: Option<i64>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
