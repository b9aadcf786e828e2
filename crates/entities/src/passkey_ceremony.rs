//! A challenge that waits for a passkey's answer.

use sea_orm::entity::prelude::*;

/// A challenge that waits for a passkey's answer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey_ceremony")]
pub struct Model {
    /// SHA-256 of the secret in the cookie of the browser that asked, in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub secret_hash: String,
    /// Whoever adds a passkey; nobody yet when somebody signs in.
    pub user_id: Option<Uuid>,
    /// What the new passkey is to be called.
    pub name: String,
    /// A hash of the network that it was asked from.
    pub place: String,
    /// What the answer is checked against, as `webauthn-rs` writes it, in JSON.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// No answer counts from then on; milliseconds since the Unix epoch.
    pub expires_at: i64,
    /// When an answer came, right or wrong; milliseconds since the Unix epoch.
    pub used_at: Option<i64>,
}

/// Relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
