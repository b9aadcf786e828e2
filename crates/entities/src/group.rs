//! A permission group.

use sea_orm::entity::prelude::*;

/// A permission group.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "group")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Code.
    pub code: Option<String>,
    /// Name.
    pub name: String,
    /// What it is for, in a sentence.
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// Is default.
    pub is_default: bool,
    /// Require two factor.
    pub require_two_factor: bool,
    /// Version.
    pub version: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
