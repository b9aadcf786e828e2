//! What only one kind of document has goes under the kind's name instead of beside it.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statement = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        manager.get_connection().execute_unprepared(statement).await?;
        Ok(())
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

const POSTGRES: &str = "UPDATE document \
     SET details = json_build_object(details->>'kind', details::jsonb - 'kind') \
     WHERE details->>'kind' IS NOT NULL";

const SQLITE: &str = "UPDATE document \
     SET details = json_object(json_extract(details, '$.kind'), json_remove(details, '$.kind')) \
     WHERE json_extract(details, '$.kind') IS NOT NULL";
