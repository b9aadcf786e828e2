//! A password reset that was asked for and is not answered yet.

use sea_orm::entity::prelude::*;

/// A password reset that was asked for and is not answered yet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reset_request")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What was typed, as logins are compared; there may be no such login.
    pub login: String,
    /// The address that asked.
    pub address: String,
    /// Its user agent.
    pub agent: String,
    /// The request's id, as in the log.
    pub request_id: String,
    /// How often it was tried in vain to answer.
    pub attempts: i32,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Not answered before; milliseconds since the Unix epoch.
    pub next_try_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
