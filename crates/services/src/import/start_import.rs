use std::{sync::Arc, time::Duration};

use domain::{access::Right, ids::ImportRunId, import::ImportReport};
use entities::import_run;
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use super::{
    SourceFile,
    import_odoo::{self, Run},
    running::Slot,
    runs,
};
use crate::{Cx, ServiceError, ServiceResult, access::staff, ids};

/// How often a run's row tells how far it is.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// Starts an import and answers at once; [`super::import_status`] tells how it goes.
///
/// # Permissions
/// [`Right::Import`].
///
/// # Errors
/// [`ServiceError::Refused`] without files, and while another import runs.
pub async fn start_import(cx: &Cx, files: Vec<SourceFile>, dry_run: bool) -> ServiceResult<ImportRunId> {
    staff(cx, Right::Import)?;
    if files.is_empty() {
        return Err(ServiceError::refused("Choose at least one file to import."));
    }
    let run = ids::mint(cx.now());
    let slot = cx
        .portico
        .running_import
        .start(run)
        .ok_or_else(|| ServiceError::refused("An import is running already. Wait until it has ended."))?;
    runs::insert(cx, cx.db().pool(), run, dry_run).await?;
    tokio::spawn(supervise(cx.clone(), Arc::new(slot), files, dry_run, run));
    Ok(ImportRunId(run))
}

/// Runs an import to whatever end, and writes that down.
async fn supervise(cx: Cx, slot: Arc<Slot>, files: Vec<SourceFile>, dry_run: bool, run: Uuid) {
    let work = tokio::spawn({
        let (cx, slot) = (cx.clone(), Arc::clone(&slot));
        let run = Run { id: run, is_listed: true };
        async move { import_odoo::run(&cx, run, files, dry_run, &|done, of| slot.tell(done, of)).await }
    });
    let outcome = tokio::select! {
        outcome = work => outcome.map_err(ServiceError::internal).flatten(),
        never = keep_telling(&cx, &slot, run) => match never {},
    };
    if let Err(error) = write_end(&cx, run, outcome).await {
        tracing::error!(event = "import.end_not_written", %run, %error);
    }
}

/// Writes how far the run is, for other instances to read. SQLite has none, and cannot: the import's own
/// transaction has the write lock.
async fn keep_telling(cx: &Cx, slot: &Slot, run: Uuid) -> std::convert::Infallible {
    let mut told = (0, 0);
    loop {
        tokio::time::sleep(TELL_EVERY).await;
        let (done, of) = slot.progress();
        if cx.db().is_postgres() && (done, of) != told {
            told = (done, of);
            if let Err(error) = runs::tell(cx.db().pool(), run, done, of).await {
                tracing::warn!(event = "import.progress_not_written", %run, %error);
            }
        }
    }
}

async fn write_end(cx: &Cx, run: Uuid, outcome: ServiceResult<ImportReport>) -> ServiceResult<()> {
    let error = match outcome {
        // What a run changed is written along with the changes.
        Ok(report) if !report.dry_run => return Ok(()),
        Ok(report) => return runs::finish(cx, cx.db().pool(), run, &report).await,
        Err(ServiceError::Refused(reason)) => reason,
        Err(error) => {
            tracing::error!(event = "import.failed", %run, %error);
            format!("A fault of ours stopped the import, and nothing was changed. It is in the log as {run}.")
        }
    };
    let this = Condition::all().add(import_run::Column::Id.eq(run));
    runs::fail(cx, cx.db().pool(), this, &error).await?;
    Ok(())
}
