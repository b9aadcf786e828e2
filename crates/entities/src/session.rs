//! A browser that is signed in, kept as the hash of its id.

use sea_orm::entity::prelude::*;

/// A browser that is signed in, kept as the hash of its id.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// SHA-256 of the session id, in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id_hash: String,
    /// The user; nobody for a visitor with a secure link.
    pub user_id: Option<Uuid>,
    /// The active membership of a portal user.
    pub membership_id: Option<Uuid>,
    /// The customer whose secure link was opened.
    pub contact_id: Option<Uuid>,
    /// The membership that staff view the portal as.
    pub view_membership_id: Option<Uuid>,
    /// The customer without portal users that staff view the portal as.
    pub view_contact_id: Option<Uuid>,
    /// Why staff view it.
    pub view_reason: Option<String>,
    /// Until when staff view it; milliseconds since the Unix epoch.
    pub view_until: Option<i64>,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Last seen at; milliseconds since the Unix epoch.
    pub last_seen_at: i64,
    /// Address.
    pub address: String,
    /// Agent.
    pub agent: String,
    /// How far the sign-in has come.
    pub level: String,
    /// When the password or passkey was last given; milliseconds since the Unix epoch.
    pub proved_at: Option<i64>,
    /// The browser, as the user's devices know it.
    pub device_id: Option<Uuid>,
    /// A key that may be shown: the session's own user ends it by this. The id cannot be had from it.
    pub public_id: Uuid,
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
