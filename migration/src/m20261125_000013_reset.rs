//! Password resets that were asked for and are not answered yet.

use sea_orm_migration::{prelude::*, schema::*};

use crate::execute_all;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let requests = Table::create()
            .table("reset_request")
            .col(pk_uuid("id"))
            .col(string("login"))
            .col(string("address"))
            .col(string("agent"))
            .col(string("request_id"))
            .col(integer("attempts"))
            .col(big_integer("created_at"))
            .col(big_integer("next_try_at"))
            .take();
        manager.create_table(requests).await?;
        execute_all(manager, &["CREATE INDEX reset_request_due ON reset_request (next_try_at, id)"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("reset_request").take()).await
    }
}
