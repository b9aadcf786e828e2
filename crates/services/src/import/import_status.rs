use domain::{access::Right, ids::ImportRunId, import::ImportStatus};
use entities::import_run;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::runs::{FINISHED, RUNNING};
use crate::{Cx, ServiceError, ServiceResult, access::staff};

/// How far an import is, or how it ended.
///
/// # Permissions
/// [`Right::Import`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such run or the actor lacks the right.
pub async fn import_status(cx: &Cx, id: ImportRunId) -> ServiceResult<ImportStatus> {
    staff(cx, Right::Import)?;
    let run = Uuid::from(id);
    if let Some((done, of)) = cx.portico.running_import.progress(run) {
        return Ok(ImportStatus::Running { done, of });
    }
    let found =
        import_run::Entity::find_by_id(run).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    Ok(match (found.state.as_str(), found.report) {
        (RUNNING, _) => ImportStatus::Running { done: number(found.done), of: number(found.total) },
        (FINISHED, Some(report)) => {
            ImportStatus::Finished(serde_json::from_value(report).map_err(ServiceError::internal)?)
        }
        _ => ImportStatus::Failed(found.error.unwrap_or_default()),
    })
}

pub(super) fn number(stored: i32) -> u32 {
    u32::try_from(stored).unwrap_or_default()
}
