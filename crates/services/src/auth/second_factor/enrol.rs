use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    Instant,
    account::{Enrolled, Enrolling},
};
use entities::totp;
use qrcode::{EcLevel, QrCode, render::svg};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde_json::json;
use time::Duration;

use super::{
    attempts, recovery_codes,
    seed::Seed,
    switch,
    tell::{self, Whom},
    verify_code::{entering, parse, wrong},
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::account_holder,
    auth::{Landing, Level, SignedIn, needs_proof, proof},
    users::end_all_sessions,
};

/// How long the QR code can be scanned.
const PENDING: Duration = Duration::minutes(10);

/// Whoever sets up their own second factor: signed in, or held at the door until they have.
struct Enroller {
    whom: Whom,
    is_half: bool,
}

fn enroller(cx: &Cx) -> ServiceResult<Enroller> {
    if let Some(half) = cx.actor().as_half().filter(|half| half.level == Level::Enrolment) {
        let whom = Whom { id: half.user.into(), login: half.login.clone(), name: half.name.clone() };
        return Ok(Enroller { whom, is_half: true });
    }
    let holder = account_holder(cx)?;
    let whom = Whom { id: holder.id(), login: holder.login, name: holder.name };
    Ok(Enroller { whom, is_half: false })
}

/// Begins to set up a second factor: the password first, always; then what the app has to know. Beginning anew
/// makes what was shown before worthless.
///
/// # Permissions
/// Whoever is signed in with an account of their own, or has to set up a second factor before they are.
///
/// # Errors
/// [`ServiceError::Invalid`] for the field `password`; [`ServiceError::Refused`] when one is on already.
pub async fn begin_enrolment(cx: &Cx, password: &str) -> ServiceResult<Enrolling> {
    let Enroller { whom, is_half } = enroller(cx)?;
    if is_half {
        proof::check(cx, &whom.login, password).await?;
    } else {
        proof::confirm_password(cx, password).await?;
    }
    let seed = Seed::random();
    let sealed = seed.seal(&cx.config().secret_key, whom.id)?;
    let transaction = cx.begin().await?;
    if let Some(found) = totp::Entity::find_by_id(whom.id).lock_exclusive().one(&transaction).await? {
        if found.confirmed_at.is_some() {
            return Err(on_already());
        }
        totp::Entity::delete_by_id(whom.id).exec(&transaction).await?;
    }
    let row = totp::ActiveModel {
        user_id: Set(whom.id),
        sealed_seed: Set(sealed),
        last_step: Set(None),
        created_at: Set(cx.now().millis()),
        confirmed_at: Set(None),
    };
    totp::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    show(cx, &seed, &whom)
}

/// What is being set up, to show it again beside an error. Only while the password that was given for it counts.
///
/// # Permissions
/// As for [`begin_enrolment`].
///
/// # Errors
/// When the database fails.
pub async fn pending_enrolment(cx: &Cx) -> ServiceResult<Option<Enrolling>> {
    let Enroller { whom, is_half } = enroller(cx)?;
    if !is_half && needs_proof(cx) {
        return Ok(None);
    }
    let Some(pending) = find_pending(cx, &whom).await? else { return Ok(None) };
    let seed = Seed::open(&pending.sealed_seed, &cx.config().secret_key, whom.id)?;
    show(cx, &seed, &whom).map(Some)
}

/// Ends the set-up: the app's code shows that it works, and is spent. From then on a code is asked for at sign-in,
/// every other session has ended, and whoever was held at the door is in.
///
/// # Permissions
/// As for [`begin_enrolment`].
///
/// # Errors
/// [`ServiceError::Invalid`] for the field `code`; [`ServiceError::Refused`] when it took too long, or one is on
/// already; [`ServiceError::Throttled`] after many wrong codes.
pub async fn finish_enrolment(cx: &Cx, code: &str) -> ServiceResult<Enrolled> {
    let Enroller { whom, is_half } = enroller(cx)?;
    let code = parse(code)?;
    let pending = find_pending(cx, &whom).await?.filter(|_| is_half || !needs_proof(cx));
    let Some(pending) = pending else {
        let is_on = totp::Entity::find_by_id(whom.id).one(cx.db().pool()).await?;
        let is_on = is_on.is_some_and(|found| found.confirmed_at.is_some());
        return Err(if is_on { on_already() } else { too_late() });
    };
    let attempt = attempts::attempt(cx, whom.id).await?;
    let seed = Seed::open(&pending.sealed_seed, &cx.config().secret_key, whom.id)?;
    let step = seed.step_of(&code, cx.now()).ok_or_else(wrong)?;

    let transaction = cx.begin().await?;
    let confirmed = totp::Entity::update_many()
        .col_expr(totp::Column::ConfirmedAt, Expr::value(cx.now().millis()))
        .col_expr(totp::Column::LastStep, Expr::value(step))
        .filter(totp::Column::UserId.eq(whom.id))
        .filter(totp::Column::ConfirmedAt.is_null())
        .filter(totp::Column::SealedSeed.eq(pending.sealed_seed))
        .exec(&transaction)
        .await?;
    if confirmed.rows_affected == 0 {
        // The same click twice, or a second tab that began anew.
        return Err(on_already());
    }
    attempt.succeeded(cx, &transaction).await?;
    switch::switch_on(cx, &transaction, whom.id).await?;
    let recovery_codes = recovery_codes::renew(cx, &transaction, whom.id).await?;
    end_all_sessions(&transaction, whom.id, cx.session()).await?;
    tell::record(cx, &transaction, &whom, "user.two_factor_enabled", json!({})).await?;
    let write = |letters: &crate::mail::UserLetters| letters.two_factor_enabled(cx.now());
    tell::mail(cx, &transaction, &whom, "two_factor_enabled", write).await?;
    let next = go_on(cx, &transaction, &whom, is_half).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(Enrolled { recovery_codes, next })
}

/// The session under its new id; where whoever was held at the door goes now.
async fn go_on(
    cx: &Cx,
    transaction: &Transaction,
    whom: &Whom,
    is_half: bool,
) -> ServiceResult<Option<String>> {
    if !is_half {
        proof::renew_session(cx);
        return Ok(None);
    }
    let candidate = entering(cx, whom.id).await?;
    let signed_in: SignedIn = candidate.complete(cx, transaction, "new second factor").await?;
    cx.renew_session(signed_in.whose());
    let home = if signed_in.landing == Landing::Staff { "/staff" } else { "/my" };
    Ok(Some(home.to_owned()))
}

async fn find_pending(cx: &Cx, whom: &Whom) -> ServiceResult<Option<totp::Model>> {
    let found = totp::Entity::find_by_id(whom.id)
        .filter(totp::Column::ConfirmedAt.is_null())
        .one(cx.db().pool())
        .await?;
    Ok(found.filter(|row| cx.now().since(Instant::from_millis(row.created_at)) < PENDING))
}

fn show(cx: &Cx, seed: &Seed, whom: &Whom) -> ServiceResult<Enrolling> {
    let uri = seed.uri(&cx.config().business, &whom.login)?;
    let code = QrCode::with_error_correction_level(&uri, EcLevel::M).map_err(ServiceError::internal)?;
    let image = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    let image = format!("data:image/svg+xml;base64,{}", STANDARD.encode(image));
    Ok(Enrolling { image, key: seed.key()? })
}

fn on_already() -> ServiceError {
    ServiceError::refused("Two-factor authentication is on already. To use another app, disable it first.")
}

fn too_late() -> ServiceError {
    ServiceError::refused("That took longer than ten minutes: begin again with your password.")
}
