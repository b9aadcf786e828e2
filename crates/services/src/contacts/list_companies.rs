use domain::{access::Right, ids::ContactId};
use entities::contact;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{Cx, ServiceResult, access::staff};

/// No select shows more companies than this.
const MOST: u64 = 1_000;

/// Companies by name, for a form's select.
///
/// # Permissions
/// [`Right::EditContacts`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_companies(cx: &Cx) -> ServiceResult<Vec<(ContactId, String)>> {
    let pass = staff(cx, Right::EditContacts)?;
    let found = pass
        .contacts()
        .filter(contact::Column::Kind.eq("company"))
        .filter(contact::Column::ArchivedAt.is_null())
        .order_by_asc(contact::Column::NameKey)
        .limit(MOST)
        .all(cx.db().pool())
        .await?;
    Ok(found.into_iter().map(|company| (ContactId(company.id), company.name)).collect())
}
