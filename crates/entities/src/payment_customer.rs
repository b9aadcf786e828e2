//! A contact as the provider of cards knows it.

use sea_orm::entity::prelude::*;

/// A contact as the provider of cards knows it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_customer")]
pub struct Model {
    /// The contact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    /// The provider.
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider: String,
    /// The provider's key of it.
    pub provider_ref: String,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
