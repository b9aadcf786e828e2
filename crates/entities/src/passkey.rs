//! A passkey of a user: a key pair whose private half never leaves their device or password manager.

use sea_orm::entity::prelude::*;

/// A passkey of a user: a key pair whose private half never leaves their device or password manager.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The user.
    pub user_id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// The id that the authenticator gave it, in base64url; unique.
    #[sea_orm(column_type = "Text")]
    pub credential_id: String,
    /// The public key with its counter, as `webauthn-rs` writes it, in JSON.
    #[sea_orm(column_type = "Text")]
    pub credential: String,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Last sign-in with it; milliseconds since the Unix epoch.
    pub last_used_at: Option<i64>,
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
