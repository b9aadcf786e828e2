//! The machine API: keys of other programs, and the answers that were given to requests they may send again.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [api_key(), api_answer()] {
            manager.create_table(table.take()).await?;
        }
        execute_all(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["api_answer", "api_key"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX api_key_hash ON api_key (hash)",
    "CREATE INDEX api_answer_age ON api_answer (created_at)",
];

fn api_key() -> TableCreateStatement {
    Table::create()
        .table("api_key")
        .col(pk_uuid("id"))
        .col(string("name"))
        .col(string("hint"))
        .col(string("hash"))
        .col(string("scopes"))
        .col(string("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer_null("expires_at"))
        .col(big_integer_null("last_used_at"))
        .col(big_integer_null("revoked_at"))
        .take()
}

fn api_answer() -> TableCreateStatement {
    Table::create()
        .table("api_answer")
        .col(uuid("key_id"))
        .col(string("idempotency_key"))
        .col(string("request_hash"))
        .col(integer_null("status"))
        .col(text_null("body"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("key_id").col("idempotency_key"))
        .foreign_key(&mut reference(("api_answer", "key_id"), "api_key", true))
        .take()
}
