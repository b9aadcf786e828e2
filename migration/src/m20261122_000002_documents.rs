//! Documents, their lines, and the counters that lists and the home read.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [document(), document_line(), document_counter()] {
            manager.create_table(table.take()).await?;
        }
        execute_all(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["document_counter", "document_line", "document"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

// Customers' lists read newest first: of a company, of one contact, and of what needs doing.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX document_external ON document (kind, external_id)",
    "CREATE INDEX document_entity ON document (entity_id, kind, is_visible, sorted_on, id)",
    "CREATE INDEX document_contact ON document (contact_id, kind, is_visible, sorted_on, id)",
    "CREATE INDEX document_attention ON document (entity_id, attention, due_on, id) WHERE attention IS NOT NULL",
    "CREATE INDEX document_parent ON document (parent_id)",
    "CREATE INDEX document_line_document ON document_line (document_id, position)",
    "CREATE INDEX document_counter_contact ON document_counter (contact_id)",
];

fn document() -> TableCreateStatement {
    Table::create()
        .table("document")
        .col(pk_uuid("id"))
        .col(string("kind"))
        .col(string("number"))
        .col(string("title"))
        .col(string("state"))
        .col(uuid_null("contact_id"))
        .col(uuid_null("entity_id"))
        .col(uuid_null("parent_id"))
        .col(date_null("dated_on"))
        .col(date_null("due_on"))
        .col(date("sorted_on"))
        .col(string_null("currency"))
        .col(big_integer_null("untaxed"))
        .col(big_integer_null("tax"))
        .col(big_integer_null("total"))
        .col(big_integer_null("residual"))
        .col(string_null("attention"))
        .col(big_integer_null("published_at"))
        .col(boolean("is_visible"))
        .col(json("details"))
        .col(json("bill_to"))
        .col(string_null("external_id"))
        .col(string_null("fingerprint"))
        .col(big_integer("version"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut reference(("document", "contact_id"), "contact", false))
        .foreign_key(&mut reference(("document", "entity_id"), "contact", false))
        .foreign_key(&mut reference(("document", "parent_id"), "document", false))
        .take()
}

fn document_line() -> TableCreateStatement {
    Table::create()
        .table("document_line")
        .col(pk_uuid("id"))
        .col(uuid("document_id"))
        .col(integer("position"))
        .col(text("description"))
        .col(big_integer("quantity"))
        .col(big_integer("unit_price"))
        .col(big_integer("discount"))
        .col(big_integer("subtotal"))
        .foreign_key(&mut reference(("document_line", "document_id"), "document", true))
        .take()
}

fn document_counter() -> TableCreateStatement {
    Table::create()
        .table("document_counter")
        .col(uuid("entity_id"))
        .col(uuid("contact_id"))
        .col(string("kind"))
        .col(big_integer("visible"))
        .primary_key(Index::create().col("entity_id").col("contact_id").col("kind"))
        .foreign_key(&mut reference(("document_counter", "entity_id"), "contact", true))
        .foreign_key(&mut reference(("document_counter", "contact_id"), "contact", true))
        .take()
}
