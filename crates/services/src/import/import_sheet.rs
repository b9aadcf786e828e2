use domain::{
    access::Right,
    ids::{ImportRunId, ImportSheetId},
    import::SheetForm,
};
use entities::import_sheet;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{
    sheet::{KeptSheet, check},
    start_import,
};
use crate::{Cx, ServiceError, ServiceResult, access::staff};

/// What is done with a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetStep {
    /// What was told is kept, and the file is read again.
    Read,
    /// A run that changes nothing.
    Check,
    /// A run that imports.
    Import,
}

/// Keeps what was told of a spreadsheet, and starts a run over it if that is asked for.
///
/// # Permissions
/// [`Right::Import`].
///
/// # Errors
/// [`ServiceError::Invalid`] for the fields of [`SheetForm`]; [`ServiceError::Refused`] when the file cannot be read that
/// way, and while another import runs.
pub async fn import_sheet(
    cx: &Cx,
    id: ImportSheetId,
    form: &SheetForm,
    step: SheetStep,
) -> ServiceResult<Option<ImportRunId>> {
    staff(cx, Right::Import)?;
    let mut kept = KeptSheet::read(cx, id).await?;
    kept.tell(form)?;
    let sheet = kept.sheet()?;
    if step != SheetStep::Read {
        check(&sheet, kept.kind()?, &kept.layout)?;
    }
    let layout = serde_json::to_value(&kept.layout).map_err(ServiceError::internal)?;
    import_sheet::Entity::update_many()
        .col_expr(import_sheet::Column::Layout, Expr::value(layout))
        .filter(import_sheet::Column::Id.eq(Uuid::from(id)))
        .exec(cx.db().pool())
        .await?;
    if step == SheetStep::Read {
        return Ok(None);
    }
    let source = sheet.into_source(&kept.name, &kept.layout)?;
    start_import(cx, vec![source], step == SheetStep::Check).await.map(Some)
}
