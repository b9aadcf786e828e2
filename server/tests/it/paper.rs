//! Documents as PDFs: the real press behind the plain route.

use axum::http::StatusCode;
use uuid::Uuid;

use crate::people::{EVERYBODY, OF_ACME, SIGNED_OUT, people};

#[tokio::test]
async fn paper_is_for_whoever_sees_the_document() {
    let people = people().await;
    let path = format!("/my/invoices/{}/pdf", people.invoice);
    for who in EVERYBODY {
        let browser = &people.browsers.iter().find(|(of, _)| *of == who).expect("a browser").1;
        let answer = people.site.get(browser, &path).await;
        if SIGNED_OUT.contains(&who) {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{who:?}");
        } else if OF_ACME.contains(&who) {
            assert_eq!(answer.status, StatusCode::OK, "{who:?}");
            assert_eq!(answer.header("content-type"), "application/pdf");
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert!(answer.header("content-disposition").starts_with("inline; filename=\"Invoice-"));
            assert!(answer.body.starts_with("%PDF-1.7"));
        } else {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who:?}");
            assert!(!answer.body.contains("%PDF"), "{who:?}");
        }
    }
}

#[tokio::test]
async fn paper_is_shown_or_saved_and_linked_from_the_document() {
    let people = people().await;
    let browser = &people.browsers[1].1;
    let page = format!("/my/invoices/{}", people.invoice);
    let shown = people.site.get(browser, &page).await;
    assert!(shown.body.contains(&format!("{page}/pdf?download")), "{}", shown.body);
    let saved = people.site.get(browser, &format!("{page}/pdf?download")).await;
    assert!(saved.header("content-disposition").starts_with("attachment; "));
    for wrong in [
        format!("/my/sales/{}/pdf", people.invoice),
        format!("/my/tasks/{}/pdf", people.invoice),
        format!("/my/secrets/{}/pdf", people.invoice),
        format!("/my/invoices/{}/pdf", Uuid::now_v7()),
        "/my/invoices/x/pdf".to_owned(),
    ] {
        assert_eq!(people.site.get(browser, &wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}
