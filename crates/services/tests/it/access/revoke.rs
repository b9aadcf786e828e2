use domain::access::{PortalState, RowChange, RowOutcome};
use services::{auth, contacts};
use time::Duration;

use crate::support::{PASSWORD, on_each_database, origin};

fn state(outcome: &RowOutcome) -> PortalState {
    match outcome {
        RowOutcome::Done { row, .. } => row.state,
        RowOutcome::Refused { .. } => panic!("refused: {outcome:?}"),
    }
}

#[test]
fn revoking_ends_open_sessions_at_the_next_request_and_sends_no_mail() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        let signed_in =
            auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.expect("signs in");
        auth::open_session(&portal.portico, "open", signed_in.whose(), &origin()).await.expect("opens");
        let mails = portal.mails().await.len();
        let outcome = portal.change(ann, "", RowChange::Revoke).await;
        assert_eq!(state(&outcome), PortalState::None);
        assert!(
            auth::resolve_session(&portal.portico, "open", auth::Face::Portal, origin())
                .await
                .expect("resolves")
                .is_none()
        );
        assert_eq!(portal.mails().await.len(), mails);
    });
}

#[test]
fn an_old_password_is_dead_after_a_new_grant() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        portal.change(ann, "", RowChange::Revoke).await;
        let outcome = portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        assert_eq!(state(&outcome), PortalState::Invited);
        assert!(auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.is_err());
        let secret = portal.newest_link_secret().await;
        let chosen = "another-otter-violin";
        auth::accept_invitation(&portal.anonymous(), &secret, chosen, chosen).await.expect("accepts");
        assert!(auth::sign_in(&portal.anonymous(), "ann@acme.example", chosen).await.is_ok());
        let undone = portal.change(ann, "", RowChange::UndoRevoke).await;
        assert!(matches!(undone, RowOutcome::Refused { .. }), "a new grant makes the revocation final");
    });
}

#[test]
fn a_revocation_can_be_taken_back_for_ten_minutes() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        portal.change(ann, "", RowChange::Revoke).await;
        portal.clock.advance(Duration::minutes(9));
        let outcome = portal.change(ann, "", RowChange::UndoRevoke).await;
        assert_eq!(state(&outcome), PortalState::Active);
        assert!(auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.is_ok());
        portal.change(ann, "", RowChange::Revoke).await;
        portal.clock.advance(Duration::minutes(10));
        let late = portal.change(ann, "", RowChange::UndoRevoke).await;
        assert!(matches!(late, RowOutcome::Refused { .. }));
    });
}

#[test]
fn undoing_revives_an_unclaimed_invitation_and_its_unsent_mail() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let secret = portal.newest_link_secret().await;
        portal.change(ann, "", RowChange::Revoke).await;
        assert_eq!(portal.mails().await[0].state, "failed", "a revoked invitation is not sent");
        let outcome = portal.change(ann, "", RowChange::UndoRevoke).await;
        assert_eq!(state(&outcome), PortalState::Invited);
        assert_eq!(portal.mails().await[0].state, "queued");
        auth::accept_invitation(&portal.anonymous(), &secret, PASSWORD, PASSWORD).await.expect("accepts");
    });
}

#[test]
fn moving_to_another_company_and_archiving_end_access() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let zeta = portal.company("Zeta").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        let mut form = contacts::get_contact(&portal.system(), ann).await.expect("the contact").form;
        form.parent = zeta.to_string();
        contacts::save_contact(&portal.system(), Some(ann), &form).await.expect("saves");
        let page = contacts::get_contact(&portal.system(), ann).await.expect("the contact");
        assert_eq!(page.state, PortalState::None);
        assert!(auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.is_err());

        let bob = portal.person(acme, "Bob", "bob@acme.example").await;
        portal.customer(bob, "bob@acme.example").await;
        contacts::archive_contact(&portal.system(), bob, true).await.expect("archives");
        assert!(auth::sign_in(&portal.anonymous(), "bob@acme.example", PASSWORD).await.is_err());
    });
}
