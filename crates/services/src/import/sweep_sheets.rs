use entities::import_sheet;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::Duration;

use crate::{Cx, ServiceError, ServiceResult};

/// Spreadsheets are kept for so long.
const KEPT: Duration = Duration::days(1);

/// Deletes the spreadsheets whose day is over.
///
/// # Permissions
/// The installation itself.
///
/// # Errors
/// When the database fails.
pub async fn sweep_sheets(cx: &Cx) -> ServiceResult<()> {
    if !cx.actor().is_system() {
        return Err(ServiceError::NotFound);
    }
    import_sheet::Entity::delete_many()
        .filter(import_sheet::Column::CreatedAt.lt(cx.now().plus(-KEPT).millis()))
        .exec(cx.db().pool())
        .await?;
    Ok(())
}
