use bytes::Bytes;
use domain::{access::Right, ids::ImportSheetId};
use entities::import_sheet;
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{
    Layout,
    sheet::{Sheet, kind_of},
};
use crate::{Cx, ServiceError, ServiceResult, access::staff, ids};

/// Longest spreadsheet, in bytes.
pub const MAX_SHEET: usize = 16 * 1024 * 1024;
/// Most columns of one.
const MOST_COLUMNS: usize = 150;

/// Keeps a spreadsheet for a day, until somebody has told what its columns are.
///
/// # Permissions
/// [`Right::Import`].
///
/// # Errors
/// [`ServiceError::Invalid`] for the fields `kind` and `files`.
pub async fn keep_sheet(cx: &Cx, kind: &str, name: &str, bytes: Bytes) -> ServiceResult<ImportSheetId> {
    staff(cx, Right::Import)?;
    kind_of(kind).map_err(|_none| ServiceError::field("kind", "Choose what the rows are."))?;
    let wrong = |told: &str| ServiceError::field("files", told);
    if name.is_empty() && bytes.is_empty() {
        return Err(wrong("Choose a file."));
    }
    if bytes.len() > MAX_SHEET {
        return Err(wrong("The file is larger than 16 MB: import it in parts."));
    }
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    let separator = check(&name, &bytes)?;
    let layout = Layout { kind: kind.to_owned(), separator: Some(separator), ..Layout::default() };
    let id = ImportSheetId(ids::mint(cx.now()));
    let row = import_sheet::ActiveModel {
        id: Set(id.into()),
        name: Set(name),
        bytes: Set(bytes.into()),
        layout: Set(serde_json::to_value(layout).map_err(ServiceError::internal)?),
        created_at: Set(cx.now().millis()),
    };
    import_sheet::Entity::insert(row).exec_without_returning(cx.db().pool()).await?;
    Ok(id)
}

/// Whether a file can be read at all; answers what is between its cells.
fn check(name: &str, bytes: &[u8]) -> ServiceResult<char> {
    let sheet = Sheet::read(name, bytes, None).map_err(|error| match error {
        ServiceError::Refused(told) => ServiceError::field("files", told),
        other => other,
    })?;
    if sheet.headings.len() > MOST_COLUMNS {
        let told =
            format!("The file has more than {MOST_COLUMNS} columns. Leave out those that are not needed.");
        return Err(ServiceError::field("files", told));
    }
    if sheet.rows.is_empty() {
        let told = "The file has one line only. The first line names the columns, the records follow.";
        return Err(ServiceError::field("files", told));
    }
    Ok(sheet.separator)
}
