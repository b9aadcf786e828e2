//! What ties a portal user to a contact.

use sea_orm::entity::prelude::*;

/// What ties a portal user to a contact.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The user.
    pub user_id: Uuid,
    /// The contact.
    pub contact_id: Uuid,
    /// The group.
    pub group_id: Uuid,
    /// State.
    pub state: String,
    /// Valid from.
    pub valid_from: Option<i64>,
    /// Valid until.
    pub valid_until: Option<i64>,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Ended at; milliseconds since the Unix epoch.
    pub ended_at: Option<i64>,
    /// The state before it ended; kept only while ending it can be undone.
    pub undo_state: Option<String>,
    /// The password taken away by ending the last membership; kept only while that can be undone.
    pub undo_password_hash: Option<String>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The user.
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
    /// The contact.
    #[sea_orm(
        belongs_to = "super::contact::Entity",
        from = "Column::ContactId",
        to = "super::contact::Column::Id"
    )]
    Contact,
    /// The group.
    #[sea_orm(belongs_to = "super::group::Entity", from = "Column::GroupId", to = "super::group::Column::Id")]
    Group,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<super::contact::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Contact.def()
    }
}

impl Related<super::group::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Group.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
