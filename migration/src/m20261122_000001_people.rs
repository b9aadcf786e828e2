//! Contacts, users, permission groups, memberships, tokens and sessions.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{execute_all, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [contact(), user(), group(), group_permission(), membership(), token(), session()] {
            manager.create_table(table.take()).await?;
        }
        manager.create_table(sign_in_throttle()).await?;
        execute_all(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "sign_in_throttle",
            "session",
            "token",
            "membership",
            "group_permission",
            "group",
            "user",
            "contact",
        ];
        for table in tables {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

const INDEXES: &[&str] = &[
    "CREATE INDEX contact_name ON contact (name_key, id)",
    "CREATE INDEX contact_parent ON contact (parent_id)",
    "CREATE INDEX contact_entity ON contact (entity_id)",
    "CREATE INDEX contact_email ON contact (email_key)",
    "CREATE INDEX membership_contact ON membership (contact_id)",
    "CREATE UNIQUE INDEX membership_live ON membership (user_id, contact_id) WHERE state <> 'ended'",
    "CREATE INDEX token_membership ON token (membership_id)",
    "CREATE INDEX token_user ON token (user_id)",
    "CREATE INDEX session_by_user ON session (user_id)",
    "CREATE INDEX session_by_membership ON session (membership_id)",
    "CREATE INDEX session_seen ON session (last_seen_at)",
    "CREATE INDEX sign_in_throttle_last ON sign_in_throttle (last_failed_at)",
];

fn contact() -> TableCreateStatement {
    Table::create()
        .table("contact")
        .col(pk_uuid("id"))
        .col(string("kind"))
        .col(uuid_null("parent_id"))
        .col(uuid("entity_id"))
        .col(string("name"))
        .col(string("name_key"))
        .col(string("email"))
        .col(string_null("email_key"))
        .col(string("phone"))
        .col(string("street"))
        .col(string("street2"))
        .col(string("zip"))
        .col(string("city"))
        .col(string("state_code"))
        .col(string("country_code"))
        .col(string("vat"))
        .col(string("reference"))
        .col(string("lang"))
        .col(string("website"))
        .col(text("comment"))
        .col(string("tags"))
        .col(text("search"))
        .col(string_uniq("external_id").null().take())
        .col(string_null("fingerprint"))
        .col(big_integer_null("archived_at"))
        .col(big_integer("version"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut reference(("contact", "parent_id"), "contact", false))
        .take()
}

fn user() -> TableCreateStatement {
    Table::create()
        .table("user")
        .col(pk_uuid("id"))
        .col(string_uniq("login"))
        .col(string("name"))
        .col(string_null("password_hash"))
        .col(string("kind"))
        .col(string_null("role"))
        .col(string("status"))
        .col(boolean("require_two_factor"))
        .col(big_integer_null("last_authenticated_at"))
        .col(big_integer("created_at"))
        .take()
}

fn group() -> TableCreateStatement {
    Table::create()
        .table("group")
        .col(pk_uuid("id"))
        .col(string_uniq("code").null().take())
        .col(string_uniq("name"))
        .col(boolean("is_default"))
        .col(boolean("require_two_factor"))
        .col(big_integer("version"))
        .take()
}

fn group_permission() -> TableCreateStatement {
    Table::create()
        .table("group_permission")
        .col(uuid("group_id"))
        .col(string("area"))
        .col(string("action"))
        .col(string("scope"))
        .primary_key(Index::create().col("group_id").col("area").col("action"))
        .foreign_key(&mut reference(("group_permission", "group_id"), "group", true))
        .take()
}

fn membership() -> TableCreateStatement {
    Table::create()
        .table("membership")
        .col(pk_uuid("id"))
        .col(uuid("user_id"))
        .col(uuid("contact_id"))
        .col(uuid("group_id"))
        .col(string("state"))
        .col(big_integer_null("valid_from"))
        .col(big_integer_null("valid_until"))
        .col(big_integer("created_at"))
        .col(big_integer_null("ended_at"))
        .col(string_null("undo_state"))
        .col(string_null("undo_password_hash"))
        .foreign_key(&mut reference(("membership", "user_id"), "user", false))
        .foreign_key(&mut reference(("membership", "contact_id"), "contact", false))
        .foreign_key(&mut reference(("membership", "group_id"), "group", false))
        .take()
}

fn token() -> TableCreateStatement {
    Table::create()
        .table("token")
        .col(pk_uuid("id"))
        .col(string("purpose"))
        .col(string_uniq("hash"))
        .col(uuid_null("user_id"))
        .col(uuid_null("membership_id"))
        .col(string_null("email"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .col(big_integer_null("voided_at"))
        .foreign_key(&mut reference(("token", "user_id"), "user", true))
        .foreign_key(&mut reference(("token", "membership_id"), "membership", true))
        .take()
}

fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(ColumnDef::new("id_hash").string().not_null().primary_key())
        .col(uuid("user_id"))
        .col(uuid_null("membership_id"))
        .col(big_integer("created_at"))
        .col(big_integer("last_seen_at"))
        .col(string("address"))
        .col(string("agent"))
        .foreign_key(&mut reference(("session", "user_id"), "user", true))
        .foreign_key(&mut reference(("session", "membership_id"), "membership", true))
        .take()
}

fn sign_in_throttle() -> TableCreateStatement {
    Table::create()
        .table("sign_in_throttle")
        .col(ColumnDef::new("bucket").string().not_null().primary_key())
        .col(integer("failures"))
        .col(big_integer("last_failed_at"))
        .col(big_integer("blocked_until"))
        .col(big_integer_null("succeeded_at"))
        .take()
}
