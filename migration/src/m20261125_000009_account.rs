//! The second factor, the browsers that people sign in from, and how far a session has come.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [totp(), recovery_code(), device()] {
            manager.create_table(table.take()).await?;
        }
        // SQLite adds one column a statement.
        for column in [
            string("level").default("full").take(),
            big_integer_null("proved_at").take(),
            uuid_null("device_id").take(),
        ] {
            manager.alter_table(Table::alter().table("session").add_column(column).take()).await?;
        }
        execute_all(manager, STATEMENTS).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

const STATEMENTS: &[&str] = &[
    "ALTER TABLE \"user\" ADD COLUMN two_factor_since bigint",
    "CREATE UNIQUE INDEX recovery_code_hash ON recovery_code (user_id, hash)",
    "CREATE UNIQUE INDEX device_secret ON device (user_id, secret_hash)",
    "CREATE INDEX device_by_secret ON device (secret_hash)",
];

fn totp() -> TableCreateStatement {
    Table::create()
        .table("totp")
        .col(pk_uuid("user_id"))
        .col(string("sealed_seed"))
        .col(big_integer_null("last_step"))
        .col(big_integer("created_at"))
        .col(big_integer_null("confirmed_at"))
        .foreign_key(&mut reference(("totp", "user_id"), "user", true))
        .take()
}

fn recovery_code() -> TableCreateStatement {
    Table::create()
        .table("recovery_code")
        .col(pk_uuid("id"))
        .col(uuid("user_id"))
        .col(string("hash"))
        .col(big_integer("created_at"))
        .foreign_key(&mut reference(("recovery_code", "user_id"), "user", true))
        .take()
}

fn device() -> TableCreateStatement {
    Table::create()
        .table("device")
        .col(pk_uuid("id"))
        .col(uuid("user_id"))
        .col(string("secret_hash"))
        .col(string("agent"))
        .col(string("address"))
        .col(big_integer("created_at"))
        .col(big_integer("last_seen_at"))
        .col(big_integer_null("trusted_until"))
        .foreign_key(&mut reference(("device", "user_id"), "user", true))
        .take()
}
