use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::access::StaffRole;

use crate::support::{Browser, PUBLIC_URL, Site};

const FORM: &str = "application/x-www-form-urlencoded";

fn form(path: &str) -> axum::http::request::Builder {
    Request::post(path).header(header::HOST, "portal.business.example").header(header::CONTENT_TYPE, FORM)
}

async fn contacts(site: &Site, staff: &Browser) -> usize {
    let answer =
        site.call(staff, "/fn/staff/contacts/list_contacts", &serde_json::json!({ "filter": {} })).await;
    answer.body.matches("\"id\"").count()
}

#[tokio::test]
async fn nothing_changes_on_another_sites_behalf() {
    let site = Site::start().await;
    let staff = site.staff(StaffRole::Administrator).await;
    let body = || Body::from("name=Evil&kind=person");
    let path = "/staff/contacts/new";
    let bad = [
        form(path).header("sec-fetch-site", "cross-site").header(header::ORIGIN, "https://evil.example"),
        form(path)
            .header("sec-fetch-site", "same-site")
            .header(header::ORIGIN, "https://sub.business.example"),
        form(path).header(header::ORIGIN, "https://evil.example"),
        form(path).header(header::ORIGIN, "null"),
        form(path),
    ];
    for request in bad {
        let answer = site.send(&staff, request.body(body())).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
    }
    assert_eq!(contacts(&site, &staff).await, 0);
    let good =
        [form(path).header("sec-fetch-site", "same-origin"), form(path).header(header::ORIGIN, PUBLIC_URL)];
    for request in good {
        assert_eq!(site.send(&staff, request.body(body())).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(contacts(&site, &staff).await, 2);
}

#[tokio::test]
async fn server_functions_take_json_only_and_never_redirect_elsewhere() {
    let site = Site::start().await;
    let staff = site.staff(StaffRole::Administrator).await;
    for kind in [FORM, "text/plain", "multipart/form-data; boundary=x", "TEXT/PLAIN", "application/jsonx"] {
        let request = Request::post("/fn/staff/contacts/list_contacts")
            .header(header::CONTENT_TYPE, kind)
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, "https://evil.example/x")
            .body(Body::from("{\"filter\":{}}"));
        let answer = site.send(&staff, request).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        assert_eq!(answer.header("location"), "");
    }
    let request = Request::post("/fn/staff/contacts/list_contacts")
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "text/html")
        .header(header::REFERER, "https://evil.example/x")
        .body(Body::from("{\"filter\":{}}"));
    let answer = site.send(&staff, request).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::OK, ""));
}

#[tokio::test]
async fn state_never_changes_by_get() {
    let site = Site::start().await;
    let staff = site.staff(StaffRole::Administrator).await;
    for path in server_fn::axum::server_fn_paths().map(|(path, _)| path) {
        let answer = site.get(&staff, path).await;
        assert!(!answer.status.is_success(), "GET {path} answered {}", answer.status);
    }
}
