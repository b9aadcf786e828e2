//! Idempotency keys: the same request twice is done once, and answered the same.

use entities::api_answer;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};
use time::Duration;
use uuid::Uuid;

use crate::{Cx, ServiceError, ServiceResult};

/// Answers are kept for so long.
const KEPT: Duration = Duration::hours(24);
/// Work that began so long ago was cut off: no request takes longer. What it does may be done again.
const CUT_OFF: Duration = Duration::minutes(2);

/// What is known of a request that has an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It is new: do it, then call [`finish_answer`].
    New,
    /// It was done, and answered so.
    Done {
        /// The status.
        status: u16,
        /// The body.
        body: String,
    },
    /// It is being done at this moment.
    Running,
    /// The key stands for another request.
    Other,
}

fn key_of(cx: &Cx) -> ServiceResult<Uuid> {
    cx.actor().as_machine().map(|machine| machine.key.into()).ok_or(ServiceError::Unauthenticated)
}

fn which(key: Uuid, idempotency_key: &str) -> Condition {
    Condition::all()
        .add(api_answer::Column::KeyId.eq(key))
        .add(api_answer::Column::IdempotencyKey.eq(idempotency_key))
}

/// Begins a request, or finds what was answered to it.
///
/// # Permissions
/// Every key, about its own requests.
///
/// # Errors
/// When the database fails.
pub async fn begin_answer(cx: &Cx, idempotency_key: &str, request_hash: &str) -> ServiceResult<Answered> {
    let key = key_of(cx)?;
    let now = cx.now();
    let transaction = cx.begin().await?;
    let over = Condition::any().add(api_answer::Column::CreatedAt.lt(now.plus(-KEPT).millis())).add(
        Condition::all()
            .add(api_answer::Column::Status.is_null())
            .add(api_answer::Column::CreatedAt.lt(now.plus(-CUT_OFF).millis())),
    );
    api_answer::Entity::delete_many()
        .filter(which(key, idempotency_key))
        .filter(over)
        .exec(&transaction)
        .await?;
    let row = api_answer::ActiveModel {
        key_id: Set(key),
        idempotency_key: Set(idempotency_key.to_owned()),
        request_hash: Set(request_hash.to_owned()),
        status: Set(None),
        body: Set(None),
        created_at: Set(now.millis()),
    };
    let skip = sea_orm::sea_query::OnConflict::columns([
        api_answer::Column::KeyId,
        api_answer::Column::IdempotencyKey,
    ])
    .do_nothing()
    .to_owned();
    let inserted =
        api_answer::Entity::insert(row).on_conflict(skip).exec_without_returning(&transaction).await;
    match inserted {
        Ok(rows) if rows > 0 => {
            transaction.commit().await?;
            return Ok(Answered::New);
        }
        Ok(_) | Err(sea_orm::DbErr::RecordNotInserted) => {}
        Err(error) => return Err(error.into()),
    }
    let found = api_answer::Entity::find().filter(which(key, idempotency_key)).one(&transaction).await?;
    transaction.rollback().await?;
    Ok(match found {
        Some(found) if found.request_hash != request_hash => Answered::Other,
        Some(api_answer::Model { status: Some(status), body, .. }) => {
            Answered::Done { status: u16::try_from(status).unwrap_or(500), body: body.unwrap_or_default() }
        }
        _ => Answered::Running,
    })
}

/// Keeps what was answered.
///
/// # Permissions
/// Every key, about its own requests.
///
/// # Errors
/// When the database fails.
pub async fn finish_answer(cx: &Cx, idempotency_key: &str, status: u16, body: &str) -> ServiceResult<()> {
    api_answer::Entity::update_many()
        .col_expr(api_answer::Column::Status, Expr::value(i32::from(status)))
        .col_expr(api_answer::Column::Body, Expr::value(body))
        .filter(which(key_of(cx)?, idempotency_key))
        .exec(cx.db().pool())
        .await?;
    Ok(())
}

/// Forgets a request that failed by a fault of ours, so that it can be sent again.
///
/// # Permissions
/// Every key, about its own requests.
///
/// # Errors
/// When the database fails.
pub async fn forget_answer(cx: &Cx, idempotency_key: &str) -> ServiceResult<()> {
    let which = which(key_of(cx)?, idempotency_key);
    api_answer::Entity::delete_many().filter(which).exec(cx.db().pool()).await?;
    Ok(())
}

/// Deletes answers that nobody asks for any more.
///
/// # Permissions
/// The installation's own work.
///
/// # Errors
/// When the database fails.
pub async fn sweep_answers(cx: &Cx) -> ServiceResult<()> {
    if !cx.actor().is_system() {
        return Err(ServiceError::NotFound);
    }
    api_answer::Entity::delete_many()
        .filter(api_answer::Column::CreatedAt.lt(cx.now().plus(-KEPT).millis()))
        .exec(cx.db().pool())
        .await?;
    Ok(())
}
