//! A mail, written in the transaction that causes it.

use sea_orm::entity::prelude::*;

/// A mail, written in the transaction that causes it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_outbox")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Template.
    pub template: String,
    /// To email.
    pub to_email: String,
    /// To name.
    pub to_name: String,
    /// Subject.
    pub subject: String,
    /// Text body.
    #[sea_orm(column_type = "Text")]
    pub text_body: String,
    /// Html body.
    #[sea_orm(column_type = "Text")]
    pub html_body: String,
    /// Whether the bodies hold a link that must not outlive sending.
    pub is_secret: bool,
    /// State.
    pub state: String,
    /// Attempts.
    pub attempts: i32,
    /// Created at; milliseconds since the Unix epoch.
    pub created_at: i64,
    /// Next try at; milliseconds since the Unix epoch.
    pub next_try_at: i64,
    /// Until when a worker has it.
    pub leased_until: Option<i64>,
    /// Sent at; milliseconds since the Unix epoch.
    pub sent_at: Option<i64>,
    /// Error.
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
    /// The membership that an invitation is for; revoking it cancels the mail.
    pub membership_id: Option<Uuid>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
