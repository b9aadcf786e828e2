//! Closing an account: U2 and A11 of Odoo's own tests; what of U3 and U12 fits books that must be kept.

use domain::{
    access::{RowChange, RowOutcome, StaffRole},
    account::closed_login,
    ids::{ContactId, UserId},
};
use entities::{contact, device, mail_choice, membership, session, token, user};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use services::{Cx, ServiceError, account, auth, users};
use uuid::Uuid;

use super::{CHROME, browser, events, other_session, user_of};
use crate::{
    documents::books,
    support::{PASSWORD, Portal, on_each_database},
};

async fn contact(portal: &Portal, id: ContactId) -> contact::Model {
    contact::Entity::find_by_id(Uuid::from(id))
        .one(portal.portico.db.pool())
        .await
        .expect("looks")
        .expect("a contact")
}

async fn user_by_id(portal: &Portal, id: Uuid) -> user::Model {
    user::Entity::find_by_id(id).one(portal.portico.db.pool()).await.expect("looks").expect("a user")
}

async fn close(cx: &Cx) -> Result<(), ServiceError> {
    let login = cx.actor().me().expect("somebody").login;
    account::close_account(cx, &login, PASSWORD).await
}

#[test]
fn everything_that_logs_in_goes_and_the_login_is_free() {
    on_each_database(|portal| async move {
        let pool = portal.portico.db.pool();
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let zeta = portal.company("Zeta").await;
        portal.change(zeta, "ann@acme.example", RowChange::Grant).await;
        let other =
            other_session(&portal, &cx, &browser(CHROME, "203.0.113.9", None), auth::Level::Full).await;
        account::save_mail_choices(&cx, &[]).await.expect("saves");
        let id = user_of(&portal, "ann@acme.example").await.id;
        let page = account::get_closing(&cx).await.expect("a page");
        assert_eq!(
            (page.companies, page.forgotten, page.refusal),
            (vec!["Acme".into(), "Zeta".into()], vec!["Ann".into()], None)
        );

        account::close_account(&cx, " ANN@acme.example ", PASSWORD).await.expect("closes");
        for browser in [&cx, &other] {
            assert!(portal.again(browser).await.is_none(), "out at the next request");
        }
        let left = user_by_id(&portal, id).await;
        assert_eq!(
            (left.login, left.name.as_str(), left.status.as_str()),
            (closed_login(UserId(id)), "Closed account", "disabled")
        );
        assert_eq!((left.password_hash, left.two_factor_since), (None, None));
        let of_user = [
            session::Entity::find().filter(session::Column::UserId.eq(id)).count(pool).await,
            device::Entity::find().filter(device::Column::UserId.eq(id)).count(pool).await,
            token::Entity::find().filter(token::Column::UserId.eq(id)).count(pool).await,
            mail_choice::Entity::find().filter(mail_choice::Column::UserId.eq(id)).count(pool).await,
            membership::Entity::find()
                .filter(membership::Column::UserId.eq(id))
                .filter(membership::Column::State.ne("ended"))
                .count(pool)
                .await,
        ];
        assert!(of_user.into_iter().all(|left| left.expect("counts") == 0));
        assert!(auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.is_err());
        assert!(auth::sign_in(&portal.anonymous(), &closed_login(UserId(id)), PASSWORD).await.is_err());

        // Neither Undo nor Enable brings it back.
        let undone = portal.change(ann, "", RowChange::UndoRevoke).await;
        assert!(matches!(undone, RowOutcome::Refused { .. }), "{undone:?}");
        let administrator = portal.staff(StaffRole::Administrator).await;
        let enabled = users::enable_user(&administrator, UserId(id)).await;
        assert!(matches!(enabled, Err(ServiceError::Refused(_))), "{enabled:?}");
        // The same address can be invited anew, as somebody else.
        let cx = portal.customer(ann, "ann@acme.example").await;
        assert_ne!(user_of(&portal, "ann@acme.example").await.id, id);
        assert!(portal.again(&cx).await.is_some());
    });
}

#[test]
fn both_are_told_and_the_company_can_read_of_it() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let boss = portal.customer(acme, "boss@acme.example").await;
        let ann = portal.person(acme, "Ann", "").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let before = portal.mails().await.len();
        close(&cx).await.expect("closes");
        let mails = portal.mails().await;
        let told: Vec<(&str, &str)> =
            mails.iter().skip(before).map(|mail| (mail.to_email.as_str(), mail.subject.as_str())).collect();
        assert_eq!(
            told,
            [
                ("ann@acme.example", "Your account at Rivet Works is closed"),
                ("help@business.example", "Ann closed their account at Rivet Works"),
            ]
        );
        let staff = mails.last().expect("a mail");
        let link = format!("https://portal.business.example/staff/contacts/{ann}");
        assert!(
            staff.text_body.contains(&link) && staff.text_body.contains("Company: Acme"),
            "{}",
            staff.text_body
        );
        let closed = events(&portal, "user.closed").await;
        assert_eq!((closed.len(), closed[0].entity_id, closed[0].actor.as_str()), (1, Some(acme.0), "Ann"));
        assert_eq!(events(&portal, "access.left").await.len(), 1);
        let log = services::audit::list_access_log(&boss, &Default::default()).await.expect("reads");
        assert!(log.items.iter().any(|row| row.what.contains("the account was closed")), "{:?}", log.items);
    });
}

#[test]
fn how_to_reach_somebody_goes_unless_the_books_need_it() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let acme = portal.imported("acme").await;
        // Ann has invoices; Eve has none.
        let ann = portal.imported("ann").await;
        let eve = portal.person(acme, "Eve", "eve@acme.example").await;
        for (id, login) in [(ann, "ann@acme.example"), (eve, "eve@acme.example")] {
            let cx = portal.customer(id, login).await;
            close(&cx).await.expect("closes");
        }
        let kept = contact(&portal, ann).await;
        assert_eq!((kept.name.as_str(), kept.email.as_str()), ("Ann", "ann@acme.example"));
        let cleared = contact(&portal, eve).await;
        assert_eq!((cleared.name.as_str(), cleared.email.as_str(), cleared.email_key), ("Eve", "", None));
        assert!(!cleared.search.contains("eve@acme.example"));
        let told = events(&portal, "contact.forgotten").await;
        assert!(
            told.len() == 1 && !told[0].data.to_string().contains('@'),
            "what went is not kept elsewhere"
        );

        let office = portal.customer(acme, "office@acme.example").await;
        close(&office).await.expect("closes");
        assert_eq!(contact(&portal, acme).await.name, "Acme", "a company's details are the company's");
    });
}

#[test]
fn it_asks_for_login_and_password_each_time() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let cx = portal.customer(acme, "ann@acme.example").await;
        let wrong = [
            ("", PASSWORD, "login"),
            ("bob@acme.example", PASSWORD, "login"),
            ("ann@acme.example", "", "password"),
            ("ann@acme.example", "wrong", "password"),
        ];
        for (login, password, field) in wrong {
            let refused = account::close_account(&cx, login, password).await.err();
            assert!(
                matches!(&refused, Some(ServiceError::Invalid(errors)) if errors.get(field).is_some()),
                "{refused:?}"
            );
        }
        assert!(portal.again(&cx).await.is_some() && events(&portal, "user.closed").await.is_empty());
    });
}

#[test]
fn whoever_alone_manages_others_stays_until_somebody_else_does() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let boss = portal.customer(acme, "boss@acme.example").await;
        let ann = portal.person(acme, "Ann", "").await;
        portal.customer(ann, "ann@acme.example").await;
        let refusal = account::get_closing(&boss).await.expect("a page").refusal.expect("a refusal");
        assert!(refusal.contains("the only one who manages the members of Acme"), "{refusal}");
        assert!(matches!(close(&boss).await, Err(ServiceError::Refused(text)) if text == refusal));
        assert!(portal.again(&boss).await.is_some());
        let cx = portal.regroup(ann, "company_admin").await;
        close(&boss).await.expect("somebody else manages them");
        close(&cx).await.expect("nobody is left behind");
    });
}
