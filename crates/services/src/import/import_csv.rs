use domain::{access::Right, import::ImportReport};

use super::{Layout, SourceFile, import_odoo, sheet::Sheet};
use crate::{Cx, ServiceResult, access::staff};

/// Imports a plain spreadsheet, or finds out what that would do: the same way as an export from Odoo, once its
/// columns have the names that the import knows. Notes are about the file as it is, by its own name and lines.
///
/// # Permissions
/// [`Right::Import`].
///
/// # Errors
/// [`crate::ServiceError::Refused`] when the file cannot be read that way; then nothing is changed.
pub async fn import_csv(
    cx: &Cx,
    file: &SourceFile,
    layout: &Layout,
    dry_run: bool,
) -> ServiceResult<ImportReport> {
    staff(cx, Right::Import)?;
    let sheet = Sheet::read(&file.name, &file.bytes, layout.separator)?;
    let source = sheet.into_source(&file.name, layout)?;
    import_odoo(cx, vec![source], dry_run, |_, _| {}).await
}
