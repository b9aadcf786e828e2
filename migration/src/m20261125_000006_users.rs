//! What somebody did, found by who did it.

use sea_orm_migration::prelude::*;

use crate::execute_all;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = ["CREATE INDEX IF NOT EXISTS audit_event_actor ON audit_event (actor_id, id)"];
        execute_all(manager, &indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute_all(manager, &["DROP INDEX IF EXISTS audit_event_actor"]).await
    }
}
