//! One's own sessions and data over HTTP: what is ended is out at the next request, and what is taken along is a file.

use axum::http::StatusCode;
use time::Duration;

use crate::support::{PASSWORD, Site};

#[tokio::test]
async fn ending_all_others_logs_the_other_browser_out_at_its_next_request() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let first = site.customer(acme, "ann@acme.example").await;
    let second = site.sign_in("ann@acme.example", PASSWORD).await;
    assert_eq!(site.get(&first, "/my").await.status, StatusCode::OK);
    let page = site.get(&second, "/my/security").await;
    assert!(
        page.body.contains("This device") && page.body.contains("End all other sessions"),
        "{}",
        page.body
    );
    let ended = site.post_form(&second, "/my/security/sessions", &[("do", "end-others")]).await;
    assert_eq!(ended.header("location"), "/my/security?done=sessions-ended#sessions");
    let out = site.get(&first, "/my").await;
    assert!(out.header("location").starts_with("/login?notice=ended"), "{}", out.header("location"));
    let told = site.get(&second, "/my/security?done=sessions-ended").await;
    assert!(told.body.contains("All other sessions have ended") && !told.body.contains("End all other"));
}

#[tokio::test]
async fn an_export_is_a_file_that_nobody_keeps() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let browser = site.customer(acme, "ann@acme.example").await;
    let file = site.post_form(&browser, "/my/privacy/export", &[]).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-type"), "application/zip");
    assert_eq!(file.header("cache-control"), "no-store");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"rivet-works-data-2026-11-22.zip\""
    );
    assert!(file.body.starts_with("PK") && file.body.contains("data.json"));
    // Only a form of ours gets it.
    assert_eq!(site.get(&browser, "/my/privacy/export").await.status, StatusCode::METHOD_NOT_ALLOWED);

    site.clock.advance(Duration::minutes(11));
    assert!(site.get(&browser, "/my/privacy").await.body.contains("name=\"password\""));
    let refused = site.post_form(&browser, "/my/privacy/export", &[("password", "wrong")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("not your password") && !refused.body.contains("value=\"wrong\""));
    let file = site.post_form(&browser, "/my/privacy/export", &[("password", PASSWORD)]).await;
    assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "application/zip"));
}

#[tokio::test]
async fn closing_takes_the_cookie_and_everything_else() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let browser = site.customer(acme, "ann@acme.example").await;
    let other = site.sign_in("ann@acme.example", PASSWORD).await;
    let wrong = site
        .post_form(&browser, "/my/privacy/close", &[("login", "bob@acme.example"), ("password", PASSWORD)])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"bob@acme.example\"") && !wrong.body.contains(PASSWORD));
    let closed = site
        .post_form(&browser, "/my/privacy/close", &[("login", "ann@acme.example"), ("password", PASSWORD)])
        .await;
    assert_eq!(closed.header("location"), "/login?notice=account-closed");
    assert!(closed.cookie("__Host-portico").contains("Max-Age=0"), "{:?}", closed.cookies());
    for browser in [&browser, &other] {
        assert_eq!(site.get(browser, "/my").await.status, StatusCode::SEE_OTHER);
    }
    let told = site.get(&closed.browser_of(&browser), "/login?notice=account-closed").await;
    assert!(told.body.contains("Your account is closed"));
    let again =
        site.post_form(&other, "/login", &[("email", "ann@acme.example"), ("password", PASSWORD)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}
