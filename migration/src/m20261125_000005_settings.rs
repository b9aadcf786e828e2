//! An audit trail that nobody can change, and the business's logos.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::execute_all;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute_all(manager, &["CREATE INDEX audit_event_at ON audit_event (at)"]).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            execute_all(manager, POSTGRES).await?;
        } else {
            execute_all(manager, SQLITE).await?;
        }
        manager.create_table(logo()).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

const SQLITE: &[&str] = &[
    "CREATE TRIGGER audit_event_unchanged BEFORE UPDATE ON audit_event \
     BEGIN SELECT RAISE(ABORT, 'audit events are only ever added'); END",
    "CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_event \
     BEGIN SELECT RAISE(ABORT, 'audit events are only ever added'); END",
];

const POSTGRES: &[&str] = &[
    "CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ \
     BEGIN RAISE EXCEPTION 'audit events are only ever added'; END $$",
    "CREATE TRIGGER audit_event_unchanged BEFORE UPDATE OR DELETE ON audit_event \
     FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()",
    "CREATE TRIGGER audit_event_kept BEFORE TRUNCATE ON audit_event \
     FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()",
];

/// Pictures by the hash of their content. The one in use is named by the settings; earlier ones stay, because
/// pages that were loaded before still ask for them.
fn logo() -> TableCreateStatement {
    Table::create()
        .table("logo")
        .col(ColumnDef::new("hash").string().not_null().primary_key())
        .col(string("media"))
        .col(ColumnDef::new("content").blob().not_null())
        .col(big_integer("created_at"))
        .take()
}
