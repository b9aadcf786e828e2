//! What lists of documents are searched by, what documents came from, and indexes for each way of sorting them.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [document_search(), document_origin()] {
            manager.create_table(table.take()).await?;
        }
        let own = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        execute_all(manager, own).await?;
        execute_all(manager, INDEXES).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

/// A table of its own, so that lists do not read the text along, and with a whole number as key, which is what
/// SQLite's index names its rows by.
fn document_search() -> TableCreateStatement {
    Table::create()
        .table("document_search")
        .col(big_pk_auto("id"))
        .col(uuid_uniq("document_id"))
        .col(text("text"))
        .foreign_key(&mut reference(("document_search", "document_id"), "document", true))
        .take()
}

/// The numbers of the documents that one came from: an invoice's order.
fn document_origin() -> TableCreateStatement {
    Table::create()
        .table("document_origin")
        .col(string("number"))
        .col(uuid("document_id"))
        .primary_key(Index::create().col("number").col("document_id"))
        .foreign_key(&mut reference(("document_origin", "document_id"), "document", true))
        .take()
}

// Lists read along these, however deep the page. What is missing sorts last: `services::documents::sorting` names the
// same expressions.
const INDEXES: &[&str] = &[
    "CREATE INDEX document_by_number ON document (entity_id, kind, is_visible, number, id)",
    "CREATE INDEX document_by_due ON document (entity_id, kind, is_visible, COALESCE(due_on, '9999-12-31'), id)",
    "CREATE INDEX document_by_total ON document (entity_id, kind, is_visible, COALESCE(total, 0), id)",
    "CREATE INDEX document_open ON document (entity_id, kind, sorted_on, id) WHERE residual <> 0",
    "CREATE INDEX document_origin_document ON document_origin (document_id)",
];

// The index holds every three letters in a row, so that parts of words and numbers are found; triggers keep it.
const SQLITE: &[&str] = &[
    "CREATE VIRTUAL TABLE document_search_index USING fts5(\
        text, content = 'document_search', content_rowid = 'id', tokenize = 'trigram', detail = 'none')",
    "CREATE TRIGGER document_search_added AFTER INSERT ON document_search BEGIN \
        INSERT INTO document_search_index (rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER document_search_removed AFTER DELETE ON document_search BEGIN \
        INSERT INTO document_search_index (document_search_index, rowid, text) \
        VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER document_search_changed AFTER UPDATE OF text ON document_search \
        WHEN old.text <> new.text BEGIN \
        INSERT INTO document_search_index (document_search_index, rowid, text) \
        VALUES ('delete', old.id, old.text); \
        INSERT INTO document_search_index (rowid, text) VALUES (new.id, new.text); END",
    // What was written before; the next import or change says it better.
    "INSERT INTO document_search (document_id, text) \
     SELECT id, lower(number || char(10) || title || char(10) || coalesce(json_extract(bill_to, '$.name'), '') \
        || char(10) || coalesce((SELECT group_concat(description, char(10)) FROM document_line \
            WHERE document_line.document_id = document.id), '')) FROM document",
    "INSERT INTO document_origin (number, document_id) \
     SELECT json_extract(details, '$.invoice.origin'), id FROM document \
     WHERE json_extract(details, '$.invoice.origin') <> ''",
];

// Without the extension, which comes with PostgreSQL but may be left out, searching reads through a company's documents.
const POSTGRES: &[&str] = &[
    "DO $$ BEGIN \
        CREATE EXTENSION IF NOT EXISTS pg_trgm; \
        CREATE INDEX document_search_index ON document_search USING gin (text gin_trgm_ops); \
     EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'searching without an index: %', SQLERRM; END $$",
    "INSERT INTO document_search (document_id, text) \
     SELECT id, lower(number || chr(10) || title || chr(10) || coalesce(bill_to->>'name', '') \
        || chr(10) || coalesce((SELECT string_agg(description, chr(10)) FROM document_line \
            WHERE document_line.document_id = document.id), '')) FROM document",
    "INSERT INTO document_origin (number, document_id) \
     SELECT details->'invoice'->>'origin', id FROM document WHERE details->'invoice'->>'origin' <> ''",
];
