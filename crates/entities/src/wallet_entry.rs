//! A change of a customer's wallet. Rows are only ever added; the last one has the balance.

use sea_orm::entity::prelude::*;

/// A change of a customer's wallet. Rows are only ever added; the last one has the balance.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wallet_entry")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The commercial entity.
    pub entity_id: Uuid,
    /// Currency.
    pub currency: String,
    /// Its place among the entity's entries of the currency.
    pub place: i64,
    /// `domain::wallet::EntryKind`.
    pub kind: String,
    /// In minor units; below zero for what went out.
    pub amount: i64,
    /// The balance after it.
    pub balance: i64,
    /// The payment.
    pub payment_id: Option<Uuid>,
    /// A note of staff.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// Who.
    pub created_by: String,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The payment.
    #[sea_orm(
        belongs_to = "super::payment::Entity",
        from = "Column::PaymentId",
        to = "super::payment::Column::Id"
    )]
    Payment,
}

impl Related<super::payment::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Payment.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
