use domain::ids::PasskeyId;
use entities::passkey as row;
use sea_orm::EntityTrait;
use serde_json::json;

use super::{own, tell};
use crate::{
    Cx, ServiceError, ServiceResult, access::account_holder, auth::require_proof, users::end_all_sessions,
};

/// Removes one of one's own passkeys: it signs nobody in any more. Every other session ends, since one of them may
/// have been opened with it; a mail tells.
///
/// # Permissions
/// Its owner, with a fresh proof.
///
/// # Errors
/// [`ServiceError::Invalid`] for the field `password`; [`ServiceError::NotFound`] for everybody else, and once it is
/// removed.
pub async fn remove_passkey(cx: &Cx, id: PasskeyId, password: Option<&str>) -> ServiceResult<()> {
    let holder = account_holder(cx)?;
    let passkey = own::one(cx.db().pool(), holder.id(), id).await?;
    require_proof(cx, password).await?;
    let transaction = cx.begin().await?;
    let removed = row::Entity::delete_by_id(passkey.id).exec(&transaction).await?;
    if removed.rows_affected == 0 {
        return Err(ServiceError::NotFound);
    }
    end_all_sessions(&transaction, holder.id(), cx.session()).await?;
    tell::record(cx, &transaction, &holder, "passkey.removed", json!({ "name": passkey.name })).await?;
    tell::mail(cx, &transaction, &holder, "passkey_removed", |letters| {
        letters.passkey_removed(&passkey.name, cx.now())
    })
    .await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}
