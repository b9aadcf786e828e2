//! What was answered to a request with an idempotency key.

use sea_orm::entity::prelude::*;

/// What was answered to a request with an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_answer")]
pub struct Model {
    /// Whose request it was.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: Uuid,
    /// What the request was known by.
    #[sea_orm(primary_key, auto_increment = false)]
    pub idempotency_key: String,
    /// The hash of the request.
    pub request_hash: String,
    /// The answer's status; none while the work goes on.
    pub status: Option<i32>,
    /// The answer's body.
    #[sea_orm(column_type = "Text", nullable)]
    pub body: Option<String>,
    /// When the work began; milliseconds since the Unix epoch.
    pub created_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
