//! Answers what [`request_reset`](super::request_reset) took down, after its answer is gone.

use std::sync::Arc;

use domain::{Email, Instant, Login};
use entities::{contact, membership, reset_request, token as token_row, user};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde_json::json;
use time::Duration;

use super::{
    reset_link::{Asker, mail_reset_link},
    token::Purpose,
};
use crate::{
    Cx, Origin, Portico, ServiceResult, Transaction,
    access::{Actor, InvitationKind, Invitee, invite},
    users::{has_access, invite_staff, record},
};

/// No second mail to the same login within this time: a double click is one, and what was sent has time to arrive.
const PAUSE: Duration = Duration::minutes(2);
/// How many mails a login gets in [`HOUR`]: more would be a nuisance that strangers can make.
const MOST_IN_AN_HOUR: u64 = 5;
const HOUR: Duration = Duration::hours(1);
/// A request that could not be answered for so long is given up: nobody waits for it any more.
const GIVE_UP: Duration = Duration::hours(12);
/// Between two tries to answer one.
const RETRY: Duration = Duration::minutes(1);

/// Answers every request that is due; how many there were. Each is answered and forgotten in one transaction, so
/// that none is lost or answered twice, whenever the process is killed and however many instances run.
///
/// # Permissions
/// None: this is the installation's own work.
///
/// # Errors
/// When the database fails. What is left is answered at the next call.
pub async fn answer_resets(portico: &Arc<Portico>) -> ServiceResult<u64> {
    let mut answered = 0;
    loop {
        let transaction = portico.db.begin().await?;
        let Some(request) = next(&transaction, portico.clock.now()).await? else { return Ok(answered) };
        let origin = Origin {
            address: request.address.clone(),
            agent: request.agent.clone(),
            request_id: request.request_id.clone(),
            ..Origin::default()
        };
        let cx = portico.anonymous(origin).with_actor(Actor::system("password reset page"));
        if let Err(error) = answer(&cx, &transaction, &request).await {
            drop(transaction);
            tracing::error!(event = "reset.not_answered", request_id = request.request_id, %error);
            postpone(portico, &request).await?;
            continue;
        }
        reset_request::Entity::delete_by_id(request.id).exec(&transaction).await?;
        transaction.commit().await?;
        portico.mail_bell.notify_one();
        answered += 1;
    }
}

/// The request that waits longest, kept from other workers until the transaction ends.
async fn next(transaction: &Transaction, now: Instant) -> ServiceResult<Option<reset_request::Model>> {
    let found = reset_request::Entity::find()
        .filter(reset_request::Column::NextTryAt.lte(now.millis()))
        .order_by_asc(reset_request::Column::NextTryAt)
        .order_by_asc(reset_request::Column::Id)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(transaction)
        .await?;
    Ok(found)
}

async fn postpone(portico: &Portico, request: &reset_request::Model) -> ServiceResult<()> {
    let now = portico.clock.now();
    if now.since(Instant::from_millis(request.created_at)) > GIVE_UP {
        reset_request::Entity::delete_by_id(request.id).exec(portico.db.pool()).await?;
        return Ok(());
    }
    reset_request::Entity::update_many()
        .col_expr(reset_request::Column::Attempts, Expr::value(request.attempts.saturating_add(1)))
        .col_expr(reset_request::Column::NextTryAt, Expr::value(now.plus(RETRY).millis()))
        .filter(reset_request::Column::Id.eq(request.id))
        .exec(portico.db.pool())
        .await?;
    Ok(())
}

/// Mails whoever logs in with what was typed the way to a password; nobody else anything.
async fn answer(cx: &Cx, transaction: &Transaction, request: &reset_request::Model) -> ServiceResult<()> {
    let found = user::Entity::find()
        .filter(user::Column::Login.eq(&request.login))
        .lock_exclusive()
        .one(transaction)
        .await?;
    let Some(user) = found.filter(|user| user.status != "disabled") else { return Ok(()) };
    let Some(email) = Login::from_typed(&user.login).email() else { return Ok(()) };
    if !has_access(transaction, &user).await? || was_sent_enough(cx, transaction, &user).await? {
        return Ok(());
    }
    if user.password_hash.is_none() {
        // Whoever never had a password looks for the way in: the invitation is it.
        if user.kind == "staff" {
            invite_staff(cx, transaction, &user, &email).await?;
            return note(cx, transaction, &user).await;
        }
        if let Some(access) = oldest_access(transaction, &user).await? {
            return invite_again(cx, transaction, &user, &email, access).await;
        }
    }
    mail_reset_link(cx, transaction, &user, &email, Asker::Owner).await?;
    note(cx, transaction, &user).await
}

/// Counts links that were used, too, and those that staff sent.
async fn was_sent_enough(cx: &Cx, transaction: &Transaction, user: &user::Model) -> ServiceResult<bool> {
    let links: &[Purpose] = if user.password_hash.is_some() {
        &[Purpose::PasswordReset]
    } else {
        &[Purpose::PasswordReset, Purpose::StaffInvitation, Purpose::Invitation]
    };
    let since = |age: Duration| {
        let links = links.iter().map(|purpose| purpose.code());
        token_row::Entity::find()
            .filter(token_row::Column::UserId.eq(user.id))
            .filter(token_row::Column::Purpose.is_in(links))
            .filter(token_row::Column::CreatedAt.gt(cx.now().plus(-age).millis()))
            .count(transaction)
    };
    Ok(since(PAUSE).await? > 0 || since(HOUR).await? >= MOST_IN_AN_HOUR)
}

/// The oldest access of theirs; who has no password has accepted none yet.
async fn oldest_access(
    transaction: &Transaction,
    user: &user::Model,
) -> ServiceResult<Option<(membership::Model, contact::Model)>> {
    let found = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user.id))
        .filter(membership::Column::State.ne("ended"))
        .order_by_asc(membership::Column::Id)
        .find_also_related(contact::Entity)
        .one(transaction)
        .await?;
    Ok(found.and_then(|(membership, contact)| Some((membership, contact?))))
}

async fn invite_again(
    cx: &Cx,
    transaction: &Transaction,
    user: &user::Model,
    email: &Email,
    (membership, contact): (membership::Model, contact::Model),
) -> ServiceResult<()> {
    let company = contact::Entity::find_by_id(contact.entity_id).one(transaction).await?;
    let invitee = Invitee {
        user: user.id,
        login: &user.login,
        has_password: false,
        membership: membership.id,
        email: email.as_str(),
        contact: &contact,
        company: company.as_ref().map_or(&contact.name, |company| &company.name),
    };
    invite(cx, transaction, &invitee, InvitationKind::AskedForAgain, "").await
}

async fn note(cx: &Cx, transaction: &Transaction, user: &user::Model) -> ServiceResult<()> {
    record(cx, transaction, "user.password_reset_asked_for", user, json!({ "login": user.login })).await
}
