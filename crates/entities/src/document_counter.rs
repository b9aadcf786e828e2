//! How many documents of a kind customers can see, per entity and contact.

use sea_orm::entity::prelude::*;

/// How many documents of a kind customers can see, per entity and contact.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_counter")]
pub struct Model {
    /// The entity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entity_id: Uuid,
    /// The contact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// Kind.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Visible.
    pub visible: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The entity.
    #[sea_orm(
        belongs_to = "super::contact::Entity",
        from = "Column::EntityId",
        to = "super::contact::Column::Id"
    )]
    Entity,
    /// The contact.
    #[sea_orm(
        belongs_to = "super::contact::Entity",
        from = "Column::ContactId",
        to = "super::contact::Column::Id"
    )]
    Contact,
}

impl Related<super::contact::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Entity.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
