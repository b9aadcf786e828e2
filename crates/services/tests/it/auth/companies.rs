use domain::{
    PageRequest,
    access::RowChange,
    documents::{DocumentKind, DocumentRequest},
};
use services::{Cx, ServiceError, auth, documents};

use crate::{
    documents::books,
    support::{PASSWORD, link_secret, on_each_database},
};

async fn invoices(cx: &Cx) -> Vec<String> {
    let request = DocumentRequest {
        kind: DocumentKind::Invoice,
        filter: Default::default(),
        page: PageRequest::default(),
    };
    let page = documents::list_documents(cx, &request).await.expect("lists").page;
    let tiles = documents::home(cx).await.expect("the home").tiles;
    let tile = tiles.iter().find(|tile| tile.kind == DocumentKind::Invoice).expect("a tile");
    let mut numbers: Vec<String> = page.items.iter().map(|row| row.number.clone()).collect();
    assert_eq!(usize::try_from(tile.count).expect("a count"), numbers.len());
    numbers.sort();
    numbers
}

/// An accountant of two customers.
#[test]
fn somebody_with_two_companies_switches_and_sees_the_other_ones() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let [at_acme, at_zeta, zeta] =
            [portal.imported("ann").await, portal.imported("zoe").await, portal.imported("zeta").await];
        let ann = portal.customer(at_acme, "ann@books.example").await;
        assert_eq!(auth::list_companies(&ann).await.expect("companies").len(), 1);
        portal.change(at_zeta, "ann@books.example", RowChange::Grant).await;
        let secret = link_secret(&portal.mails().await.last().expect("a mail").text_body);
        auth::accept_membership(&ann, &secret).await.expect("accepts");
        let signed_in = auth::sign_in(&portal.anonymous(), "ann@books.example", PASSWORD).await;
        let signed_in = signed_in.expect("signs in");
        assert!(signed_in.has_choice);
        let session = portal.signed_in(signed_in.user, signed_in.membership).await.expect("a session");
        let choices = auth::list_companies(&session.cx).await.expect("companies");
        let shown: Vec<(&str, bool)> =
            choices.iter().map(|choice| (choice.company.as_str(), choice.is_active)).collect();
        assert_eq!(shown, [("Acme", true), ("Zeta", false)]);
        assert_eq!(invoices(&session.cx).await, ["INV/acme", "INV/ann", "INV/bob"]);

        auth::switch_company(&session.cx, choices[1].membership).await.expect("switches");
        let session = portal.again(&session.cx).await.expect("a session");
        assert_eq!(invoices(&session).await, ["INV/zeta", "INV/zoe"]);

        // What ended is no choice, and neither is anybody else's.
        portal.change(at_acme, "", RowChange::Revoke).await;
        let ended = auth::switch_company(&session, choices[0].membership).await;
        assert!(matches!(ended, Err(ServiceError::NotFound)), "{ended:?}");
        let bob = portal.person(zeta, "Bob", "bob@zeta.example").await;
        let bob = portal.customer(bob, "bob@zeta.example").await;
        let foreign = auth::switch_company(&bob, choices[1].membership).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
    });
}
