use domain::Login;
use entities::reset_request;
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::bucket::{Bucket, network, wait_now};
use crate::{Cx, ServiceError, ServiceResult, ids};

/// Requests from one network that are taken at once; each further one has to wait longer.
const FREE_FROM_NETWORK: i32 = 10;
/// No login is longer, in characters.
const LONGEST_LOGIN: usize = 254;

/// Takes down that somebody asked for a new password. Whether there is such a login is found out later, by
/// [`answer_resets`](super::answer_resets): here nothing is looked up that depends on it, so that neither the answer
/// nor its time can tell.
///
/// # Permissions
/// Anybody.
///
/// # Errors
/// [`ServiceError::Invalid`] when nothing was typed; [`ServiceError::Throttled`] after many requests from one
/// network, whatever logins they name.
pub async fn request_reset(cx: &Cx, login: &str) -> ServiceResult<()> {
    let login = Login::from_typed(login);
    if login.as_str().is_empty() {
        return Err(ServiceError::field("email", "Enter what you log in with."));
    }
    let now = cx.now();
    let bucket = Bucket::new(&format!("reset\n{}", network(&cx.origin.address)), FREE_FROM_NETWORK);
    let transaction = cx.begin().await?;
    let held = bucket.find(&transaction).await?;
    let wait = wait_now(now, held.as_ref(), 0, bucket.free);
    if wait.is_positive() {
        return Err(ServiceError::Throttled { wait_seconds: wait.whole_seconds() + 1 });
    }
    bucket.count(&transaction, now).await?;
    let row = reset_request::ActiveModel {
        id: Set(ids::mint(now)),
        // What is too long is nobody's login, also when it is cut.
        login: Set(login.as_str().chars().take(LONGEST_LOGIN + 1).collect()),
        address: Set(cx.origin.address.clone()),
        agent: Set(cx.origin.agent.clone()),
        request_id: Set(cx.origin.request_id.clone()),
        attempts: Set(0),
        created_at: Set(now.millis()),
        next_try_at: Set(now.millis()),
    };
    reset_request::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    tracing::info!(event = "reset.asked_for", address = cx.origin.address);
    cx.portico.reset_bell.notify_one();
    Ok(())
}
