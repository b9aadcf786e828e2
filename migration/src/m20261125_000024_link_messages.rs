//! Messages by whoever has a share link: they are by a link instead of by a user.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DatabaseBackend};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute_all(manager, LINKS).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            return execute_all(manager, POSTGRES).await;
        }
        // SQLite takes no condition from a column that is there.
        execute_all(manager, &["ALTER TABLE message RENAME TO message_before"]).await?;
        manager.create_table(message()).await?;
        execute_all(manager, SQLITE).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

const LINKS: &[&str] = &["ALTER TABLE share_link ADD COLUMN may_comment boolean NOT NULL DEFAULT FALSE"];

const POSTGRES: &[&str] = &[
    "ALTER TABLE message ALTER COLUMN author_id DROP NOT NULL",
    "ALTER TABLE message ADD COLUMN share_link_id uuid REFERENCES share_link (id)",
    "CREATE INDEX message_share_link ON message (share_link_id) WHERE share_link_id IS NOT NULL",
];

const SQLITE: &[&str] = &[
    "INSERT INTO message (id, document_id, author_id, author_name, is_staff, is_internal, text, files, created_at) \
     SELECT id, document_id, author_id, author_name, is_staff, is_internal, text, files, created_at FROM message_before",
    "DROP TABLE message_before",
    "CREATE INDEX message_document ON message (document_id, created_at, id)",
    "CREATE INDEX message_author ON message (author_id)",
    "CREATE INDEX message_share_link ON message (share_link_id) WHERE share_link_id IS NOT NULL",
];

fn message() -> TableCreateStatement {
    Table::create()
        .table("message")
        .col(pk_uuid("id"))
        .col(uuid("document_id"))
        .col(uuid_null("author_id"))
        .col(uuid_null("share_link_id"))
        .col(string("author_name"))
        .col(boolean("is_staff"))
        .col(boolean("is_internal"))
        .col(text("text"))
        .col(json("files"))
        .col(big_integer("created_at"))
        .foreign_key(&mut reference(("message", "document_id"), "document", true))
        .foreign_key(&mut reference(("message", "author_id"), "user", false))
        .foreign_key(&mut reference(("message", "share_link_id"), "share_link", false))
        .take()
}
