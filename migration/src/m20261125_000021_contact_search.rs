//! An index for the search among contacts; and one of those that have a parent.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::execute_all;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let own = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        execute_all(manager, own).await?;
        execute_all(manager, PARENTS).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

// The index names its rows by whole numbers, which a table of its own keeps: those that SQLite gives by itself change
// when the file is compacted. Triggers keep both.
const SQLITE: &[&str] = &[
    "CREATE TABLE contact_search_key (\
        id INTEGER PRIMARY KEY, \
        contact_id BLOB NOT NULL UNIQUE REFERENCES contact (id) ON DELETE CASCADE)",
    "CREATE VIRTUAL TABLE contact_search_index USING fts5(\
        text, content = '', contentless_delete = 1, tokenize = 'trigram', detail = 'none')",
    "CREATE TRIGGER contact_search_added AFTER INSERT ON contact BEGIN \
        INSERT INTO contact_search_key (contact_id) VALUES (new.id); \
        INSERT INTO contact_search_index (rowid, text) \
        SELECT id, new.search FROM contact_search_key WHERE contact_id = new.id; END",
    "CREATE TRIGGER contact_search_changed AFTER UPDATE OF search ON contact WHEN old.search <> new.search BEGIN \
        UPDATE contact_search_index SET text = new.search \
        WHERE rowid = (SELECT id FROM contact_search_key WHERE contact_id = new.id); END",
    "CREATE TRIGGER contact_search_removed BEFORE DELETE ON contact BEGIN \
        DELETE FROM contact_search_index \
        WHERE rowid = (SELECT id FROM contact_search_key WHERE contact_id = old.id); END",
    "INSERT INTO contact_search_key (contact_id) SELECT id FROM contact",
    "INSERT INTO contact_search_index (rowid, text) \
     SELECT contact_search_key.id, contact.search FROM contact_search_key \
     JOIN contact ON contact.id = contact_search_key.contact_id",
];

// Of contacts without a parent, which are most, nobody asks by their parent; with them in it, the index looks useless to SQLite
// once it has statistics, and a company's tree is looked for among all contacts.
const PARENTS: &[&str] = &[
    "DROP INDEX contact_parent",
    "CREATE INDEX contact_parent ON contact (parent_id) WHERE parent_id IS NOT NULL",
];

// Without the extension searching reads through the contacts.
const POSTGRES: &[&str] = &["DO $$ BEGIN \
        CREATE EXTENSION IF NOT EXISTS pg_trgm; \
        CREATE INDEX contact_search_index ON contact USING gin (search gin_trgm_ops); \
     EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'searching without an index: %', SQLERRM; END $$"];
