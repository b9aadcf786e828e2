//! A single-use link, kept as the hash of its secret.

use sea_orm::entity::prelude::*;

/// A single-use link, kept as the hash of its secret.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "token")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Purpose.
    pub purpose: String,
    /// SHA-256 of the secret, in hex.
    pub hash: String,
    /// The user.
    pub user_id: Option<Uuid>,
    /// The membership.
    pub membership_id: Option<Uuid>,
    /// The address that the link was sent to.
    pub email: Option<String>,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Expires at; milliseconds since the Unix epoch.
    pub expires_at: i64,
    /// Used at; milliseconds since the Unix epoch.
    pub used_at: Option<i64>,
    /// Voided at; milliseconds since the Unix epoch.
    pub voided_at: Option<i64>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The user.
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
    /// The membership.
    #[sea_orm(
        belongs_to = "super::membership::Entity",
        from = "Column::MembershipId",
        to = "super::membership::Column::Id"
    )]
    Membership,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<super::membership::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Membership.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
