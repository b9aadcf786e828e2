//! Passkeys, and the challenges that wait for their answers.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [passkey(), passkey_ceremony()] {
            manager.create_table(table.take()).await?;
        }
        execute_all(manager, STATEMENTS).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

const STATEMENTS: &[&str] = &[
    "CREATE UNIQUE INDEX passkey_credential_id ON passkey (credential_id)",
    "CREATE INDEX passkey_by_user ON passkey (user_id)",
    "CREATE INDEX passkey_ceremony_by_place ON passkey_ceremony (place, expires_at)",
];

fn passkey() -> TableCreateStatement {
    Table::create()
        .table("passkey")
        .col(pk_uuid("id"))
        .col(uuid("user_id"))
        .col(string("name"))
        .col(text("credential_id"))
        .col(text("credential"))
        .col(big_integer("created_at"))
        .col(big_integer_null("last_used_at"))
        .foreign_key(&mut reference(("passkey", "user_id"), "user", true))
        .take()
}

fn passkey_ceremony() -> TableCreateStatement {
    Table::create()
        .table("passkey_ceremony")
        .col(string("secret_hash").primary_key())
        .col(uuid_null("user_id"))
        .col(string("name"))
        .col(string("place"))
        .col(text("state"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .foreign_key(&mut reference(("passkey_ceremony", "user_id"), "user", true))
        .take()
}
