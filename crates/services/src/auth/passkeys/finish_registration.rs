use domain::{ids::PasskeyId, passkeys::PasskeyName};
use entities::passkey as row;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;

use super::{
    RelyingParty, ceremony, own,
    relying_party::{Fault, NewKey},
    tell,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{AccountHolder, account_holder},
    ids,
};

/// The challenge is gone: answered, replaced by a newer one, or too old.
pub(super) const OVER: &str = "This took too long, or you began again elsewhere. Try once more.";
const NOT_VERIFIED: &str = "Your device did not check that it is you. Set up a PIN, a fingerprint or your face on it, \
                            and try again.";
const NOT_KEPT: &str = "This device cannot keep a passkey. Use another one, such as your telephone.";
const WRONG: &str = "This passkey could not be added. Try again, or use another device.";
const TAKEN: &str = "This passkey is in use already. Use another device, or remove it there first.";

/// Adds the passkey that an authenticator made for the challenge of this browser. A mail tells of it.
///
/// # Permissions
/// Whoever began it.
///
/// # Errors
/// [`ServiceError::Refused`] for an answer that does not fit, or comes too late or twice; [`ServiceError::NotFound`]
/// where passkeys do not work.
pub async fn finish_registration(cx: &Cx, secret: &str, answer: &str) -> ServiceResult<PasskeyId> {
    let holder = account_holder(cx)?;
    let party = RelyingParty::of(cx.config()).ok_or(ServiceError::NotFound)?;
    let Some(begun) = ceremony::take(cx, secret, Some(holder.id())).await? else {
        return Err(ServiceError::refused(OVER));
    };
    let key = party.finish_registration(&begun.state, answer)?.map_err(|fault| {
        ServiceError::refused(match fault {
            Fault::NotVerified => NOT_VERIFIED,
            Fault::NotKept => NOT_KEPT,
            Fault::Wrong => WRONG,
        })
    })?;
    let name = PasskeyName::parse(&begun.name)?;
    add(cx, &holder, &name, key).await
}

async fn add(cx: &Cx, holder: &AccountHolder, name: &PasskeyName, key: NewKey) -> ServiceResult<PasskeyId> {
    let now = cx.now();
    let id = ids::mint(now);
    let transaction = cx.begin().await?;
    let others = own::all(&transaction, holder.id()).await?;
    own::check_room(&others)?;
    own::check_name(&others, name)?;
    let row = row::ActiveModel {
        id: Set(id),
        user_id: Set(holder.id()),
        name: Set(name.as_str().to_owned()),
        credential_id: Set(key.credential_id),
        credential: Set(key.credential),
        created_at: Set(now.millis()),
        last_used_at: Set(None),
    };
    match row::Entity::insert(row).exec_without_returning(&transaction).await {
        Err(error) if ServiceError::is_unique_violation(&error) => return Err(ServiceError::refused(TAKEN)),
        added => added?,
    };
    tell::record(cx, &transaction, holder, "passkey.added", json!({ "name": name.as_str() })).await?;
    tell::mail(cx, &transaction, holder, "passkey_added", |letters| {
        letters.passkey_added(name.as_str(), now)
    })
    .await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(PasskeyId(id))
}
