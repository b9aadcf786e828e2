//! Share links by which a document may be paid.

use sea_orm_migration::prelude::*;

use crate::execute_all;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute_all(manager, &["ALTER TABLE share_link ADD COLUMN may_pay boolean NOT NULL DEFAULT FALSE"])
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute_all(manager, &["ALTER TABLE share_link DROP COLUMN may_pay"]).await
    }
}
