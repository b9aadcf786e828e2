//! Spreadsheets that were uploaded, until somebody has told what their columns are.

use sea_orm_migration::{prelude::*, schema::*};

use crate::execute_all;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("import_sheet")
            .col(pk_uuid("id"))
            .col(string("name"))
            .col(blob("bytes"))
            .col(json("layout"))
            .col(big_integer("created_at"))
            .take();
        manager.create_table(table).await?;
        execute_all(manager, &["CREATE INDEX import_sheet_age ON import_sheet (created_at)"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("import_sheet").take()).await
    }
}
