use entities::import_run;
use sea_orm::{ColumnTrait, Condition};

use super::runs;
use crate::{Cx, ServiceError, ServiceResult};

/// Ends the runs that a killed process left behind; answers how many. For the start of the server.
///
/// # Permissions
/// The installation itself.
///
/// # Errors
/// When the database fails.
pub async fn sweep_imports(cx: &Cx) -> ServiceResult<u64> {
    if !cx.actor().is_system() {
        return Err(ServiceError::NotFound);
    }
    let mut dead = Condition::all();
    if let Some(own) = cx.portico.running_import.run() {
        dead = dead.add(import_run::Column::Id.ne(own));
    }
    let error = "Portico was stopped during this import, and nothing was changed. Start it again.";
    runs::fail(cx, cx.db().pool(), dead, error).await
}
