//! Audit, outbox, settings and imports.

use sea_orm_migration::{prelude::*, schema::*};

use crate::execute_all;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [audit_event(), mail_outbox(), setting(), import_run()] {
            manager.create_table(table.take()).await?;
        }
        execute_all(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["import_run", "setting", "mail_outbox", "audit_event"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

const INDEXES: &[&str] = &[
    "CREATE INDEX audit_event_subject ON audit_event (subject_id, id)",
    "CREATE INDEX mail_outbox_due ON mail_outbox (next_try_at) WHERE state = 'queued'",
];

fn audit_event() -> TableCreateStatement {
    Table::create()
        .table("audit_event")
        .col(pk_uuid("id"))
        .col(big_integer("at"))
        .col(uuid_null("actor_id"))
        .col(string("actor"))
        .col(string("action"))
        .col(string("subject"))
        .col(uuid_null("subject_id"))
        .col(uuid_null("entity_id"))
        .col(json("data"))
        .col(string("address"))
        .col(string("request_id"))
        .take()
}

fn mail_outbox() -> TableCreateStatement {
    Table::create()
        .table("mail_outbox")
        .col(pk_uuid("id"))
        .col(string("template"))
        .col(string("to_email"))
        .col(string("to_name"))
        .col(string("subject"))
        .col(text("text_body"))
        .col(text("html_body"))
        .col(boolean("is_secret"))
        .col(string("state"))
        .col(integer("attempts"))
        .col(big_integer("created_at"))
        .col(big_integer("next_try_at"))
        .col(big_integer_null("leased_until"))
        .col(big_integer_null("sent_at"))
        .col(text_null("error"))
        .col(uuid_null("membership_id"))
        .take()
}

fn setting() -> TableCreateStatement {
    Table::create()
        .table("setting")
        .col(ColumnDef::new("name").string().not_null().primary_key())
        .col(json("value"))
        .take()
}

fn import_run() -> TableCreateStatement {
    Table::create()
        .table("import_run")
        .col(pk_uuid("id"))
        .col(string("state"))
        .col(boolean("dry_run"))
        .col(string("started_by"))
        .col(integer("done"))
        .col(integer("total"))
        .col(json_null("report"))
        .col(text_null("error"))
        .col(big_integer("created_at"))
        .col(big_integer_null("finished_at"))
        .take()
}
