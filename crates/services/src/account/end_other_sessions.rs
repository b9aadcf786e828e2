use serde_json::json;

use crate::{
    Cx, ServiceResult,
    access::account_holder,
    users::{end_all_sessions, lock, record},
};

/// Logs somebody out of every browser but the one at hand, at the next request of each; also those in which a code
/// is still due.
///
/// # Permissions
/// Whoever is signed in with an account of their own.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for everybody else.
pub async fn end_other_sessions(cx: &Cx) -> ServiceResult<()> {
    let holder = account_holder(cx)?;
    let transaction = cx.begin().await?;
    let user = lock(&transaction, holder.user).await?;
    let ended = end_all_sessions(&transaction, user.id, cx.session()).await?;
    if ended == 0 {
        return Ok(());
    }
    record(cx, &transaction, "user.sessions_ended", &user, json!({ "number": ended })).await?;
    transaction.commit().await?;
    Ok(())
}
