//! Automatic payments with their consent, changes of subscriptions, and reminders of what is due.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [automatic_payment(), automatic_charge(), subscription_change(), reminder()] {
            manager.create_table(table.take()).await?;
        }
        execute_all(manager, REST).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

const REST: &[&str] = &[
    "CREATE UNIQUE INDEX automatic_payment_document ON automatic_payment (document_id) WHERE ended_at IS NULL",
    "CREATE INDEX automatic_payment_method ON automatic_payment (method_id) WHERE ended_at IS NULL",
    "CREATE UNIQUE INDEX automatic_charge_invoice ON automatic_charge (invoice_id)",
    "CREATE INDEX automatic_charge_due ON automatic_charge (charge_on) WHERE state = 'announced'",
    "CREATE INDEX subscription_change_document ON subscription_change (document_id, created_at)",
    "CREATE INDEX document_due ON document (due_on) WHERE attention = 'pay'",
];

fn automatic_payment() -> TableCreateStatement {
    Table::create()
        .table("automatic_payment")
        .col(pk_uuid("id"))
        .col(uuid("document_id"))
        .col(uuid("entity_id"))
        .col(uuid("contact_id"))
        .col(uuid("user_id"))
        .col(uuid("method_id"))
        .col(big_integer_null("cap"))
        .col(text("consent"))
        .col(string("consented_by"))
        .col(string("address"))
        .col(big_integer("consented_at"))
        .col(big_integer_null("ended_at"))
        .foreign_key(&mut reference(("automatic_payment", "document_id"), "document", false))
        .foreign_key(&mut reference(("automatic_payment", "entity_id"), "contact", false))
        .foreign_key(&mut reference(("automatic_payment", "contact_id"), "contact", false))
        .foreign_key(&mut reference(("automatic_payment", "user_id"), "user", false))
        .foreign_key(&mut reference(("automatic_payment", "method_id"), "payment_method", false))
        .take()
}

fn automatic_charge() -> TableCreateStatement {
    Table::create()
        .table("automatic_charge")
        .col(pk_uuid("id"))
        .col(uuid("automatic_id"))
        .col(uuid("invoice_id"))
        .col(date("charge_on"))
        .col(string("state"))
        .col(big_integer("announced_at"))
        .foreign_key(&mut reference(("automatic_charge", "automatic_id"), "automatic_payment", false))
        .foreign_key(&mut reference(("automatic_charge", "invoice_id"), "document", false))
        .take()
}

fn subscription_change() -> TableCreateStatement {
    Table::create()
        .table("subscription_change")
        .col(pk_uuid("id"))
        .col(uuid("document_id"))
        .col(string("action"))
        .col(text("reason"))
        .col(string("created_by"))
        .col(big_integer("created_at"))
        .foreign_key(&mut reference(("subscription_change", "document_id"), "document", false))
        .take()
}

fn reminder() -> TableCreateStatement {
    Table::create()
        .table("reminder")
        .col(uuid("document_id"))
        .col(integer("step"))
        .col(big_integer("sent_at"))
        .primary_key(Index::create().col("document_id").col("step"))
        .foreign_key(&mut reference(("reminder", "document_id"), "document", true))
        .take()
}
