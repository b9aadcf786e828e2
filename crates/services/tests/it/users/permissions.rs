//! Each operation as every kind of person.

use domain::{
    access::StaffRole,
    ids::{ContactId, UserId},
    users::{StaffUserForm, UserFilter, UserForm},
};
use services::{Cx, ServiceError, ServiceResult, users};
use uuid::Uuid;

use super::{id_of, user_of};
use crate::support::on_each_database;

/// Every operation on a user, with what it answered.
async fn try_all(cx: &Cx, user: UserId, contact: ContactId) -> Vec<(&'static str, ServiceResult<()>)> {
    let form = UserForm { name: "X".into(), login: "x@x.example".into(), ..UserForm::default() };
    let new = StaffUserForm { name: "X".into(), email: "x@x.example".into(), role: "administrator".into() };
    let unit = |result: ServiceResult<()>| result;
    vec![
        ("list", users::list_users(cx, &UserFilter::default()).await.map(drop)),
        ("get", users::get_user(cx, user).await.map(drop)),
        ("save", unit(users::save_user(cx, user, &form).await)),
        ("create", users::create_staff_user(cx, &new).await.map(drop)),
        ("role", unit(users::change_role(cx, user, StaffRole::Administrator).await)),
        ("disable", unit(users::disable_user(cx, user).await)),
        ("enable", unit(users::enable_user(cx, user).await)),
        ("sessions", unit(users::end_sessions(cx, user).await)),
        ("reset", unit(users::send_password_reset(cx, user).await)),
        ("set", unit(users::set_password(cx, user, "x", "y").await)),
        ("logins", users::list_contact_logins(cx, contact).await.map(drop)),
    ]
}

#[test]
fn only_administrators_manage_users() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        let customer = portal.customer(ann, "ann@acme.example").await;
        let target = id_of(&portal, "ann@acme.example").await;
        let before = user_of(&portal, "ann@acme.example").await;
        let staff = portal.staff(StaffRole::Staff).await;
        for (who, cx) in [("a customer", &customer), ("staff", &staff)] {
            for (what, answer) in try_all(cx, target, ann).await {
                assert!(matches!(answer, Err(ServiceError::NotFound)), "{what} as {who}: {answer:?}");
            }
        }
        for (what, answer) in try_all(&portal.anonymous(), target, ann).await {
            assert!(matches!(answer, Err(ServiceError::Unauthenticated)), "{what} as nobody: {answer:?}");
        }
        assert_eq!(user_of(&portal, "ann@acme.example").await, before, "nothing was changed");
    });
}

#[test]
fn contact_managers_help_customers_to_a_password_and_reach_nothing_of_staff() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        portal.customer(ann, "ann@acme.example").await;
        let customer = id_of(&portal, "ann@acme.example").await;
        let administrator = portal.staff(StaffRole::Administrator).await;
        let login = administrator.actor().me().expect("somebody").login;
        let before = user_of(&portal, &login).await;
        let manager = portal.staff(StaffRole::ContactManager).await;
        let own = id_of(&portal, &manager.actor().me().expect("somebody").login).await;

        for target in [UserId(before.id), own] {
            for (what, answer) in try_all(&manager, target, ann).await {
                let may = what == "logins";
                assert_eq!(answer.is_ok(), may, "{what}: {answer:?}");
                assert!(may || matches!(answer, Err(ServiceError::NotFound)), "{what}: {answer:?}");
            }
        }
        assert_eq!(user_of(&portal, &login).await, before, "nothing was changed");
        assert!(portal.mails().await.iter().all(|mail| mail.template == "invitation"));

        for (what, answer) in try_all(&manager, customer, ann).await {
            let is_refused = matches!(answer, Err(ServiceError::NotFound));
            assert_eq!(is_refused, !["reset", "set", "logins"].contains(&what), "{what}: {answer:?}");
        }
    });
}

#[test]
fn what_does_not_exist_is_not_found() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        let nobody = UserId(Uuid::now_v7());
        for (what, answer) in try_all(&cx, nobody, ContactId(Uuid::now_v7())).await {
            let needs_none = ["list", "create"].contains(&what);
            assert_eq!(answer.is_ok(), needs_none, "{what}: {answer:?}");
            assert!(needs_none || matches!(answer, Err(ServiceError::NotFound)), "{what}: {answer:?}");
        }
    });
}
