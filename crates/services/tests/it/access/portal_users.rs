use domain::{
    access::{PortalState, PortalUserForm, StaffRole},
    ids::ContactId,
};
use services::{Cx, ServiceError, access, auth, contacts};
use time::Duration;

use crate::support::{PASSWORD, Portal, on_each_database};

fn by_mail(contact: ContactId, login: &str) -> PortalUserForm {
    PortalUserForm { contact: contact.to_string(), login: login.to_owned(), ..PortalUserForm::default() }
}

fn by_hand(contact: ContactId, login: &str) -> PortalUserForm {
    PortalUserForm {
        password_by: "hand".to_owned(),
        password: PASSWORD.to_owned(),
        repetition: PASSWORD.to_owned(),
        ..by_mail(contact, login)
    }
}

fn wrong_field(result: Result<impl std::fmt::Debug, ServiceError>) -> String {
    match result {
        Err(ServiceError::Invalid(errors)) => errors.iter().next().expect("an error").0.to_owned(),
        other => panic!("not refused: {other:?}"),
    }
}

async fn edit_of(portal: &Portal, contact: ContactId) -> PortalUserForm {
    let page = access::get_portal_user(&portal.system(), contact).await.expect("a portal user");
    PortalUserForm { group: page.user.group.to_string(), seen: page.user.seen(), ..Default::default() }
}

#[test]
fn only_those_who_manage_access_keep_portal_users() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let customer = portal.customer(ann, "ann@acme.example").await;
        let people: [(Cx, bool); 4] = [
            (portal.anonymous(), false),
            (customer, false),
            (portal.staff(StaffRole::Staff).await, false),
            (portal.staff(StaffRole::ContactManager).await, true),
        ];
        for (cx, may) in people {
            let answers = [
                access::get_new_portal_user(&cx, acme, None).await.err(),
                access::get_portal_user(&cx, ann).await.err(),
                access::add_portal_user(&cx, acme, &by_mail(ann, "x@acme.example")).await.err(),
                access::edit_portal_user(&cx, ann, &edit_of(&portal, ann).await).await.err(),
                access::change_in_bulk(
                    &cx,
                    &domain::access::BulkTargets::These(vec![ann]),
                    &domain::access::BulkChange {
                        change: domain::access::RowChange::Grant,
                        group: None,
                        message: String::new(),
                    },
                    true,
                )
                .await
                .err(),
            ];
            for answer in answers {
                match answer {
                    None | Some(ServiceError::Invalid(_)) => assert!(may),
                    Some(ServiceError::Unauthenticated) => assert!(cx.actor().is_anonymous()),
                    Some(ServiceError::NotFound) => assert!(!may),
                    other => panic!("{other:?}"),
                }
            }
            let page = contacts::get_contact(&cx, acme).await;
            assert_eq!(page.is_ok_and(|page| !page.portal_users.is_empty()), may, "whoever may, sees them");
        }
    });
}

/// Seed 002, "Adding a Portal User".
#[test]
fn a_portal_user_is_invited_with_a_group_dates_and_two_factor() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        let system = portal.system();
        let new = access::get_new_portal_user(&system, acme, None).await.expect("the form");
        assert_eq!(new.contacts.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), [acme, ann]);
        assert_eq!(new.groups[0].name, "Standard", "the default comes first");
        assert!(new.groups.iter().all(|group| group.name != "Non-portal users"), "it is nobody's");

        let accounting = new.groups.iter().find(|group| group.name == "Accounting").expect("seeded");
        let form = PortalUserForm {
            group: accounting.id.to_string(),
            require_two_factor: true,
            valid_until: "2026-11-30".to_owned(),
            message: "See you there".to_owned(),
            ..by_mail(ann, " Ann@Acme.example")
        };
        access::add_portal_user(&system, acme, &form).await.expect("adds");
        let page = contacts::get_contact(&system, acme).await.expect("the page");
        let user = page.portal_users.first().expect("a portal user");
        assert_eq!((user.login.as_str(), user.group_name.as_str()), ("ann@acme.example", "Accounting"));
        assert!(user.require_two_factor && user.state == PortalState::Invited);
        assert_eq!(user.valid_until.expect("a last day").display(), "1 Dec 2026, 00:00 UTC");
        let mails = portal.mails().await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text_body.contains("See you there"));

        assert_eq!(wrong_field(access::add_portal_user(&system, acme, &form).await), "contact");
    });
}

/// Seed 002: where a contact has no email, a user name and password are set by hand.
#[test]
fn without_an_email_login_and_password_are_set_by_hand() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let shop = portal.person(acme, "Shop floor", "").await;
        let system = portal.system();
        let mail = access::add_portal_user(&system, acme, &by_mail(shop, "shop-floor")).await;
        assert_eq!(wrong_field(mail), "login");
        for (change, field) in [
            (PortalUserForm { login: String::new(), ..by_hand(shop, "") }, "login"),
            (by_hand(shop, "shop floor"), "login"),
            (PortalUserForm { repetition: "other".to_owned(), ..by_hand(shop, "shop") }, "repetition"),
            (
                PortalUserForm {
                    password: "password1".to_owned(),
                    repetition: "password1".to_owned(),
                    ..by_hand(shop, "shop")
                },
                "password",
            ),
        ] {
            assert_eq!(wrong_field(access::add_portal_user(&system, acme, &change).await), field);
        }
        access::add_portal_user(&system, acme, &by_hand(shop, "Shop-Floor")).await.expect("adds");
        assert!(portal.mails().await.is_empty(), "nothing is sent");
        let signed_in = auth::sign_in(&portal.anonymous(), "shop-floor", PASSWORD).await.expect("signs in");
        let session = portal.signed_in(signed_in.user, signed_in.membership).await;
        assert!(session.is_some());

        let zeta = portal.company("Zeta").await;
        let taken = access::add_portal_user(&system, zeta, &by_hand(zeta, "shop-floor")).await;
        assert_eq!(wrong_field(taken), "login", "a password of somebody else is never replaced");
    });
}

#[test]
fn only_contacts_of_the_customer_and_groups_for_people_can_be_chosen() {
    on_each_database(|portal| async move {
        let (acme, zeta) = (portal.company("Acme").await, portal.company("Zeta").await);
        let zoe = portal.person(zeta, "Zoe", "zoe@zeta.example").await;
        let system = portal.system();
        let foreign = access::add_portal_user(&system, acme, &by_mail(zoe, "zoe@zeta.example")).await;
        assert_eq!(wrong_field(foreign), "contact");
        let non_portal = portal.group("non_portal").await;
        for group in [non_portal.to_string(), uuid::Uuid::now_v7().to_string(), "x".to_owned()] {
            let form = PortalUserForm { group, ..by_mail(zoe, "zoe@zeta.example") };
            let refused = access::add_portal_user(&system, zeta, &form).await;
            assert!(["group", "login"].contains(&wrong_field(refused).as_str()));
        }
        assert!(portal.mails().await.is_empty());
    });
}

#[test]
fn an_edit_acts_at_the_next_request_and_a_stale_one_is_refused() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        services::documents::home(&cx).await.expect("the home");
        let seen = edit_of(&portal, ann).await;
        let none = portal.group("none").await.to_string();
        let edit = PortalUserForm { group: none, ..seen.clone() };
        access::edit_portal_user(&portal.system(), ann, &edit).await.expect("edits");
        let cx = portal.again(&cx).await.expect("a session");
        assert!(services::documents::home(&cx).await.expect("the home").tiles.is_empty());

        let stale = access::edit_portal_user(&portal.system(), ann, &seen).await;
        assert!(matches!(stale, Err(ServiceError::Stale)), "{stale:?}");
        for (form, field) in [
            (PortalUserForm { valid_until: "soon".to_owned(), ..edit.clone() }, "valid_until"),
            (PortalUserForm { valid_until: "2026-11-21".to_owned(), ..edit.clone() }, "valid_until"),
            (
                PortalUserForm {
                    valid_from: "2026-12-02".to_owned(),
                    valid_until: "2026-12-01".to_owned(),
                    ..edit
                },
                "valid_until",
            ),
        ] {
            let edited = access::edit_portal_user(&portal.system(), ann, &form).await;
            assert_eq!(wrong_field(edited), field);
        }
    });
}

#[test]
fn a_membership_ends_at_its_date_by_itself() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let form = PortalUserForm { valid_until: "2026-11-22".to_owned(), ..edit_of(&portal, ann).await };
        access::edit_portal_user(&portal.system(), ann, &form).await.expect("edits");
        portal.clock.advance(Duration::minutes(59));
        let cx = portal.again(&cx).await.expect("the last day is a whole day");
        auth::sweep(&portal.portico).await.expect("sweeps");

        portal.clock.advance(Duration::hours(13) + Duration::minutes(1));
        assert!(portal.again(&cx).await.is_none(), "over");
        let refused = auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        auth::sweep(&portal.portico).await.expect("sweeps");
        let page = contacts::get_contact(&portal.system(), acme).await.expect("the page");
        assert!(page.portal_users.is_empty());
    });
}

#[test]
fn a_membership_begins_at_its_date() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let form = PortalUserForm { valid_from: "2026-11-24".to_owned(), ..by_hand(acme, "front-desk") };
        access::add_portal_user(&portal.system(), acme, &form).await.expect("adds");
        assert!(auth::sign_in(&portal.anonymous(), "front-desk", PASSWORD).await.is_err(), "too early");
        portal.clock.advance(Duration::days(2));
        assert!(auth::sign_in(&portal.anonymous(), "front-desk", PASSWORD).await.is_ok());
    });
}
