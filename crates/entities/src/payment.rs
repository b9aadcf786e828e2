//! A payment, or the attempt of one. Nothing of it is ever deleted.

use sea_orm::entity::prelude::*;

/// A payment, or the attempt of one. Nothing of it is ever deleted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment")]
pub struct Model {
    /// Key; the one of the form that it was begun with, so that the same form pays once.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Number: `P00042`.
    pub number: String,
    /// The commercial entity that pays.
    pub entity_id: Uuid,
    /// The contact that whoever paid was in the portal for.
    pub contact_id: Uuid,
    /// The user; nobody behind a link.
    pub user_id: Option<Uuid>,
    /// The share link that it was paid by.
    pub share_link_id: Option<Uuid>,
    /// Who paid, as they were known then.
    pub payer: String,
    /// `domain::payments::Purpose`.
    pub purpose: String,
    /// `domain::payments::Means`.
    pub means: String,
    /// Who moves the money: `stripe`, `demo`, `wallet`, `bank`.
    pub provider: String,
    /// The provider's key of it.
    pub provider_ref: Option<String>,
    /// The saved card.
    pub method_id: Option<Uuid>,
    /// The means in words: `Visa •••• 4242`.
    pub label: String,
    /// The structured reference of a bank transfer; empty otherwise.
    pub reference: String,
    /// `domain::payments::PaymentState`.
    pub state: String,
    /// Currency.
    pub currency: String,
    /// What is to be paid, in minor units.
    pub amount: i64,
    /// What came in.
    pub received: i64,
    /// What went back.
    pub refunded: i64,
    /// Why it failed, in words for whoever paid.
    #[sea_orm(column_type = "Text")]
    pub failure: String,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// When it was known how it ended; milliseconds since the Unix epoch.
    pub settled_at: Option<i64>,
    /// When the provider is asked how it went, while that is not known; milliseconds since the Unix epoch.
    pub next_check_at: Option<i64>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// What went back.
    #[sea_orm(has_many = "super::payment_refund::Entity")]
    Refund,
}

impl Related<super::payment_refund::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Refund.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
