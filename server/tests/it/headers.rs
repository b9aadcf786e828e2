use axum::http::StatusCode;
use domain::access::StaffRole;

use crate::support::{Browser, Site};

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let site = Site::start().await;
    let staff = site.staff(StaffRole::Administrator).await;
    let nobody = Browser::default();
    for (browser, path) in [
        (&nobody, "/login"),
        (&nobody, "/my"),
        (&nobody, "/nothing-here"),
        (&nobody, "/assets/nothing"),
        (&nobody, "/healthz"),
        (&nobody, "/readyz"),
        (&nobody, "/accept/mangled"),
        (&staff, "/staff/contacts"),
        (&staff, "/staff/contacts/rubbish"),
    ] {
        let answer = site.get(browser, path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert!(answer.header("strict-transport-security").contains("31536000"), "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert!(!answer.header("content-security-policy").contains("unsafe-inline"), "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
    let page = site.get(&staff, "/staff/contacts").await;
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn every_script_bears_the_answers_nonce_and_no_style_is_inline() {
    let site = Site::start().await;
    let staff = site.staff(StaffRole::Administrator).await;
    for (browser, path) in
        [(&Browser::default(), "/login"), (&staff, "/staff/contacts"), (&staff, "/staff/mail")]
    {
        let answer = site.get(browser, path).await;
        assert_eq!(answer.status, StatusCode::OK);
        let policy = answer.header("content-security-policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
        for script in answer.body.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{path}: <script{tag}>");
        }
        assert!(!answer.body.contains(" style="), "{path}");
    }
}

#[tokio::test]
async fn the_set_up_page_is_gone_after_set_up() {
    let site = Site::start().await;
    let nobody = Browser::default();
    let link = services::auth::offer_set_up_link(&site.portico.system("test"))
        .await
        .expect("offers")
        .expect("a link");
    let path = link.strip_prefix(crate::support::PUBLIC_URL).expect("the public address").to_owned();
    assert_eq!(site.get(&nobody, &path).await.status, StatusCode::OK);
    site.staff(StaffRole::Administrator).await;
    assert_eq!(site.get(&nobody, &path).await.status, StatusCode::NOT_FOUND);
    let password = crate::support::PASSWORD;
    let fields =
        [("name", "Eve"), ("email", "eve@x.example"), ("password", password), ("repetition", password)];
    assert_eq!(site.post_form(&nobody, &path, &fields).await.status, StatusCode::NOT_FOUND);
}
