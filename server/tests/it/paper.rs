//! Documents as PDFs: the real press behind the plain route.

use axum::http::StatusCode;
use uuid::Uuid;

use crate::people::people;

#[tokio::test]
async fn paper_is_shown_or_saved_and_linked_from_the_document() {
    let people = people().await;
    let browser = &people.browsers[1].1;
    let page = format!("/my/invoices/{}", people.invoice);
    let shown = people.site.get(browser, &page).await;
    assert!(shown.body.contains(&format!("{page}/pdf?download")), "{}", shown.body);
    let inline = people.site.get(browser, &format!("{page}/pdf")).await;
    assert_eq!(inline.header("content-type"), "application/pdf");
    assert!(inline.header("content-disposition").starts_with("inline; filename=\"Invoice-INV-1.pdf\""));
    assert!(inline.body.starts_with("%PDF-1.7"));
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
