use domain::{access::Right, ids::UserId};
use serde_json::json;

use super::subject::{end_all_sessions, is_self, lock, record};
use crate::{Cx, ServiceResult, access::staff};

/// Logs a user out everywhere; oneself everywhere else.
///
/// # Permissions
/// [`Right::ManageUsers`].
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) without the right or the user.
pub async fn end_sessions(cx: &Cx, id: UserId) -> ServiceResult<()> {
    staff(cx, Right::ManageUsers)?;
    let transaction = cx.begin().await?;
    let subject = lock(&transaction, id).await?;
    let keep = cx.session().filter(|_| is_self(cx, subject.id));
    let ended = end_all_sessions(&transaction, subject.id, keep).await?;
    record(cx, &transaction, "user.sessions_ended", &subject, json!({ "number": ended })).await?;
    transaction.commit().await?;
    Ok(())
}
