//! Who did what, when and from where. Rows are only ever added.

use sea_orm::entity::prelude::*;

/// Who did what, when and from where. Rows are only ever added.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// At.
    pub at: i64,
    /// The actor.
    pub actor_id: Option<Uuid>,
    /// Actor.
    pub actor: String,
    /// The customer in whose place staff acted, or nothing.
    pub on_behalf_of: String,
    /// Action.
    pub action: String,
    /// Subject.
    pub subject: String,
    /// The subject.
    pub subject_id: Option<Uuid>,
    /// The entity.
    pub entity_id: Option<Uuid>,
    /// Data.
    pub data: Json,
    /// Address.
    pub address: String,
    /// The request.
    pub request_id: String,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
