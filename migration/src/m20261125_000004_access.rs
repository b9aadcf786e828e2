//! Sessions with two faces, secure links, and on whose behalf something was done.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite cannot make a column optional. Sessions live a day at most: everybody signs in once more.
        manager.drop_table(Table::drop().table("session").take()).await?;
        manager.create_table(session()).await?;
        execute_all(manager, STATEMENTS).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("this step cannot be taken back".to_owned()))
    }
}

const STATEMENTS: &[&str] = &[
    "CREATE INDEX session_by_user ON session (user_id)",
    "CREATE INDEX session_by_membership ON session (membership_id)",
    "CREATE INDEX session_by_contact ON session (contact_id)",
    "CREATE INDEX session_seen ON session (last_seen_at)",
    // A customer's secure link is computed from its key and this number: rotating it adds one.
    "ALTER TABLE contact ADD COLUMN link_generation integer NOT NULL DEFAULT 0",
    "ALTER TABLE contact ADD COLUMN link_is_off boolean NOT NULL DEFAULT FALSE",
    "ALTER TABLE \"group\" ADD COLUMN description text NOT NULL DEFAULT ''",
    "ALTER TABLE audit_event ADD COLUMN on_behalf_of varchar NOT NULL DEFAULT ''",
    "CREATE INDEX audit_event_entity ON audit_event (entity_id, id)",
    "CREATE INDEX membership_user ON membership (user_id)",
    "CREATE INDEX membership_group ON membership (group_id)",
];

fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(ColumnDef::new("id_hash").string().not_null().primary_key())
        .col(uuid_null("user_id"))
        .col(uuid_null("membership_id"))
        .col(uuid_null("contact_id"))
        .col(uuid_null("view_membership_id"))
        .col(uuid_null("view_contact_id"))
        .col(string_null("view_reason"))
        .col(big_integer_null("view_until"))
        .col(big_integer("created_at"))
        .col(big_integer("last_seen_at"))
        .col(string("address"))
        .col(string("agent"))
        .foreign_key(&mut reference(("session", "user_id"), "user", true))
        .foreign_key(&mut reference(("session", "membership_id"), "membership", true))
        .foreign_key(&mut reference(("session", "contact_id"), "contact", true))
        .foreign_key(&mut reference(("session", "view_membership_id"), "membership", true))
        .foreign_key(&mut reference(("session", "view_contact_id"), "contact", true))
        .take()
}
