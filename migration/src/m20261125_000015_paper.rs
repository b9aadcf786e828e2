//! The files that documents were issued and signed as, and how they were answered.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [document_file(), acceptance()] {
            manager.create_table(table.take()).await?;
        }
        execute_all(manager, INDEXES).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

// A version of a document is issued once, and answered once, however many try at the same moment.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX document_file_once ON document_file (document_id, role, made_from)",
    "CREATE INDEX document_file_by_hash ON document_file (sha256)",
    "CREATE UNIQUE INDEX acceptance_once ON acceptance (document_id, terms)",
];

fn document_file() -> TableCreateStatement {
    Table::create()
        .table("document_file")
        .col(pk_uuid("id"))
        .col(uuid("document_id"))
        .col(string("role"))
        .col(string("made_from"))
        .col(string("sha256"))
        .col(big_integer("size"))
        .col(string("name"))
        .col(big_integer("created_at"))
        .foreign_key(&mut reference(("document_file", "document_id"), "document", true))
        .take()
}

fn acceptance() -> TableCreateStatement {
    Table::create()
        .table("acceptance")
        .col(pk_uuid("id"))
        .col(uuid("document_id"))
        .col(string("terms"))
        .col(boolean("is_accepted"))
        .col(string("signer"))
        .col(text("strokes"))
        .col(text("reason"))
        .col(text("consent"))
        .col(string("shown"))
        .col(string_null("signed"))
        .col(uuid("user_id"))
        .col(uuid("contact_id"))
        .col(string("login"))
        .col(string("address"))
        .col(string("agent"))
        .col(string("request_id"))
        .col(big_integer("at"))
        .foreign_key(&mut reference(("acceptance", "document_id"), "document", false))
        .take()
}
