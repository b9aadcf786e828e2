use domain::{access::Right, import::ImportReport};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{SourceFile, apply::apply, read, runs, steps::Steps};
use crate::{Cx, ServiceError, ServiceResult, Transaction, access::staff, ids};

/// Any number that no other program is likely to lock.
const IMPORT_LOCK: i64 = 0x0070_6f72_7469_6370;

/// Imports an export from Odoo, or finds out what that would do.
///
/// A row that cannot be imported is left out with the reason in the report, and stops nothing else. A file that
/// cannot be read stops everything: then nothing is changed.
///
/// # Permissions
/// [`Right::Import`].
///
/// # Errors
/// [`ServiceError::Refused`] with the files that cannot be read and why.
pub async fn import_odoo(
    cx: &Cx,
    files: Vec<SourceFile>,
    dry_run: bool,
    progress: impl Fn(u32, u32) + Send + Sync,
) -> ServiceResult<ImportReport> {
    staff(cx, Right::Import)?;
    let new = Run { id: ids::mint(cx.now()), is_listed: false };
    run(cx, new, files, dry_run, &progress).await
}

/// One run of an import.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub id: Uuid,
    /// Whether the list of imports has it already. Else it comes there once it changes something.
    pub is_listed: bool,
}

/// Imports, whoever asks.
pub(super) async fn run(
    cx: &Cx,
    run: Run,
    files: Vec<SourceFile>,
    dry_run: bool,
    progress: &(dyn Fn(u32, u32) + Send + Sync),
) -> ServiceResult<ImportReport> {
    let currency = cx.settings().currency();
    let batch = tokio::task::spawn_blocking(move || read::read_files(&files, currency))
        .await
        .map_err(ServiceError::internal)??;
    let mut steps = Steps::start(batch.tally.read(), progress);
    let transaction = cx.begin().await?;
    wait_for_others(cx, &transaction).await?;
    let report = apply(cx, &transaction, batch, dry_run, &mut steps).await?;
    if dry_run {
        transaction.rollback().await?;
    } else {
        if !run.is_listed {
            runs::insert(cx, &transaction, run.id, dry_run).await?;
        }
        runs::record(cx, &transaction, run.id, &report).await?;
        runs::finish(cx, &transaction, run.id, &report).await?;
        transaction.commit().await?;
    }
    Ok(report)
}

/// Two imports at once would make the same records twice. On SQLite the transaction has the only write lock.
pub(super) async fn wait_for_others(cx: &Cx, transaction: &Transaction) -> ServiceResult<()> {
    if cx.db().is_postgres() {
        transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({IMPORT_LOCK})")).await?;
    }
    Ok(())
}
