use domain::{access::Right, ids::ImportSheetId, import::SheetPage};

use super::sheet::{KeptSheet, choices, columns, separator_word};
use crate::{Cx, ServiceResult, access::staff};

/// A spreadsheet that was uploaded, with what its columns are or may be.
///
/// # Permissions
/// [`Right::Import`].
///
/// # Errors
/// [`crate::ServiceError::NotFound`] when there is none, or its day is over.
pub async fn get_sheet(cx: &Cx, id: ImportSheetId) -> ServiceResult<SheetPage> {
    staff(cx, Right::Import)?;
    let kept = KeptSheet::read(cx, id).await?;
    let (kind, sheet) = (kept.kind()?, kept.sheet()?);
    let (columns, id_heading) = columns(&sheet, kind, &kept.layout);
    let currency = String::from(cx.settings().currency());
    Ok(SheetPage {
        id,
        name: kept.name.clone(),
        kind: kind.stem().to_owned(),
        rows: sheet.rows.len(),
        fields: choices(kind, &kept.layout, &columns, &currency),
        columns,
        id_heading,
        separator: separator_word(sheet.separator).to_owned(),
        decimal_comma: kept.layout.decimal_comma,
    })
}
