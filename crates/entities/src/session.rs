//! A browser that is signed in, kept as the hash of its id.

use sea_orm::entity::prelude::*;

/// A browser that is signed in, kept as the hash of its id.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// SHA-256 of the session id, in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id_hash: String,
    /// The user.
    pub user_id: Uuid,
    /// The active membership of a portal user.
    pub membership_id: Option<Uuid>,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Last seen at; milliseconds since the Unix epoch.
    pub last_seen_at: i64,
    /// Address.
    pub address: String,
    /// Agent.
    pub agent: String,
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
