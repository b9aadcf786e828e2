use domain::access::RowChange;
use services::{
    ServiceError,
    auth::{self, InvitationView},
};
use time::Duration;

use crate::support::{PASSWORD, Portal, on_each_database};

async fn invited(portal: &Portal) -> (domain::ids::ContactId, String) {
    let acme = portal.company("Acme Flow Ltd").await;
    let ann = portal.person(acme, "Ann Good", "ann@acme.example").await;
    portal.change(ann, "ann@acme.example", RowChange::Grant).await;
    (ann, portal.newest_link_secret().await)
}

async fn view(portal: &Portal, secret: &str) -> InvitationView {
    auth::view_invitation(&portal.anonymous(), secret).await.expect("looks")
}

#[test]
fn opening_changes_nothing_and_accepting_works_once() {
    on_each_database(|portal| async move {
        let (_, secret) = invited(&portal).await;
        for _ in 0..3 {
            let InvitationView::ChoosePassword(whom) = view(&portal, &secret).await else {
                panic!("not live")
            };
            assert_eq!((whom.name.as_str(), whom.company.as_str()), ("Ann Good", "Acme Flow Ltd"));
            assert_eq!(whom.login, "ann@acme.example");
        }
        let cx = portal.anonymous();
        let weak = auth::accept_invitation(&cx, &secret, "short", "short").await;
        assert!(matches!(weak, Err(ServiceError::Invalid(_))), "a bad password does not spend the link");
        auth::accept_invitation(&cx, &secret, PASSWORD, PASSWORD).await.expect("accepts");
        assert_eq!(view(&portal, &secret).await, InvitationView::Used);
        let again = auth::accept_invitation(&cx, &secret, "other-otter-violin", "other-otter-violin").await;
        assert!(matches!(again, Err(ServiceError::NotFound)));
        assert!(auth::sign_in(&cx, "ann@acme.example", PASSWORD).await.is_ok(), "the first password stays");
    });
}

#[test]
fn dead_links_say_why() {
    on_each_database(|portal| async move {
        let (ann, secret) = invited(&portal).await;
        assert_eq!(view(&portal, "mangled").await, InvitationView::Unknown);
        portal.change(ann, "ann@acme.example", RowChange::Reinvite).await;
        assert_eq!(view(&portal, &secret).await, InvitationView::Replaced);
        let newer = portal.newest_link_secret().await;
        portal.change(ann, "", RowChange::Revoke).await;
        assert_eq!(view(&portal, &newer).await, InvitationView::Revoked);
        let accepted = auth::accept_invitation(&portal.anonymous(), &newer, PASSWORD, PASSWORD).await;
        assert!(matches!(accepted, Err(ServiceError::NotFound)));
    });
}

#[test]
fn an_expired_link_leads_to_one_new_mail_and_tells_nothing() {
    on_each_database(|portal| async move {
        let (_, secret) = invited(&portal).await;
        let cx = portal.anonymous();
        auth::request_new_invitation(&cx, &secret).await.expect("answers");
        assert_eq!(portal.mails().await.len(), 1, "a live link needs no other");
        portal.clock.advance(Duration::days(7));
        assert_eq!(view(&portal, &secret).await, InvitationView::Expired);
        for _ in 0..3 {
            auth::request_new_invitation(&cx, &secret).await.expect("answers");
        }
        auth::request_new_invitation(&cx, "mangled").await.expect("the same answer");
        let fresh = portal.newest_link_secret().await;
        assert_ne!(fresh, secret);
        auth::accept_invitation(&cx, &fresh, PASSWORD, PASSWORD).await.expect("accepts");
    });
}

#[test]
fn two_who_accept_at_once_leave_one_password() {
    on_each_database(|portal| async move {
        let (_, secret) = invited(&portal).await;
        let cx = portal.anonymous();
        let tries = ["first-otter-violin", "other-otter-violin"];
        let results = tokio::join!(
            auth::accept_invitation(&cx, &secret, tries[0], tries[0]),
            auth::accept_invitation(&cx, &secret, tries[1], tries[1]),
        );
        assert!(results.0.is_ok() != results.1.is_ok(), "{results:?}");
        let winner = if results.0.is_ok() { tries[0] } else { tries[1] };
        assert!(auth::sign_in(&cx, "ann@acme.example", winner).await.is_ok());
    });
}

#[test]
fn links_are_stored_as_hashes_only() {
    on_each_database(|portal| async move {
        use sea_orm::EntityTrait;
        let (_, secret) = invited(&portal).await;
        let tokens = entities::token::Entity::find().all(portal.portico.db.pool()).await.expect("tokens");
        assert!(!format!("{tokens:?}").contains(&secret));
    });
}
