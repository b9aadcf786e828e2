//! The index of what wants something of customers holds what the home adds up, too. No index that is searched with a parameter
//! has a condition that names a value: SQLite is told not to look at parameters' values (see `services::Db`), and would not
//! use it then.
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
                "DROP INDEX mail_outbox_due",
                "CREATE INDEX mail_outbox_due ON mail_outbox (state, next_try_at)",
                "DROP INDEX webhook_delivery_due",
                "CREATE INDEX webhook_delivery_due ON webhook_delivery (state, next_try_at)",
                "DROP INDEX automatic_charge_due",
                "CREATE INDEX automatic_charge_due ON automatic_charge (state, charge_on)",
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
                "DROP INDEX mail_outbox_due",
                "CREATE INDEX mail_outbox_due ON mail_outbox (next_try_at) WHERE state = 'queued'",
                "DROP INDEX webhook_delivery_due",
                "CREATE INDEX webhook_delivery_due ON webhook_delivery (next_try_at) WHERE state = 'queued'",
                "DROP INDEX automatic_charge_due",
                "CREATE INDEX automatic_charge_due ON automatic_charge (charge_on) WHERE state = 'announced'",
            ],
        )
        .await
    }
}
