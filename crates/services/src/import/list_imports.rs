use domain::{
    Instant,
    access::Right,
    ids::ImportRunId,
    import::{ImportReport, ImportRun, ImportSummary},
};
use entities::import_run;
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

use super::{
    import_status::number,
    runs::{FINISHED, RUNNING},
};
use crate::{Cx, ServiceResult, access::staff};

/// How many runs are listed.
const MOST: u64 = 20;

/// The latest imports, newest first.
///
/// # Permissions
/// [`Right::Import`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_imports(cx: &Cx) -> ServiceResult<Vec<ImportRun>> {
    staff(cx, Right::Import)?;
    let found = import_run::Entity::find()
        .order_by_desc(import_run::Column::Id)
        .limit(MOST)
        .all(cx.db().pool())
        .await?;
    Ok(found.into_iter().map(|run| to_run(cx, run)).collect())
}

fn to_run(cx: &Cx, run: import_run::Model) -> ImportRun {
    let live = cx.portico.running_import.progress(run.id);
    let report: Option<ImportReport> = run.report.and_then(|report| serde_json::from_value(report).ok());
    let summary = match (live, run.state.as_str(), report) {
        (Some((done, of)), _, _) => ImportSummary::Running { done, of },
        (None, RUNNING, _) => ImportSummary::Running { done: number(run.done), of: number(run.total) },
        (None, FINISHED, Some(report)) => ImportSummary::Finished {
            created: report.total(|count| count.created),
            changed: report.total(|count| count.changed),
            unchanged: report.total(|count| count.unchanged),
            failed: report.total(|count| count.failed),
        },
        _ => ImportSummary::Failed(run.error.unwrap_or_default()),
    };
    ImportRun {
        id: ImportRunId(run.id),
        dry_run: run.dry_run,
        started_by: run.started_by,
        started_at: Instant::from_millis(run.created_at),
        summary,
    }
}
