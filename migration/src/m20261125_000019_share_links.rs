//! Share links: one document, for somebody without a login.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(share_link()).await?;
        execute_all(manager, STATEMENTS).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

const STATEMENTS: &[&str] = &[
    "CREATE UNIQUE INDEX share_link_token ON share_link (token_hash)",
    "CREATE INDEX share_link_document ON share_link (document_id, created_at)",
    // Whoever answers by a link is no user: `user_id` of such an answer is the nil key.
    "ALTER TABLE acceptance ADD COLUMN share_link_id uuid",
];

fn share_link() -> TableCreateStatement {
    Table::create()
        .table("share_link")
        .col(pk_uuid("id"))
        .col(uuid("document_id"))
        .col(uuid("entity_id"))
        .col(string("token_hash"))
        .col(string("recipient"))
        .col(string("email"))
        .col(boolean("may_sign"))
        .col(uuid_null("membership_id"))
        .col(string("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("revoked_at"))
        .col(big_integer("views"))
        .col(big_integer_null("last_opened_at"))
        .foreign_key(&mut reference(("share_link", "document_id"), "document", true))
        .take()
}
