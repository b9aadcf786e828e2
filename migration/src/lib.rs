//! The database's schema, step by step, for SQLite and PostgreSQL.
//!
//! Steps only expand while an older binary may still run; a column is dropped one release after the code
//! stopped using it. Instants are milliseconds since the Unix epoch (`domain::Instant`).

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261122_000001_people;
mod m20261122_000002_documents;
mod m20261122_000003_operations;
mod m20261125_000004_access;
mod m20261125_000005_settings;
mod m20261125_000006_users;
mod m20261125_000007_groups;
mod m20261125_000008_details;
mod m20261125_000009_account;
mod m20261125_000010_addresses;
mod m20261125_000011_sessions;
mod m20261125_000012_passkeys;
mod m20261125_000013_reset;
mod m20261125_000014_lists;
mod m20261125_000015_paper;
mod m20261125_000016_messages;
mod m20261125_000017_staff_documents;
mod m20261125_000018_articles;
mod m20261125_000019_share_links;
mod m20261125_000020_machine_api;
mod m20261125_000021_contact_search;
mod m20261125_000022_webhooks;
mod m20261125_000023_import_sheets;
mod m20261125_000024_link_messages;
mod m20261126_000025_payments;
mod m20261126_000026_automatic_payments;
mod m20261126_000027_paying_links;
mod m20261126_000028_open_invoices;

/// Every step, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_people::Migration),
            Box::new(m20261122_000002_documents::Migration),
            Box::new(m20261122_000003_operations::Migration),
            Box::new(m20261125_000004_access::Migration),
            Box::new(m20261125_000005_settings::Migration),
            Box::new(m20261125_000006_users::Migration),
            Box::new(m20261125_000007_groups::Migration),
            Box::new(m20261125_000008_details::Migration),
            Box::new(m20261125_000009_account::Migration),
            Box::new(m20261125_000010_addresses::Migration),
            Box::new(m20261125_000011_sessions::Migration),
            Box::new(m20261125_000012_passkeys::Migration),
            Box::new(m20261125_000013_reset::Migration),
            Box::new(m20261125_000014_lists::Migration),
            Box::new(m20261125_000015_paper::Migration),
            Box::new(m20261125_000016_messages::Migration),
            Box::new(m20261125_000017_staff_documents::Migration),
            Box::new(m20261125_000018_articles::Migration),
            Box::new(m20261125_000019_share_links::Migration),
            Box::new(m20261125_000020_machine_api::Migration),
            Box::new(m20261125_000021_contact_search::Migration),
            Box::new(m20261125_000022_webhooks::Migration),
            Box::new(m20261125_000023_import_sheets::Migration),
            Box::new(m20261125_000024_link_messages::Migration),
            Box::new(m20261126_000025_payments::Migration),
            Box::new(m20261126_000026_automatic_payments::Migration),
            Box::new(m20261126_000027_paying_links::Migration),
            Box::new(m20261126_000028_open_invoices::Migration),
        ]
    }
}

/// Runs statements that read the same in SQLite and PostgreSQL.
async fn execute_all(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

/// A foreign key between two columns; the referenced row cannot be deleted unless `cascade`.
fn reference(
    from: (&'static str, &'static str),
    to: &'static str,
    cascade: bool,
) -> ForeignKeyCreateStatement {
    let action = if cascade { ForeignKeyAction::Cascade } else { ForeignKeyAction::Restrict };
    ForeignKey::create().from(from.0, from.1).to(to, "id").on_delete(action).to_owned()
}
