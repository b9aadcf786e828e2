//! What the codes of a user's authenticator app are computed from.

use sea_orm::entity::prelude::*;

/// What the codes of a user's authenticator app are computed from.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "totp")]
pub struct Model {
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// The seed, encrypted.
    pub sealed_seed: String,
    /// The last time step whose code was accepted: it and all before are spent.
    pub last_step: Option<i64>,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Since when it is in use; nothing while its first code is due; milliseconds since the Unix epoch.
    pub confirmed_at: Option<i64>,
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
