use domain::access::{PortalState, RowChange, RowOutcome};
use services::auth::{self, InvitationView};

use crate::support::{PASSWORD, on_each_database};

#[test]
fn a_second_company_waits_for_its_holder_who_keeps_the_password() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let zeta = portal.company("Zeta").await;
        let at_acme = portal.person(acme, "Ann", "ann@books.example").await;
        let at_zeta = portal.person(zeta, "Ann", "").await;
        let ann = portal.customer(at_acme, "ann@books.example").await;
        let outcome = portal.change(at_zeta, "ann@books.example", RowChange::Grant).await;
        let RowOutcome::Done { row, .. } = outcome else { panic!("refused: {outcome:?}") };
        assert_eq!(row.state, PortalState::Pending);

        let secret = portal.newest_link_secret().await;
        let cx = portal.anonymous();
        assert!(matches!(auth::view_invitation(&cx, &secret).await, Ok(InvitationView::SignInFirst(_))));
        assert!(
            auth::accept_invitation(&cx, &secret, "other-otter-violin", "other-otter-violin").await.is_err()
        );
        assert!(auth::accept_membership(&cx, &secret).await.is_err());
        let bob = portal.person(acme, "Bob", "bob@acme.example").await;
        let bob = portal.customer(bob, "bob@acme.example").await;
        assert!(auth::accept_membership(&bob, &secret).await.is_err(), "only its holder");

        let accepted = auth::accept_membership(&ann, &secret).await.expect("accepts");
        let session = portal.signed_in(accepted.user, accepted.membership).await.expect("a session");
        let domain::users::Side::Portal { company, .. } = session.cx.actor().me().expect("signed in").side
        else {
            panic!("not in the portal")
        };
        assert_eq!(company, "Zeta");

        portal.change(at_zeta, "", RowChange::Revoke).await;
        assert!(
            auth::sign_in(&cx, "ann@books.example", PASSWORD).await.is_ok(),
            "the other company is untouched"
        );
    });
}
