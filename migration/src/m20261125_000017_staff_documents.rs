//! Documents as staff work on them: who of the customer's saw one first, and the list of all kinds.

use sea_orm_migration::{prelude::*, schema::*};

use crate::execute_all;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One statement a column: SQLite takes no more.
        for column in [big_integer_null(FIRST_VIEWED_AT), uuid_null(FIRST_VIEWED_BY)] {
            manager.alter_table(Table::alter().table("document").add_column(column).take()).await?;
        }
        execute_all(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute_all(manager, &["DROP INDEX document_staff", "DROP INDEX document_staff_kind"]).await?;
        for column in [FIRST_VIEWED_AT, FIRST_VIEWED_BY] {
            manager.alter_table(Table::alter().table("document").drop_column(column).take()).await?;
        }
        Ok(())
    }
}

const FIRST_VIEWED_AT: &str = "first_viewed_at";
const FIRST_VIEWED_BY: &str = "first_viewed_by";

// Staff read the newest of all kinds, or of one.
const INDEXES: &[&str] = &[
    "CREATE INDEX document_staff ON document (sorted_on, id)",
    "CREATE INDEX document_staff_kind ON document (kind, sorted_on, id)",
];
