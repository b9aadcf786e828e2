//! What customers and staff write to each other on documents.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let messages = Table::create()
            .table("message")
            .col(pk_uuid("id"))
            .col(uuid("document_id"))
            .col(uuid("author_id"))
            .col(string("author_name"))
            .col(boolean("is_staff"))
            .col(boolean("is_internal"))
            .col(text("text"))
            .col(json("files"))
            .col(big_integer("created_at"))
            .foreign_key(&mut reference(("message", "document_id"), "document", true))
            .foreign_key(&mut reference(("message", "author_id"), "user", false))
            .take();
        manager.create_table(messages).await?;
        let follows = Table::create()
            .table("follow")
            .col(uuid("document_id"))
            .col(uuid("user_id"))
            .col(uuid_null("membership_id"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("document_id").col("user_id"))
            .foreign_key(&mut reference(("follow", "document_id"), "document", true))
            .foreign_key(&mut reference(("follow", "user_id"), "user", true))
            .foreign_key(&mut reference(("follow", "membership_id"), "membership", true))
            .take();
        manager.create_table(follows).await?;
        let sequence = Table::create()
            .table("number_sequence")
            .col(string("name").primary_key())
            .col(big_integer("last"))
            .take();
        manager.create_table(sequence).await?;
        execute_all(
            manager,
            &[
                "INSERT INTO number_sequence (name, last) VALUES ('ticket', 0)",
                "CREATE INDEX message_document ON message (document_id, created_at, id)",
                "CREATE INDEX follow_user ON follow (user_id)",
                "CREATE INDEX message_author ON message (author_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("number_sequence").take()).await?;
        manager.drop_table(Table::drop().table("follow").take()).await?;
        manager.drop_table(Table::drop().table("message").take()).await
    }
}
