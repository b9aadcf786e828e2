//! Payments: what was paid, for which documents, by which means; saved payment methods; the wallet.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [
            payment_method(),
            payment_customer(),
            payment(),
            payment_allocation(),
            payment_refund(),
            wallet_entry(),
            bank_line(),
        ] {
            manager.create_table(table.take()).await?;
        }
        execute_all(manager, REST).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

const REST: &[&str] = &[
    "ALTER TABLE document ADD COLUMN paid_here bigint NOT NULL DEFAULT 0",
    "INSERT INTO number_sequence (name, last) VALUES ('payment', 0)",
    "CREATE UNIQUE INDEX payment_method_provider ON payment_method (provider, provider_ref)",
    "CREATE INDEX payment_method_entity ON payment_method (entity_id, created_at) WHERE removed_at IS NULL",
    "CREATE UNIQUE INDEX payment_number ON payment (number)",
    "CREATE UNIQUE INDEX payment_provider ON payment (provider, provider_ref) WHERE provider_ref IS NOT NULL",
    "CREATE UNIQUE INDEX payment_reference ON payment (reference) WHERE reference <> ''",
    "CREATE INDEX payment_entity ON payment (entity_id, created_at, id)",
    "CREATE INDEX payment_age ON payment (created_at, id)",
    "CREATE INDEX payment_due ON payment (next_check_at) WHERE next_check_at IS NOT NULL",
    "CREATE INDEX payment_allocation_payment ON payment_allocation (payment_id, position)",
    "CREATE INDEX payment_allocation_document ON payment_allocation (document_id)",
    // One pending payment a document, whatever the code does.
    "CREATE UNIQUE INDEX payment_allocation_pending ON payment_allocation (document_id) WHERE is_pending",
    "CREATE INDEX payment_refund_payment ON payment_refund (payment_id)",
    "CREATE UNIQUE INDEX payment_refund_provider ON payment_refund (provider_ref) WHERE provider_ref IS NOT NULL",
    "CREATE UNIQUE INDEX wallet_entry_order ON wallet_entry (entity_id, currency, place)",
    "CREATE UNIQUE INDEX bank_line_fingerprint ON bank_line (fingerprint)",
];

fn payment_method() -> TableCreateStatement {
    Table::create()
        .table("payment_method")
        .col(pk_uuid("id"))
        .col(uuid("entity_id"))
        .col(uuid("contact_id"))
        .col(boolean("is_company"))
        .col(string("provider"))
        .col(string("provider_ref"))
        .col(string("brand"))
        .col(string("last4"))
        .col(integer("expires_month"))
        .col(integer("expires_year"))
        .col(boolean("is_default"))
        .col(string("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer_null("removed_at"))
        .foreign_key(&mut reference(("payment_method", "entity_id"), "contact", false))
        .foreign_key(&mut reference(("payment_method", "contact_id"), "contact", false))
        .take()
}

fn payment_customer() -> TableCreateStatement {
    Table::create()
        .table("payment_customer")
        .col(uuid("contact_id"))
        .col(string("provider"))
        .col(string("provider_ref"))
        .primary_key(Index::create().col("contact_id").col("provider"))
        .foreign_key(&mut reference(("payment_customer", "contact_id"), "contact", false))
        .take()
}

fn payment() -> TableCreateStatement {
    Table::create()
        .table("payment")
        .col(pk_uuid("id"))
        .col(string("number"))
        .col(uuid("entity_id"))
        .col(uuid("contact_id"))
        .col(uuid_null("user_id"))
        .col(uuid_null("share_link_id"))
        .col(string("payer"))
        .col(string("purpose"))
        .col(string("means"))
        .col(string("provider"))
        .col(string_null("provider_ref"))
        .col(uuid_null("method_id"))
        .col(string("label"))
        .col(string("reference"))
        .col(string("state"))
        .col(string("currency"))
        .col(big_integer("amount"))
        .col(big_integer("received"))
        .col(big_integer("refunded"))
        .col(text("failure"))
        .col(big_integer("created_at"))
        .col(big_integer_null("settled_at"))
        .col(big_integer_null("next_check_at"))
        .foreign_key(&mut reference(("payment", "entity_id"), "contact", false))
        .foreign_key(&mut reference(("payment", "contact_id"), "contact", false))
        .foreign_key(&mut reference(("payment", "user_id"), "user", false))
        .foreign_key(&mut reference(("payment", "share_link_id"), "share_link", false))
        .foreign_key(&mut reference(("payment", "method_id"), "payment_method", false))
        .take()
}

fn payment_allocation() -> TableCreateStatement {
    Table::create()
        .table("payment_allocation")
        .col(pk_uuid("id"))
        .col(uuid("payment_id"))
        .col(uuid("document_id"))
        .col(integer("position"))
        .col(big_integer("amount"))
        .col(big_integer("applied"))
        .col(boolean("is_pending"))
        .foreign_key(&mut reference(("payment_allocation", "payment_id"), "payment", false))
        .foreign_key(&mut reference(("payment_allocation", "document_id"), "document", false))
        .take()
}

fn payment_refund() -> TableCreateStatement {
    Table::create()
        .table("payment_refund")
        .col(pk_uuid("id"))
        .col(uuid("payment_id"))
        .col(big_integer("amount"))
        .col(string("state"))
        .col(string_null("provider_ref"))
        .col(text("reason"))
        .col(string("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer_null("settled_at"))
        .foreign_key(&mut reference(("payment_refund", "payment_id"), "payment", false))
        .take()
}

fn wallet_entry() -> TableCreateStatement {
    Table::create()
        .table("wallet_entry")
        .col(pk_uuid("id"))
        .col(uuid("entity_id"))
        .col(string("currency"))
        .col(big_integer("place"))
        .col(string("kind"))
        .col(big_integer("amount"))
        .col(big_integer("balance"))
        .col(uuid_null("payment_id"))
        .col(text("note"))
        .col(string("created_by"))
        .col(big_integer("created_at"))
        .check(Expr::col("balance").gte(0))
        .foreign_key(&mut reference(("wallet_entry", "entity_id"), "contact", false))
        .foreign_key(&mut reference(("wallet_entry", "payment_id"), "payment", false))
        .take()
}

fn bank_line() -> TableCreateStatement {
    Table::create()
        .table("bank_line")
        .col(pk_uuid("id"))
        .col(string("fingerprint"))
        .col(date("booked_on"))
        .col(string("currency"))
        .col(big_integer("amount"))
        .col(text("text"))
        .col(text("payer"))
        .col(uuid("payment_id"))
        .col(string("created_by"))
        .col(big_integer("created_at"))
        .foreign_key(&mut reference(("bank_line", "payment_id"), "payment", false))
        .take()
}
