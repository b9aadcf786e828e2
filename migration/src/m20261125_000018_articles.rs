//! Documentation: articles that staff write, for everybody in the portal or for some permission groups.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [article(), article_group()] {
            manager.create_table(table.take()).await?;
        }
        execute_all(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["article_group", "article"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

const INDEXES: &[&str] = &[
    "CREATE INDEX article_order ON article (category, place, title)",
    "CREATE INDEX article_group_group ON article_group (group_id, article_id)",
];

fn article() -> TableCreateStatement {
    Table::create()
        .table("article")
        .col(pk_uuid("id"))
        .col(string("title"))
        .col(string("category"))
        .col(string("summary"))
        .col(text("body"))
        .col(text("search"))
        .col(integer("place"))
        .col(boolean("is_for_all"))
        .col(big_integer_null("published_at"))
        .col(big_integer("version"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .take()
}

fn article_group() -> TableCreateStatement {
    Table::create()
        .table("article_group")
        .col(uuid("article_id"))
        .col(uuid("group_id"))
        .primary_key(Index::create().col("article_id").col("group_id"))
        .foreign_key(&mut reference(("article_group", "article_id"), "article", true))
        .foreign_key(&mut reference(("article_group", "group_id"), "group", true))
        .take()
}
