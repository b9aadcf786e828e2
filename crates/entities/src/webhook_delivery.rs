//! What a webhook is told, written in the transaction that causes it.

use sea_orm::entity::prelude::*;

/// What a webhook is told, written in the transaction that causes it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// To whom.
    pub webhook_id: Uuid,
    /// What happened.
    pub event: String,
    /// What is posted, to the byte.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// State.
    pub state: String,
    /// Tries that are over.
    pub attempts: i32,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Next try at; milliseconds since the Unix epoch.
    pub next_try_at: i64,
    /// Until when a worker has it.
    pub leased_until: Option<i64>,
    /// Delivered at; milliseconds since the Unix epoch.
    pub delivered_at: Option<i64>,
    /// The HTTP status of the last try's answer, if there was one.
    pub status: Option<i32>,
    /// Why the last try failed.
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
