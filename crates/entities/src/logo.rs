//! A logo of the business, in use now or before.

use sea_orm::entity::prelude::*;

/// A logo of the business, in use now or before.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "logo")]
pub struct Model {
    /// The hash of its content.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// Its media type.
    pub media: String,
    /// The picture.
    pub content: Vec<u8>,
    /// Created at.
    pub created_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
