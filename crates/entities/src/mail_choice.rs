//! Whether a user wants the mails of an area; where there is no row, they do.

use sea_orm::entity::prelude::*;

/// Whether a user wants the mails of an area; where there is no row, they do.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_choice")]
pub struct Model {
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// The area: `domain::account::MailArea`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub area: String,
    /// Whether they want them.
    pub is_wanted: bool,
    /// Changed at; milliseconds since the Unix epoch.
    pub changed_at: i64,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
