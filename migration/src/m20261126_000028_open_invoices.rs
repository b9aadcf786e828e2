//! The index of what wants something of customers holds what the home adds up, too. No index's condition names a value of
//! `attention`: SQLite would look whether a parameter has that value, and so compile the home's statements at every run.
//!
//! Automatic payments do not wait for their payers any more: a bank that wants to ask them declines.

use sea_orm_migration::prelude::*;

use crate::execute_all;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute_all(
            manager,
            &[
                "DROP INDEX document_attention",
                "CREATE INDEX document_attention ON document (entity_id, attention, due_on, id, currency, residual) \
                 WHERE attention IS NOT NULL",
                "DROP INDEX document_due",
                "CREATE INDEX document_due ON document (attention, due_on) WHERE attention IS NOT NULL",
                "UPDATE automatic_charge SET state = 'made' WHERE state = 'waits'",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute_all(
            manager,
            &[
                "DROP INDEX document_attention",
                "CREATE INDEX document_attention ON document (entity_id, attention, due_on, id) \
                 WHERE attention IS NOT NULL",
                "DROP INDEX document_due",
                "CREATE INDEX document_due ON document (due_on) WHERE attention = 'pay'",
            ],
        )
        .await
    }
}
