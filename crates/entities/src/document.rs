//! Anything a customer can look at.

use sea_orm::entity::prelude::*;

/// Anything a customer can look at.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Kind.
    pub kind: String,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// State.
    pub state: String,
    /// The contact.
    pub contact_id: Option<Uuid>,
    /// The commercial entity that it was issued to; stays when the contact moves.
    pub entity_id: Option<Uuid>,
    /// A task's project, a timesheet's task or project.
    pub parent_id: Option<Uuid>,
    /// Dated on.
    pub dated_on: Option<TimeDate>,
    /// Due on.
    pub due_on: Option<TimeDate>,
    /// The day that lists sort by.
    pub sorted_on: TimeDate,
    /// Currency.
    pub currency: Option<String>,
    /// Untaxed.
    pub untaxed: Option<i64>,
    /// Tax.
    pub tax: Option<i64>,
    /// Total.
    pub total: Option<i64>,
    /// Residual.
    pub residual: Option<i64>,
    /// What was paid on it by payments of ours, less what went back; in minor units.
    pub paid_here: i64,
    /// `review` or `pay` while the customer should act.
    pub attention: Option<String>,
    /// Published at; milliseconds since the Unix epoch.
    pub published_at: Option<i64>,
    /// Published and in a state that customers see; derived, kept for the indexes.
    pub is_visible: bool,
    /// `domain::documents::DocumentDetails`.
    pub details: Json,
    /// `domain::documents::Party` as it was when issued.
    pub bill_to: Json,
    /// The external.
    pub external_id: Option<String>,
    /// Fingerprint.
    pub fingerprint: Option<String>,
    /// When a customer opened it first; milliseconds since the Unix epoch.
    pub first_viewed_at: Option<i64>,
    /// The portal user who did; nobody behind a secure link.
    pub first_viewed_by: Option<Uuid>,
    /// Version.
    pub version: i64,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Updated at; milliseconds since the Unix epoch.
    pub updated_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The contact.
    #[sea_orm(
        belongs_to = "super::contact::Entity",
        from = "Column::ContactId",
        to = "super::contact::Column::Id"
    )]
    Contact,
    /// The entity.
    #[sea_orm(
        belongs_to = "super::contact::Entity",
        from = "Column::EntityId",
        to = "super::contact::Column::Id"
    )]
    Entity,
    /// The parent.
    #[sea_orm(belongs_to = "Entity", from = "Column::ParentId", to = "Column::Id")]
    Parent,
}

impl Related<super::contact::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Contact.def()
    }
}

impl Related<super::acceptance::Entity> for Entity {
    fn to() -> RelationDef {
        super::acceptance::Relation::Document.def().rev()
    }
}

impl ActiveModelBehavior for ActiveModel {}
