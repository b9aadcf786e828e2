//! A browser that a user signed in from, known again by the secret in its cookie.

use sea_orm::entity::prelude::*;

/// A browser that a user signed in from, known again by the secret in its cookie.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "device")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The user.
    pub user_id: Uuid,
    /// SHA-256 of the cookie's secret, in hex.
    pub secret_hash: String,
    /// Its user agent.
    pub agent: String,
    /// The address of the last sign-in.
    pub address: String,
    /// First sign-in; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Last sign-in; milliseconds since the Unix epoch.
    pub last_seen_at: i64,
    /// Until when no code is asked for; milliseconds since the Unix epoch.
    pub trusted_until: Option<i64>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The user.
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
