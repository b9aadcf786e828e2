//! Who must have a second factor, and who may take it away.

use super::*;

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
