//! Webhooks: who is told of what happens here, and what they are told.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [webhook(), webhook_delivery()] {
            manager.create_table(table.take()).await?;
        }
        execute_all(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["webhook_delivery", "webhook"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

const INDEXES: &[&str] = &[
    "CREATE INDEX webhook_delivery_due ON webhook_delivery (next_try_at) WHERE state = 'queued'",
    "CREATE INDEX webhook_delivery_webhook ON webhook_delivery (webhook_id)",
    "CREATE INDEX webhook_delivery_age ON webhook_delivery (created_at)",
];

fn webhook() -> TableCreateStatement {
    Table::create()
        .table("webhook")
        .col(pk_uuid("id"))
        .col(text("url"))
        .col(string("secret"))
        .col(text("events"))
        .col(string("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer_null("paused_at"))
        .col(big_integer_null("last_success_at"))
        .col(big_integer_null("failing_since"))
        .col(text_null("last_error"))
        .take()
}

fn webhook_delivery() -> TableCreateStatement {
    Table::create()
        .table("webhook_delivery")
        .col(pk_uuid("id"))
        .col(uuid("webhook_id"))
        .col(string("event"))
        .col(text("body"))
        .col(string("state"))
        .col(integer("attempts"))
        .col(big_integer("created_at"))
        .col(big_integer("next_try_at"))
        .col(big_integer_null("leased_until"))
        .col(big_integer_null("delivered_at"))
        .col(integer_null("status"))
        .col(text_null("error"))
        .foreign_key(&mut reference(("webhook_delivery", "webhook_id"), "webhook", true))
        .take()
}
