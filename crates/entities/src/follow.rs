//! Who is told of what happens on a document.

use sea_orm::entity::prelude::*;

/// Who is told of what happens on a document.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "follow")]
pub struct Model {
    /// The document.
    #[sea_orm(primary_key, auto_increment = false)]
    pub document_id: Uuid,
    /// Who follows it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// The membership by which a customer saw it when they began to; nothing for staff.
    pub membership_id: Option<Uuid>,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who follows it.
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
