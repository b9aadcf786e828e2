//! The machine API over HTTP.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use entities::api_key;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use server::router::OPERATIONS;
use time::Duration;
use uuid::Uuid;

use crate::{
    people::people,
    support::{Answer, Browser, Site},
};

const EVERYTHING: &str = "contacts:read contacts:write documents:read documents:write files:read files:write";

/// Makes a key; answers its secret.
async fn key(site: &Site, scopes: &str, expires_at: Option<i64>, revoked_at: Option<i64>) -> String {
    let secret = format!("ptk_{}", Uuid::now_v7());
    let row = api_key::ActiveModel {
        id: Set(Uuid::now_v7()),
        name: Set("ERP".into()),
        hint: Set("ptk_test".into()),
        hash: Set(services::hash_secret(&secret)),
        scopes: Set(scopes.into()),
        created_by: Set("Tess".into()),
        created_at: Set(site.clock.now().millis()),
        expires_at: Set(expires_at),
        last_used_at: Set(None),
        revoked_at: Set(revoked_at),
    };
    api_key::Entity::insert(row).exec_without_returning(site.portico.db.pool()).await.expect("a key");
    secret
}

async fn ask(
    site: &Site,
    method: &str,
    path: &str,
    secret: &str,
    body: &str,
    more: &[(&str, &str)],
) -> Answer {
    let mut request = Request::builder()
        .method(Method::from_bytes(method.as_bytes()).expect("a method"))
        .uri(format!("/api/v1{path}"));
    if !secret.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {secret}"));
    }
    if !more.iter().any(|(name, _)| *name == "content-type") {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    site.send(&Browser::default(), request.body(Body::from(body.to_owned()))).await
}

fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.body))
}

/// The address and body of an operation.
fn example(path: &str) -> (String, String) {
    let path = path.replace("{kind}", "invoices").replace("{external_id}", "x1");
    let body = if path.ends_with("/bulk") { json!({ "items": [] }) } else { json!({}) };
    (path, body.to_string())
}

#[tokio::test]
async fn every_operation_wants_a_key_for_it_and_no_cookie_opens_it() {
    let people = people().await;
    let site = &people.site;
    let now = site.clock.now().millis();
    let revoked = key(site, EVERYTHING, None, Some(now)).await;
    let expired = key(site, EVERYTHING, Some(now), None).await;
    let all = key(site, EVERYTHING, None, None).await;
    for operation in OPERATIONS {
        let Some(scope) = operation.scope else { continue };
        let (path, body) = example(operation.path);
        let others: Vec<&str> = EVERYTHING.split(' ').filter(|code| *code != scope.code()).collect();
        let others = key(site, &others.join(" "), None, None).await;
        let only = key(site, scope.code(), None, None).await;
        for (secret, expected) in [
            ("", StatusCode::UNAUTHORIZED),
            ("ptk_wrong", StatusCode::UNAUTHORIZED),
            (&revoked, StatusCode::UNAUTHORIZED),
            (&expired, StatusCode::UNAUTHORIZED),
            (&others, StatusCode::FORBIDDEN),
        ] {
            let answer = ask(site, operation.method, &path, secret, &body, &[]).await;
            assert_eq!(answer.status, expected, "{} {path}: {}", operation.method, answer.body);
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert!(!answer.header("x-request-id").is_empty() && answer.cookies().is_empty());
        }
        for secret in [&all, &only] {
            let answer = ask(site, operation.method, &path, secret, &body, &[]).await;
            let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
            assert!(
                !refused.contains(&answer.status) && !answer.status.is_server_error(),
                "{path}: {}",
                answer.body
            );
        }
        for (who, browser) in &people.browsers {
            let request = Request::builder()
                .method(operation.method)
                .uri(format!("/api/v1{path}"))
                .header(header::CONTENT_TYPE, "application/json")
                .header("sec-fetch-site", "same-origin")
                .body(Body::from(body.clone()));
            let answer = site.send(browser, request).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path} with the cookie of {who:?}");
        }
    }
}

#[tokio::test]
async fn a_key_opens_no_page() {
    let site = Site::start().await;
    let secret = key(&site, EVERYTHING, None, None).await;
    let request = Request::get("/staff/contacts").header(header::AUTHORIZATION, format!("Bearer {secret}"));
    let answer = site.send(&Browser::default(), request.body(Body::empty())).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn records_go_in_one_by_one_and_many_at_once() {
    let site = Site::start().await;
    let secret = key(&site, EVERYTHING, None, None).await;
    let acme = json!({ "name": "Acme", "kind": "company" }).to_string();
    let made = ask(&site, "PUT", "/contacts/acme", &secret, &acme, &[]).await;
    assert_eq!((made.status, read(&made)["result"].clone()), (StatusCode::CREATED, json!("created")));
    let again = ask(&site, "PUT", "/contacts/acme", &secret, &acme, &[]).await;
    assert_eq!((again.status, read(&again)["result"].clone()), (StatusCode::OK, json!("unchanged")));
    let many = json!({ "items": [
        { "external_id": "ann", "name": "Ann", "parent": "acme" },
        { "external_id": "bob", "name": "Bob", "email": "bob@" },
        { "name": "Nobody" },
        7,
        { "external_id": "cay", "name": "Cay", "parent": "acme" },
    ] });
    let answer = ask(&site, "POST", "/contacts/bulk", &secret, &many.to_string(), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let results = read(&answer)["results"].clone();
    let statuses: Vec<_> =
        results.as_array().expect("results").iter().map(|one| one["status"].clone()).collect();
    assert_eq!(statuses, [201, 422, 422, 422, 201]);
    assert_eq!(results[1]["errors"][0]["pointer"], "/email");
    let list = ask(&site, "GET", "/contacts?limit=2", &secret, "", &[]).await;
    let list = read(&list);
    let next = list["next"].as_str().expect("a cursor");
    let rest = ask(&site, "GET", &format!("/contacts?cursor={next}"), &secret, "", &[]).await;
    assert_eq!(
        (list["items"][0]["external_id"].clone(), read(&rest)["items"][0]["external_id"].clone()),
        (json!("acme"), json!("cay"))
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_without_internals() {
    let site = Site::start().await;
    let secret = key(&site, EVERYTHING, None, None).await;
    let long = "x".repeat(300);
    for (method, path, body, status) in [
        ("PUT", "/contacts/x", "{", 400),
        ("PUT", "/contacts/x", "[]", 422),
        ("PUT", "/contacts/x", r#"{"name":"A\u0000"}"#, 422),
        ("PUT", "/contacts/%00", r#"{"name":"A"}"#, 422),
        ("PUT", "/contacts/%FF", r#"{"name":"A"}"#, 400),
        ("PUT", &format!("/contacts/{long}"), r#"{"name":"A"}"#, 422),
        ("GET", &format!("/contacts/{long}"), "", 404),
        ("GET", "/contacts/none", "", 404),
        ("GET", "/contacts?limit=0", "", 400),
        ("GET", "/contacts?cursor=x", "", 400),
        ("GET", "/contacts?limit=1&limit=2", "", 400),
        ("PUT", "/contacts/x", &" ".repeat(5 * 1024 * 1024), 413),
        ("DELETE", "/contacts/x", "", 405),
        ("GET", "/documents/secrets", "", 404),
        ("GET", "/rockets", "", 404),
        ("POST", "/contacts/bulk", r#"{"things":[]}"#, 422),
        ("PUT", "/documents/invoices/x", r#"{"state":"posted","type":"rocket"}"#, 422),
        ("GET", "/documents/tasks/x/file", "", 404),
        ("GET", "/documents/invoices/x/file", "", 404),
    ] {
        let answer = ask(&site, method, path, &secret, body, &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path} {body}: {}", answer.body);
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{method} {path}: {}",
            answer.body
        );
        assert_eq!(read(&answer)["status"], status);
    }
    let text = ask(&site, "PUT", "/contacts/x", &secret, "{}", &[("content-type", "text/plain")]).await;
    assert_eq!(text.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn the_same_request_twice_is_answered_the_same() {
    let site = Site::start().await;
    let secret = key(&site, EVERYTHING, None, None).await;
    let key = [("idempotency-key", "k-1")];
    let body = r#"{"name":"Acme"}"#;
    let first = ask(&site, "PUT", "/contacts/a", &secret, body, &key).await;
    let second = ask(&site, "PUT", "/contacts/a", &secret, body, &key).await;
    assert_eq!((first.status, &first.body), (second.status, &second.body));
    assert_eq!(second.header("idempotent-replayed"), "true");
    let other = ask(&site, "PUT", "/contacts/a", &secret, r#"{"name":"Bolt"}"#, &key).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let elsewhere = ask(&site, "PUT", "/contacts/b", &secret, body, &key).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn too_many_requests_wait() {
    let site = Site::start().await;
    let secret = key(&site, EVERYTHING, None, None).await;
    let mut last = ask(&site, "GET", "/contacts", &secret, "", &[]).await;
    for _ in 0..120 {
        last = ask(&site, "GET", "/contacts", &secret, "", &[]).await;
    }
    assert_eq!((last.status, last.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "1"));
    site.clock.advance(Duration::seconds(1));
    assert_eq!(ask(&site, "GET", "/contacts", &secret, "", &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_file_goes_in_and_comes_back() {
    let site = Site::start().await;
    let secret = key(&site, EVERYTHING, None, None).await;
    let invoice =
        json!({ "number": "INV/9", "state": "posted", "lines": [{ "description": "Bolts", "price": 5 }] });
    let made = ask(&site, "PUT", "/documents/invoices/i9", &secret, &invoice.to_string(), &[]).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let printed = ask(&site, "GET", "/documents/invoices/i9/file", &secret, "", &[]).await;
    assert_eq!(printed.header("content-type"), "application/pdf");
    assert!(printed.body.starts_with("%PDF-"));
    let pdf = [("content-type", "application/pdf")];
    let broken = ask(&site, "PUT", "/documents/invoices/i9/file", &secret, "<html>", &pdf).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = ask(&site, "PUT", "/documents/invoices/i9/file", &secret, "x", &[]).await;
    assert_eq!(wrong.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn the_description_names_every_operation_and_only_those() {
    let site = Site::start().await;
    let answer = ask(&site, "GET", "/openapi.json", "", "", &[]).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"));
    let described = read(&answer);
    let paths = described["paths"].as_object().expect("paths");
    for operation in OPERATIONS.iter().filter(|operation| operation.scope.is_some()) {
        let path = operation.path.replace("{kind}", "invoices");
        let method = operation.method.to_lowercase();
        let told = &paths[&path][&method]["description"];
        let scope = operation.scope.expect("a scope").code();
        assert_eq!(told, &json!(format!("Needs {scope}.")), "{method} {path}");
    }
    // Each that is described is there: without a key, it is asked for one.
    for (path, methods) in paths {
        for method in methods.as_object().expect("methods").keys() {
            let path = path.replace("{external_id}", "x");
            let asked = ask(&site, &method.to_uppercase(), &path, "", "{}", &[]).await;
            assert_eq!(asked.status, StatusCode::UNAUTHORIZED, "{method} {path}");
        }
    }
}
