//! One name and one default among permission groups, whoever edits them at the same time.

use sea_orm_migration::prelude::*;

use crate::execute_all;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute_all(manager, STATEMENTS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute_all(manager, &["DROP INDEX group_name_any_case", "DROP INDEX group_one_default"]).await
    }
}

const STATEMENTS: &[&str] = &[
    "CREATE UNIQUE INDEX group_name_any_case ON \"group\" (lower(name))",
    "CREATE UNIQUE INDEX group_one_default ON \"group\" (is_default) WHERE is_default",
];
