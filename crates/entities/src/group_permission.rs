//! One permission of a group, with its scope.

use sea_orm::entity::prelude::*;

/// One permission of a group, with its scope.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "group_permission")]
pub struct Model {
    /// The group.
    #[sea_orm(primary_key, auto_increment = false)]
    pub group_id: Uuid,
    /// Area.
    #[sea_orm(primary_key, auto_increment = false)]
    pub area: String,
    /// Action.
    #[sea_orm(primary_key, auto_increment = false)]
    pub action: String,
    /// Scope.
    pub scope: String,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The group.
    #[sea_orm(belongs_to = "super::group::Entity", from = "Column::GroupId", to = "super::group::Column::Id")]
    Group,
}

impl Related<super::group::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Group.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
