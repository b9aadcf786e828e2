use domain::{
    access::{RowChange, RowOutcome, StaffRole},
    ids::UserId,
    users::{StaffUserForm, UserKind},
};
use entities::user;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use services::{Cx, ServiceError, auth, users};
use time::Duration;

use super::{change_login, id_of, newest_event, page_of, reset_secret};
use crate::support::{PASSWORD, Portal, on_each_database};

fn bo() -> StaffUserForm {
    StaffUserForm {
        name: " Bo Berg ".into(),
        email: "Bo@business.example".into(),
        role: "contact_manager".into(),
    }
}

async fn own_id(portal: &Portal, cx: &Cx) -> UserId {
    id_of(portal, &cx.actor().me().expect("somebody").login).await
}

#[test]
fn a_new_staff_user_is_invited_and_sets_a_password() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        let id = users::create_staff_user(&cx, &bo()).await.expect("makes");
        let mail = portal.mails().await.pop().expect("a mail");
        assert_eq!(
            (mail.to_email.as_str(), mail.template.as_str()),
            ("bo@business.example", "staff_invitation")
        );
        assert!(mail.is_secret && mail.text_body.contains("Contact managers"), "{}", mail.text_body);
        assert!(auth::sign_in(&portal.anonymous(), "bo@business.example", PASSWORD).await.is_err());
        let event = newest_event(&portal, "user.created").await.expect("an event");
        assert_eq!((event.data["role"].as_str(), event.entity_id), (Some("contact_manager"), None));

        let secret = reset_secret(&portal).await;
        portal.clock.advance(Duration::days(6));
        let whom = auth::view_reset(&portal.anonymous(), &secret).await.expect("looks").expect("live");
        assert_eq!((whom.name.as_str(), whom.new_staff), ("Bo Berg", Some(StaffRole::ContactManager)));
        auth::reset_password(&portal.anonymous(), &secret, PASSWORD, PASSWORD).await.expect("sets");
        let signed_in =
            auth::sign_in(&portal.anonymous(), "bo@business.example", PASSWORD).await.expect("in");
        assert_eq!((signed_in.user, signed_in.landing), (id, auth::Landing::Staff));
        assert!(auth::reset_password(&portal.anonymous(), &secret, PASSWORD, PASSWORD).await.is_err());
    });
}

#[test]
fn an_invitation_is_sent_again_and_follows_a_changed_login() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        let id = users::create_staff_user(&cx, &bo()).await.expect("makes");
        let first = reset_secret(&portal).await;
        portal.clock.advance(Duration::days(1));
        users::send_password_reset(&cx, id).await.expect("sends");
        let second = reset_secret(&portal).await;
        assert_eq!(auth::view_reset(&portal.anonymous(), &first).await.expect("looks"), None);
        let whom = auth::view_reset(&portal.anonymous(), &second).await.expect("looks").expect("live");
        assert!(whom.new_staff.is_some(), "an invitation, not a reset");
        change_login(&cx, id, "bo.berg@business.example").await.expect("changes");
        assert_eq!(auth::view_reset(&portal.anonymous(), &second).await.expect("looks"), None);
        let third = reset_secret(&portal).await;
        auth::reset_password(&portal.anonymous(), &third, PASSWORD, PASSWORD).await.expect("sets");
        assert!(auth::sign_in(&portal.anonymous(), "bo.berg@business.example", PASSWORD).await.is_ok());
    });
}

#[test]
fn what_is_wrong_with_a_new_staff_user_is_said() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        portal.customer(acme, "office@acme.example").await;
        let cx = portal.staff(StaffRole::Administrator).await;
        for (form, field) in [
            (StaffUserForm { name: " ".into(), ..bo() }, "name"),
            (StaffUserForm { email: "bo".into(), ..bo() }, "email"),
            (StaffUserForm { email: "OFFICE@acme.example".into(), ..bo() }, "email"),
            (StaffUserForm { role: "king".into(), ..bo() }, "role"),
        ] {
            let error = users::create_staff_user(&cx, &form).await.expect_err("wrong");
            assert!(
                matches!(&error, ServiceError::Invalid(errors) if errors.get(field).is_some()),
                "{error}"
            );
        }
    });
}

#[test]
fn roles_change_but_not_ones_own_and_not_the_last_administrators() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        let own = own_id(&portal, &cx).await;
        for role in [StaffRole::Staff, StaffRole::ContactManager] {
            assert!(matches!(users::change_role(&cx, own, role).await, Err(ServiceError::Refused(_))));
            let by_system = users::change_role(&portal.system(), own, role).await;
            assert!(matches!(by_system, Err(ServiceError::Refused(_))), "the last one stays");
        }
        let bo = users::create_staff_user(&cx, &bo()).await.expect("makes");
        users::change_role(&cx, bo, StaffRole::Administrator).await.expect("raises");
        let event = newest_event(&portal, "user.role_changed").await.expect("an event");
        assert_eq!(event.data["before"], "contact_manager");
        assert_eq!(event.data["after"], "administrator");
        // Bo was invited and cannot log in yet: one who cannot is none to rely on.
        let by_system = users::change_role(&portal.system(), own, StaffRole::Staff).await;
        assert!(matches!(by_system, Err(ServiceError::Refused(_))));
        let secret = reset_secret(&portal).await;
        auth::reset_password(&portal.anonymous(), &secret, PASSWORD, PASSWORD).await.expect("sets");
        let as_bo = portal.signed_in(bo, None).await.expect("a session").cx;
        users::change_role(&as_bo, own, StaffRole::Staff).await.expect("there is another now");
        assert_eq!(page_of(&as_bo, own).await.kind, UserKind::Staff(StaffRole::Staff));

        let acme = portal.company("Acme").await;
        portal.customer(acme, "office@acme.example").await;
        let customer = id_of(&portal, "office@acme.example").await;
        let raised = users::change_role(&as_bo, customer, StaffRole::Staff).await;
        assert!(matches!(raised, Err(ServiceError::Refused(_))), "a customer never becomes staff");
    });
}

#[test]
fn two_administrators_who_demote_each_other_leave_one() {
    on_each_database(|portal| async move {
        for round in 0..8 {
            let first = portal.staff(StaffRole::Administrator).await;
            let second = portal.staff(StaffRole::Administrator).await;
            let [a, b] = [own_id(&portal, &first).await, own_id(&portal, &second).await];
            let (one, other) = if round % 2 == 0 {
                tokio::join!(
                    users::change_role(&first, b, StaffRole::Staff),
                    users::change_role(&second, a, StaffRole::ContactManager),
                )
            } else {
                tokio::join!(users::disable_user(&first, b), users::change_role(&second, a, StaffRole::Staff))
            };
            assert_ne!(one.is_ok(), other.is_ok(), "one is refused");
            let left = user::Entity::find()
                .filter(user::Column::Role.eq("administrator"))
                .filter(user::Column::Status.eq("active"))
                .count(portal.portico.db.pool())
                .await
                .expect("counts");
            assert_eq!(left, 1);
            // The next round begins without any.
            user::Entity::update_many()
                .col_expr(user::Column::Role, sea_orm::sea_query::Expr::value("staff"))
                .exec(portal.portico.db.pool())
                .await
                .expect("updates");
        }
    });
}

#[test]
fn a_staff_users_login_cannot_be_granted() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        users::create_staff_user(&cx, &bo()).await.expect("makes");
        let acme = portal.company("Acme").await;
        let outcome = portal.change(acme, "bo@business.example", RowChange::Grant).await;
        assert!(matches!(outcome, RowOutcome::Refused { .. }), "{outcome:?}");
    });
}
