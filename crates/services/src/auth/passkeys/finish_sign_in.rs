use entities::passkey as row;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{RelyingParty, ceremony, finish_registration::OVER, relying_party::Fault};
use crate::{
    Cx, ServiceError, ServiceResult,
    auth::{SignedIn, candidate::Candidate, session::insert_session},
};

/// The one answer to every passkey that does not count.
const REFUSED: &str = "This passkey was not accepted. Try again, or log in with your password.";
const NOT_VERIFIED: &str = "Your device did not check that it is you, with a PIN, a fingerprint or your face. Try \
                            again, or log in with your password.";

/// Signs somebody in by a passkey, all the way: it was theirs to have, and the authenticator has checked that it is
/// them. Opens the session under the hash of its id, in the same transaction.
///
/// # Permissions
/// Anybody who began it in the same browser.
///
/// # Errors
/// [`ServiceError::Refused`] for an answer that does not fit, or comes too late or twice, and with one and the same
/// text for an unknown key and for users who may not come in; [`ServiceError::NotFound`] where passkeys do not work.
pub async fn finish_sign_in(cx: &Cx, secret: &str, answer: &str, id_hash: &str) -> ServiceResult<SignedIn> {
    let party = RelyingParty::of(cx.config()).ok_or(ServiceError::NotFound)?;
    let Some(begun) = ceremony::take(cx, secret, None).await? else {
        return Err(ServiceError::refused(OVER));
    };
    let Some((passkey, candidate)) = claimed(cx, answer).await? else { return refuse(cx, REFUSED) };
    let credential = match party.finish_sign_in(&begun.state, answer, &passkey.credential)? {
        Ok(credential) => credential,
        Err(Fault::NotVerified) => return refuse(cx, NOT_VERIFIED),
        Err(Fault::NotKept | Fault::Wrong) => return refuse(cx, REFUSED),
    };
    let transaction = cx.begin().await?;
    // Of two sign-ins at once with one key, the one that saw the newest counter counts.
    let used = row::Entity::update_many()
        .col_expr(row::Column::Credential, Expr::value(credential))
        .col_expr(row::Column::LastUsedAt, Expr::value(cx.now().millis()))
        .filter(row::Column::Id.eq(passkey.id))
        .filter(row::Column::Credential.eq(&passkey.credential))
        .exec(&transaction)
        .await?;
    if used.rows_affected == 0 {
        return refuse(cx, REFUSED);
    }
    ceremony::forget(&transaction, &begun.secret_hash).await?;
    let signed_in = candidate.complete(cx, &transaction, "passkey").await?;
    insert_session(&transaction, cx.now(), id_hash, signed_in.whose(), &cx.origin).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(signed_in)
}

/// The stored key that an answer claims to be of, and its owner, if they may come in.
async fn claimed(cx: &Cx, answer: &str) -> ServiceResult<Option<(row::Model, Candidate)>> {
    let Some(claim) = RelyingParty::claim(answer) else { return Ok(None) };
    let found = row::Entity::find()
        .filter(row::Column::CredentialId.eq(claim.credential_id))
        .filter(row::Column::UserId.eq(claim.user))
        .one(cx.db().pool())
        .await?;
    let Some(passkey) = found else { return Ok(None) };
    let candidate = Candidate::of_id(cx, passkey.user_id).await?;
    // Without a password there is no account to come into: it waits for its invitation.
    let may_enter = |candidate: &Candidate| candidate.may_enter() && candidate.password_hash.is_some();
    Ok(candidate.filter(may_enter).map(|candidate| (passkey, candidate)))
}

fn refuse(cx: &Cx, text: &str) -> ServiceResult<SignedIn> {
    tracing::info!(event = "sign_in.failed", with = "passkey", address = cx.origin.address);
    Err(ServiceError::refused(text))
}
