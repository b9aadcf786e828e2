//! Sessions get a key that may be shown, and people choose which mails they get.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let public_id = Table::alter().table("session").add_column(uuid_null("public_id")).take();
        manager.alter_table(public_id).await?;
        // Whoever is signed in stays so, and their sessions can be ended one by one too.
        let fill = match manager.get_database_backend() {
            DbBackend::Postgres => "UPDATE session SET public_id = gen_random_uuid()",
            _ => "UPDATE session SET public_id = randomblob(16)",
        };
        let unique = "CREATE UNIQUE INDEX session_public_id ON session (public_id)";
        execute_all(manager, &[fill, unique]).await?;
        manager.create_table(mail_choice()).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

fn mail_choice() -> TableCreateStatement {
    Table::create()
        .table("mail_choice")
        .col(uuid("user_id"))
        .col(string("area"))
        .col(boolean("is_wanted"))
        .col(big_integer("changed_at"))
        .primary_key(Index::create().col("user_id").col("area"))
        .foreign_key(&mut reference(("mail_choice", "user_id"), "user", true))
        .take()
}
