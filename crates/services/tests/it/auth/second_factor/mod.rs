//! The second factor: every code once, for as long as it says, for its owner only.

mod codes;
mod rules;

use domain::{
    access::StaffRole,
    account::{Enrolled, Enrolling},
    ids::{MembershipId, UserId},
    settings::GeneralForm,
};
use entities::{device, totp, user};
use futures::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use services::{
    Cx, Origin, ServiceError, ServiceResult,
    auth::{self, Level, NewSession, second_factor},
    settings, users,
};
use time::Duration;
use uuid::Uuid;

use crate::support::{PASSWORD, Portal, on_each_database, origin, rounds};

/// A customer with access, and what goes with them.
struct Ann {
    user: UserId,
    membership: MembershipId,
    cx: Cx,
}

const LOGIN: &str = "ann@acme.example";

async fn ann(portal: &Portal) -> Ann {
    let acme = portal.company("Acme").await;
    let ann = portal.person(acme, "Ann", LOGIN).await;
    let cx = portal.customer(ann, LOGIN).await;
    let (user, membership) = portal.member(ann).await;
    Ann { user, membership, cx }
}

/// Somebody with two-factor authentication on; the key of their app, and their recovery codes.
async fn enrolled(portal: &Portal) -> (Ann, String, Vec<String>) {
    let ann = ann(portal).await;
    let Enrolling { key, .. } = second_factor::begin_enrolment(&ann.cx, PASSWORD).await.expect("begins");
    let done = second_factor::finish_enrolment(&ann.cx, &code(portal, &key)).await.expect("finishes");
    let Enrolled { recovery_codes, next } = done;
    assert_eq!(next, None);
    (ann, key, recovery_codes)
}

/// What an app shows at the portal's present time.
fn code(portal: &Portal, key: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(key.replace(' ', "")).expect("a key");
    let totp = totp_rs::Builder::new().with_secret(secret).build().expect("builds");
    let seconds = portal.clock.now().millis() / 1_000;
    totp.generate(u64::try_from(seconds).expect("after 1970")).to_string()
}

/// A session of somebody whose password was right just now.
async fn halfway(portal: &Portal, ann: &Ann, level: Level) -> Cx {
    let whose =
        NewSession { user: Some(ann.user), membership: Some(ann.membership), level, ..NewSession::default() };
    let hash = Uuid::now_v7().to_string();
    auth::open_session(&portal.portico, &hash, whose, &origin()).await.expect("opens");
    let view = auth::resolve_session(&portal.portico, &hash, auth::Face::Own, origin()).await;
    view.expect("resolves").expect("a session").cx
}

fn wrong_field<T: std::fmt::Debug>(result: ServiceResult<T>) -> String {
    match result {
        Err(ServiceError::Invalid(errors)) => errors.iter().next().expect("a field").0.to_owned(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn it_is_switched_on_with_password_and_code_and_asked_for_from_then_on() {
    on_each_database(|portal| async move {
        let ann = ann(&portal).await;
        let other = portal.signed_in(ann.user, Some(ann.membership)).await.expect("a session").cx;
        assert_eq!(wrong_field(second_factor::begin_enrolment(&ann.cx, "wrong-password").await), "password");
        assert_eq!(wrong_field(second_factor::begin_enrolment(&ann.cx, "").await), "password");
        let early = second_factor::finish_enrolment(&ann.cx, "123456").await;
        assert!(matches!(early, Err(ServiceError::Refused(_))), "{early:?}");
        let first = second_factor::begin_enrolment(&ann.cx, PASSWORD).await.expect("begins");
        let Enrolling { key, image } = second_factor::begin_enrolment(&ann.cx, PASSWORD).await.expect("anew");
        assert!(image.starts_with("data:image/svg+xml;base64,"));
        let stale = second_factor::finish_enrolment(&ann.cx, &code(&portal, &first.key)).await;
        assert_eq!(wrong_field(stale), "code", "what was shown first is worthless");
        assert_eq!(wrong_field(second_factor::finish_enrolment(&ann.cx, "12345x").await), "code");
        let stored = totp::Entity::find_by_id(Uuid::from(ann.user)).one(portal.portico.db.pool()).await;
        let stored = stored.expect("looks").expect("a seed");
        assert!(!stored.sealed_seed.contains(&key.replace(' ', "")), "the seed is sealed");

        let right = code(&portal, &key);
        let done = second_factor::finish_enrolment(&ann.cx, &right).await.expect("finishes");
        assert_eq!(done.recovery_codes.len(), 10);
        let renewed = ann.cx.take_answer().renewed.expect("a new session id");
        assert_eq!((renewed.user, renewed.level), (Some(ann.user), Level::Full));
        assert!(portal.again(&other).await.is_none(), "every other session has ended");
        let again = second_factor::finish_enrolment(&ann.cx, &right).await;
        assert!(matches!(again, Err(ServiceError::Refused(_))), "the same click twice: {again:?}");
        let mail = portal.mails().await.pop().expect("a mail");
        assert_eq!((mail.template.as_str(), mail.to_email.as_str()), ("two_factor_enabled", LOGIN));

        let signed_in = auth::sign_in(&portal.anonymous(), LOGIN, PASSWORD).await.expect("the first step");
        assert_eq!(signed_in.level, Level::Code);
        let half = halfway(&portal, &ann, Level::Code).await;
        assert!(half.actor().is_anonymous() && half.actor().me().is_none(), "nobody yet");
        let replayed = second_factor::verify_code(&half, &right, false).await;
        assert_eq!(wrong_field(replayed), "code", "the code of the enrolment is spent");
        portal.clock.advance(Duration::seconds(30));
        let next = code(&portal, &key);
        let spaced = format!(" {} {} ", &next[..3], &next[3..]);
        let verified = second_factor::verify_code(&half, &spaced, false).await.expect("in");
        assert_eq!((verified.user, verified.level), (ann.user, Level::Full));
        assert_eq!(half.take_answer().renewed.expect("a new id").level, Level::Full);
    });
}

#[test]
fn the_second_step_is_over_after_ten_minutes_and_for_nobody_else() {
    on_each_database(|portal| async move {
        let (ann, key, codes) = enrolled(&portal).await;
        portal.clock.advance(Duration::seconds(30));
        let half = halfway(&portal, &ann, Level::Code).await;
        let staff = portal.staff(StaffRole::Administrator).await;
        let enrolling = halfway(&portal, &ann, Level::Enrolment).await;
        for cx in [&portal.anonymous(), &ann.cx, &staff, &enrolling] {
            let verified = second_factor::verify_code(cx, &code(&portal, &key), false).await;
            assert!(matches!(verified, Err(ServiceError::Unauthenticated)), "{verified:?}");
            let used = second_factor::use_recovery_code(cx, &codes[0]).await;
            assert!(matches!(used, Err(ServiceError::Unauthenticated)), "{used:?}");
        }
        assert!(portal.again(&half).await.is_some());
        portal.clock.advance(Duration::minutes(10));
        assert!(portal.again(&half).await.is_none());
    });
}

#[test]
fn a_trusted_device_skips_the_code_and_nothing_else_for_thirty_days() {
    on_each_database(|portal| async move {
        let (ann, key, _) = enrolled(&portal).await;
        portal.clock.advance(Duration::minutes(5));
        let half = halfway(&portal, &ann, Level::Code).await;
        second_factor::verify_code(&half, &code(&portal, &key), true).await.expect("in");
        let secret = half.take_answer().device_secret.expect("a device");
        let device = Some(services::hash_secret(&secret));
        let known = portal.portico.anonymous(Origin { device, ..origin() });
        let level = async |cx: &Cx| auth::sign_in(cx, LOGIN, PASSWORD).await.expect("signs in").level;
        assert_eq!(level(&known).await, Level::Full);
        assert_eq!(level(&portal.anonymous()).await, Level::Code, "another browser");
        assert!(auth::sign_in(&known, LOGIN, "wrong-password").await.is_err(), "never without the password");
        portal.clock.advance(Duration::days(30));
        assert_eq!(level(&known).await, Level::Code, "trust ends");
        device::Entity::update_many()
            .col_expr(device::Column::TrustedUntil, Expr::value(i64::MAX))
            .filter(device::Column::UserId.eq(Uuid::from(ann.user)))
            .exec(portal.portico.db.pool())
            .await
            .expect("trusts");
        assert_eq!(level(&known).await, Level::Full);
        let cx = portal.signed_in(ann.user, Some(ann.membership)).await.expect("a session").cx;
        second_factor::disable_two_factor(&cx, PASSWORD).await.expect("disables");
        let trusted = device::Entity::find().filter(device::Column::TrustedUntil.is_not_null());
        assert!(trusted.one(portal.portico.db.pool()).await.expect("looks").is_none());
    });
}
