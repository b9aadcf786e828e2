//! Money that goes back.

use sea_orm::entity::prelude::*;

/// Money that goes back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_refund")]
pub struct Model {
    /// Key; the provider knows it, too.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The payment.
    pub payment_id: Uuid,
    /// In minor units.
    pub amount: i64,
    /// `domain::payments::PaymentState`.
    pub state: String,
    /// The provider's key of it.
    pub provider_ref: Option<String>,
    /// Why, as staff wrote it.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Who gave it back.
    pub created_by: String,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Settled at; milliseconds since the Unix epoch.
    pub settled_at: Option<i64>,
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
