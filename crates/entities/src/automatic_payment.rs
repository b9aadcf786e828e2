//! A customer's consent that an invoice, or what a subscription asks for, is paid without asking.

use sea_orm::entity::prelude::*;

/// A customer's consent that an invoice, or what a subscription asks for, is paid without asking.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "automatic_payment")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The invoice or subscription.
    pub document_id: Uuid,
    /// The commercial entity.
    pub entity_id: Uuid,
    /// The contact of whoever consented.
    pub contact_id: Uuid,
    /// Who consented.
    pub user_id: Uuid,
    /// The card.
    pub method_id: Uuid,
    /// The most that is taken at once, in minor units of the document's currency.
    pub cap: Option<i64>,
    /// What was agreed to, word by word.
    #[sea_orm(column_type = "Text")]
    pub consent: String,
    /// Who, as they were known then.
    pub consented_by: String,
    /// From where.
    pub address: String,
    /// Consented at; milliseconds since the Unix epoch.
    pub consented_at: i64,
    /// Ended at; milliseconds since the Unix epoch.
    pub ended_at: Option<i64>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The card.
    #[sea_orm(
        belongs_to = "super::payment_method::Entity",
        from = "Column::MethodId",
        to = "super::payment_method::Column::Id"
    )]
    Method,
}

impl Related<super::payment_method::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Method.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
