//! An article of the documentation.

use sea_orm::entity::prelude::*;

/// An article of the documentation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// Category.
    pub category: String,
    /// What it is about, in a sentence.
    pub summary: String,
    /// Markdown.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// Whatever is searched, in lower case.
    #[sea_orm(column_type = "Text")]
    pub search: String,
    /// Its place within the category.
    pub place: i32,
    /// For everybody who may read documentation; else for the groups in `article_group`.
    pub is_for_all: bool,
    /// Published at; milliseconds since the Unix epoch.
    pub published_at: Option<i64>,
    /// Version.
    pub version: i64,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Updated at; milliseconds since the Unix epoch.
    pub updated_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
