//! The second factor: every code once, for as long as it says, for its owner only.

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

/// 0 of 10,000 replayed codes are accepted.
#[test]
fn no_code_is_accepted_twice() {
    on_each_database(|portal| async move {
        let (ann, key, _) = enrolled(&portal).await;
        for _ in 0..rounds(25, 2_500) {
            portal.clock.advance(Duration::minutes(5));
            let right = code(&portal, &key);
            let half = halfway(&portal, &ann, Level::Code).await;
            second_factor::verify_code(&half, &right, false).await.expect("in");
            for late in [0, 1, 28, 29] {
                portal.clock.advance(Duration::seconds(late));
                let another = halfway(&portal, &ann, Level::Code).await;
                assert_eq!(wrong_field(second_factor::verify_code(&another, &right, false).await), "code");
            }
        }
    });
}

#[test]
fn one_of_fifty_at_once_gets_in() {
    on_each_database(|portal| async move {
        let (ann, key, codes) = enrolled(&portal).await;
        portal.clock.advance(Duration::minutes(5));
        let right = code(&portal, &key);
        let mut halves = Vec::new();
        for _ in 0..50 {
            halves.push(halfway(&portal, &ann, Level::Code).await);
        }
        let tries = halves.iter().map(|half| second_factor::verify_code(half, &right, false));
        let accepted = join_all(tries).await.into_iter().filter(Result::is_ok).count();
        assert_eq!(accepted, 1);
        portal.clock.advance(Duration::minutes(5));
        let mut halves = Vec::new();
        for _ in 0..50 {
            halves.push(halfway(&portal, &ann, Level::Code).await);
        }
        let tries = halves.iter().map(|half| second_factor::use_recovery_code(half, &codes[0]));
        let accepted = join_all(tries).await.into_iter().filter(Result::is_ok).count();
        assert_eq!(accepted, 1, "recovery codes too");
    });
}

#[test]
fn a_code_works_for_its_step_and_thirty_seconds_more() {
    on_each_database(|portal| async move {
        let (ann, key, _) = enrolled(&portal).await;
        for (late, is_accepted) in [(0, true), (29, true), (30, true), (59, true), (60, false), (90, false)] {
            portal.clock.advance(Duration::minutes(10));
            let into_step = portal.clock.now().millis() / 1_000 % 30;
            portal.clock.advance(Duration::seconds(30 - into_step));
            let right = code(&portal, &key);
            portal.clock.advance(Duration::seconds(late));
            let half = halfway(&portal, &ann, Level::Code).await;
            let verified = second_factor::verify_code(&half, &right, false).await;
            assert_eq!(verified.is_ok(), is_accepted, "{late} s after its step began");
        }
    });
}

/// A clock that is set back accepts nothing that was accepted before.
#[test]
fn a_clock_set_back_brings_no_code_back() {
    on_each_database(|portal| async move {
        let (ann, key, _) = enrolled(&portal).await;
        portal.clock.advance(Duration::minutes(10));
        let right = code(&portal, &key);
        second_factor::verify_code(&halfway(&portal, &ann, Level::Code).await, &right, false)
            .await
            .expect("in");
        portal.clock.advance(Duration::minutes(-5));
        let earlier = code(&portal, &key);
        let half = halfway(&portal, &ann, Level::Code).await;
        assert_eq!(wrong_field(second_factor::verify_code(&half, &earlier, false).await), "code");
    });
}

#[test]
fn codes_are_tried_five_times_in_five_minutes_and_fifty_times_a_day() {
    on_each_database(|portal| async move {
        let (ann, key, _) = enrolled(&portal).await;
        portal.clock.advance(Duration::days(1));
        let half = halfway(&portal, &ann, Level::Code).await;
        let right = code(&portal, &key);
        let not_right = if right == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            assert_eq!(wrong_field(second_factor::verify_code(&half, not_right, false).await), "code");
        }
        let sixth = second_factor::verify_code(&half, &right, false).await;
        assert!(matches!(sixth, Err(ServiceError::Throttled { wait_seconds: 1..=300 })), "{sixth:?}");
        let told = portal.mails().await.iter().filter(|mail| mail.template == "codes_refused").count();
        assert_eq!(told, 1, "its owner is told once");
        // Another session, another browser: the same counter.
        let mut tries = 5;
        for _ in 0..(24 * 12) {
            portal.clock.advance(Duration::minutes(5));
            let half = halfway(&portal, &ann, Level::Code).await;
            for _ in 0..6 {
                let tried = second_factor::verify_code(&half, not_right, false).await;
                tries += i32::from(matches!(tried, Err(ServiceError::Invalid(_))));
            }
        }
        assert!((50..=100).contains(&tries), "fifty in each of the two days that this touches: {tries}");
        portal.clock.advance(Duration::days(1));
        let half = halfway(&portal, &ann, Level::Code).await;
        second_factor::verify_code(&half, &code(&portal, &key), false).await.expect("never for good");
    });
}

#[test]
fn recovery_codes_work_once_each_and_are_renewed_with_the_password() {
    on_each_database(|portal| async move {
        let (ann, _, codes) = enrolled(&portal).await;
        let half = halfway(&portal, &ann, Level::Code).await;
        let typed = codes[0].to_uppercase().replace('-', " ");
        second_factor::use_recovery_code(&half, &typed).await.expect("in");
        let mail = portal.mails().await.pop().expect("a mail");
        assert_eq!(mail.template, "recovery_code_used");
        assert!(mail.text_body.contains("You have 9 more."), "{}", mail.text_body);
        let half = halfway(&portal, &ann, Level::Code).await;
        assert_eq!(wrong_field(second_factor::use_recovery_code(&half, &codes[0]).await), "code");
        let cx = portal.signed_in(ann.user, Some(ann.membership)).await.expect("a session").cx;
        assert_eq!(wrong_field(second_factor::renew_recovery_codes(&cx, "wrong-password").await), "password");
        let renewed = second_factor::renew_recovery_codes(&cx, PASSWORD).await.expect("renews");
        assert_eq!(renewed.len(), 10);
        assert_eq!(wrong_field(second_factor::use_recovery_code(&half, &codes[1]).await), "code");
        second_factor::use_recovery_code(&half, &renewed[3]).await.expect("in");
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

#[test]
fn it_is_disabled_with_the_password_unless_a_rule_asks_for_it() {
    on_each_database(|portal| async move {
        let (ann, _, _) = enrolled(&portal).await;
        let cx = portal.signed_in(ann.user, Some(ann.membership)).await.expect("a session").cx;
        let other = portal.signed_in(ann.user, Some(ann.membership)).await.expect("a session").cx;
        assert_eq!(wrong_field(second_factor::disable_two_factor(&cx, "wrong-password").await), "password");
        require(&portal, ann.user, true).await;
        let refused = second_factor::disable_two_factor(&cx, PASSWORD).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        require(&portal, ann.user, false).await;
        second_factor::disable_two_factor(&cx, PASSWORD).await.expect("disables");
        assert!(portal.again(&other).await.is_none() && portal.again(&cx).await.is_some());
        assert!(cx.take_answer().renewed.is_some(), "a new session id");
        assert_eq!(portal.mails().await.pop().expect("a mail").template, "two_factor_disabled");
        let signed_in = auth::sign_in(&portal.anonymous(), LOGIN, PASSWORD).await.expect("signs in");
        assert_eq!(signed_in.level, Level::Full);
    });
}

async fn require(portal: &Portal, user: UserId, is_required: bool) {
    user::Entity::update_many()
        .col_expr(user::Column::RequireTwoFactor, Expr::value(is_required))
        .filter(user::Column::Id.eq(Uuid::from(user)))
        .exec(portal.portico.db.pool())
        .await
        .expect("changes");
}

#[test]
fn whoever_must_have_it_sets_it_up_before_anything_else_opens() {
    on_each_database(|portal| async move {
        let ann = ann(&portal).await;
        require(&portal, ann.user, true).await;
        let signed_in = auth::sign_in(&portal.anonymous(), LOGIN, PASSWORD).await.expect("the first step");
        assert_eq!(signed_in.level, Level::Enrolment);
        let held = halfway(&portal, &ann, Level::Enrolment).await;
        assert!(held.actor().is_anonymous());
        assert_eq!(wrong_field(second_factor::begin_enrolment(&held, "wrong-password").await), "password");
        let Enrolling { key, .. } = second_factor::begin_enrolment(&held, PASSWORD).await.expect("begins");
        let done = second_factor::finish_enrolment(&held, &code(&portal, &key)).await.expect("finishes");
        assert_eq!(done.next.as_deref(), Some("/my"));
        let renewed = held.take_answer().renewed.expect("a session");
        assert_eq!((renewed.user, renewed.level), (Some(ann.user), Level::Full));
    });
}

#[test]
fn groups_and_the_business_can_ask_for_it() {
    on_each_database(|portal| async move {
        let ann = ann(&portal).await;
        let level = async |login: &str| {
            auth::sign_in(&portal.anonymous(), login, PASSWORD).await.expect("signs in").level
        };
        assert_eq!(level(LOGIN).await, Level::Full);
        entities::group::Entity::update_many()
            .col_expr(entities::group::Column::RequireTwoFactor, Expr::value(true))
            .exec(portal.portico.db.pool())
            .await
            .expect("changes");
        assert_eq!(level(LOGIN).await, Level::Enrolment);
        assert!(portal.again(&ann.cx).await.is_some(), "at the next sign-in, not at once");

        let system = portal.system();
        auth::create_administrator(&system, "boss@business.example", PASSWORD).await.expect("creates");
        assert_eq!(level("boss@business.example").await, Level::Full);
        let page = settings::get_general(&portal.staff(StaffRole::Administrator).await).await.expect("reads");
        let form = GeneralForm { require_two_factor: true, ..page.form };
        let staff = portal.staff(StaffRole::Administrator).await;
        settings::save_general(&staff, &form).await.expect("saves");
        assert_eq!(level("boss@business.example").await, Level::Enrolment);
    });
}

#[test]
fn staff_reset_it_for_those_whom_they_may_help() {
    on_each_database(|portal| async move {
        let (ann, _, codes) = enrolled(&portal).await;
        let colleague = portal.staff(StaffRole::Staff).await;
        for cx in [&portal.anonymous(), &colleague, &ann.cx] {
            let refused = users::reset_two_factor(cx, ann.user).await;
            let is_refused = matches!(refused, Err(ServiceError::NotFound | ServiceError::Unauthenticated));
            assert!(is_refused, "{refused:?}");
        }
        let session = portal.signed_in(ann.user, Some(ann.membership)).await.expect("a session").cx;
        let manager = portal.staff(StaffRole::ContactManager).await;
        users::reset_two_factor(&manager, ann.user).await.expect("resets");
        assert!(portal.again(&session).await.is_none(), "logged out everywhere");
        let mail = portal.mails().await.pop().expect("a mail");
        assert!(mail.template == "two_factor_disabled" && mail.text_body.contains("has reset"));
        let again = users::reset_two_factor(&manager, ann.user).await;
        assert!(matches!(again, Err(ServiceError::Refused(_))), "{again:?}");
        let signed_in = auth::sign_in(&portal.anonymous(), LOGIN, PASSWORD).await.expect("signs in");
        assert_eq!(signed_in.level, Level::Full);
        let half = halfway(&portal, &ann, Level::Code).await;
        assert_eq!(wrong_field(second_factor::use_recovery_code(&half, &codes[0]).await), "code");

        let boss = portal.staff_user(StaffRole::Administrator).await;
        let refused = users::reset_two_factor(&manager, boss).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "staff are the administrators': {refused:?}");
    });
}

#[test]
fn nobody_changes_anothers() {
    on_each_database(|portal| async move {
        let (ann, _, _) = enrolled(&portal).await;
        let vega = portal.company("Vega").await;
        let whose = NewSession { contact: Some(vega), ..NewSession::default() };
        let hash = Uuid::now_v7().to_string();
        auth::open_session(&portal.portico, &hash, whose, &origin()).await.expect("opens");
        let view = auth::resolve_session(&portal.portico, &hash, auth::Face::Portal, origin()).await;
        let visitor = view.expect("resolves").expect("a visitor").cx;
        let half = halfway(&portal, &ann, Level::Code).await;
        for cx in [&portal.anonymous(), &visitor, &half] {
            assert!(second_factor::begin_enrolment(cx, PASSWORD).await.is_err());
            assert!(second_factor::finish_enrolment(cx, "123456").await.is_err());
            assert!(second_factor::disable_two_factor(cx, PASSWORD).await.is_err());
            assert!(second_factor::renew_recovery_codes(cx, PASSWORD).await.is_err());
            assert!(services::account::get_security(cx).await.is_err());
        }
        let page = services::account::get_security(&ann.cx).await.expect("one's own");
        assert!(page.two_factor.since.is_some() && page.two_factor.recovery_codes == 10);
    });
}
