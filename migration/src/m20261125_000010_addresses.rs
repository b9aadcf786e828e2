//! Addresses of customers, and people's time zones.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(address()).await?;
        execute_all(manager, STATEMENTS).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

const STATEMENTS: &[&str] = &[
    "CREATE INDEX address_entity ON address (entity_id)",
    "CREATE INDEX address_contact ON address (contact_id)",
    // One default of each kind a customer, whatever happens at the same time.
    "CREATE UNIQUE INDEX address_default_billing ON address (entity_id) \
     WHERE is_default_billing AND removed_at IS NULL",
    "CREATE UNIQUE INDEX address_default_delivery ON address (entity_id) \
     WHERE is_default_delivery AND removed_at IS NULL",
    "ALTER TABLE contact ADD COLUMN time_zone varchar NOT NULL DEFAULT ''",
];

fn address() -> TableCreateStatement {
    Table::create()
        .table("address")
        .col(pk_uuid("id"))
        .col(uuid("entity_id"))
        .col(uuid("contact_id"))
        .col(string("kind"))
        .col(string("name"))
        .col(string("phone"))
        .col(string("street"))
        .col(string("street2"))
        .col(string("zip"))
        .col(string("city"))
        .col(string("state_code"))
        .col(string("country_code"))
        .col(boolean("is_default_billing"))
        .col(boolean("is_default_delivery"))
        .col(big_integer_null("removed_at"))
        .col(big_integer("version"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut reference(("address", "entity_id"), "contact", false))
        .foreign_key(&mut reference(("address", "contact_id"), "contact", false))
        .take()
}
