//! Where a customer is billed or delivered to.

use sea_orm::entity::prelude::*;

/// Where a customer is billed or delivered to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "address")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The commercial entity that it is of.
    pub entity_id: Uuid,
    /// Whose it is among its people: who added it, or the entity itself.
    pub contact_id: Uuid,
    /// `domain::addresses::AddressKind`.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// Street.
    pub street: String,
    /// Street2.
    pub street2: String,
    /// Zip.
    pub zip: String,
    /// City.
    pub city: String,
    /// State code.
    pub state_code: String,
    /// Country code.
    pub country_code: String,
    /// Whether it is the entity's one address for invoices.
    pub is_default_billing: bool,
    /// Whether it is the entity's one address for goods.
    pub is_default_delivery: bool,
    /// Removed at; milliseconds since the Unix epoch.
    pub removed_at: Option<i64>,
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
    /// The entity.
    #[sea_orm(
        belongs_to = "super::contact::Entity",
        from = "Column::EntityId",
        to = "super::contact::Column::Id"
    )]
    Entity,
}

impl Related<super::contact::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Entity.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
