//! Passkeys over HTTP; that they sign in is shown in `services`, and in a browser.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::ids::PasskeyId;
use entities::passkey;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use crate::support::{Answer, Browser, PASSWORD, Site};

const COOKIE: &str = "__Host-portico-passkey";

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.body))
}

async fn ann(site: &Site) -> Browser {
    let acme = site.contact("company", "Acme", None).await;
    let ann = site.contact("person", "Ann", Some(acme)).await;
    site.customer(ann, "ann@acme.example").await
}

/// A passkey of Ann's that no authenticator has.
async fn stored(site: &Site, name: &str) -> PasskeyId {
    let id = Uuid::now_v7();
    let row = passkey::ActiveModel {
        id: Set(id),
        user_id: Set(site.user_id("ann@acme.example").await),
        name: Set(name.to_owned()),
        credential_id: Set(id.to_string()),
        credential: Set("{}".to_owned()),
        created_at: Set(site.clock.now().millis()),
        last_used_at: Set(None),
    };
    passkey::Entity::insert(row).exec_without_returning(site.portico.db.pool()).await.expect("a passkey");
    PasskeyId(id)
}

#[tokio::test]
async fn everybody_is_asked_the_same_and_the_challenge_is_for_one_browser() {
    let site = Site::start().await;
    let customer = ann(&site).await;
    let mut asked = Vec::new();
    for browser in [Browser::default(), Browser::default(), customer] {
        let answer = site.post_form(&browser, "/login/passkey/begin", &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let cookie = answer.cookie(COOKIE);
        for attribute in ["; Path=/", "; Max-Age=300", "; HttpOnly", "; SameSite=Strict", "; Secure"] {
            assert!(cookie.contains(attribute), "{attribute} in {cookie}");
        }
        let mut options = json(&answer);
        let challenge = options["get"]["challenge"].take();
        assert!(challenge.as_str().is_some_and(|text| text.len() >= 43), "256 bits: {challenge}");
        assert_eq!(options["get"]["rpId"], "portal.business.example");
        asked.push((challenge, options));
    }
    assert!(asked.iter().all(|(_, options)| *options == asked[0].1));
    assert!(asked[0].0 != asked[1].0 && asked[1].0 != asked[2].0);
}

#[tokio::test]
async fn an_answer_that_does_not_fit_opens_nothing_and_ends_the_challenge() {
    let site = Site::start().await;
    let begun = site.post_form(&Browser::default(), "/login/passkey/begin", &[]).await.browser();
    for browser in [Browser::default(), begun.clone(), begun] {
        let finish = "/login/passkey/finish?next=/my/invoices";
        let answer = site.post_form(&browser, finish, &[("credential", "{}")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(json(&answer)["problem"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(answer.cookie(COOKIE).contains("Max-Age=0"));
        assert!(answer.cookie("__Host-portico").is_empty(), "no session");
    }
}

#[tokio::test]
async fn other_sites_cannot_ask() {
    let site = Site::start().await;
    let customer = ann(&site).await;
    for path in ["/login/passkey/begin", "/login/passkey/finish", "/my/security/passkeys/begin"] {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://evil.example")
            .body(Body::from("name=Key"));
        assert_eq!(site.send(&customer, request).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn the_list_leads_to_pages_that_rename_and_remove() {
    let site = Site::start().await;
    let customer = ann(&site).await;
    let id = stored(&site, "Work <laptop>").await;
    stored(&site, "Phone").await;
    let page = site.get(&customer, "/my/security").await.body;
    assert!(page.contains(&format!("href=\"/my/security/passkeys/{id}\"")), "{page}");
    assert!(page.contains("Work &lt;laptop") && !page.contains("<laptop"), "{page}");
    let path = format!("/my/security/passkeys/{id}");
    let taken = site.post_form(&customer, &path, &[("do", "rename"), ("name", "phone")]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.body.contains("value=\"phone\"") && taken.body.contains("Another passkey of yours"));
    let renamed = site.post_form(&customer, &path, &[("do", "rename"), ("name", "Tablet")]).await;
    assert_eq!(renamed.header("location"), "/my/security?notice=passkey-renamed");
    assert!(!site.get(&customer, &path).await.body.contains("type=\"password\""), "proved a moment ago");

    site.clock.advance(Duration::minutes(10));
    assert!(site.get(&customer, &path).await.body.contains("type=\"password\""));
    let refused = site.post_form(&customer, &path, &[("do", "remove"), ("password", "wrong-password")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("This is not your password") && refused.body.contains("value=\"Tablet\""));
    let removed = site.post_form(&customer, &path, &[("do", "remove"), ("password", PASSWORD)]).await;
    assert_eq!(removed.header("location"), "/my/security?notice=passkey-removed");
    assert_eq!(site.post_form(&customer, &path, &[("do", "remove")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(&customer, &path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn adding_tells_which_field_is_wrong() {
    let site = Site::start().await;
    let customer = ann(&site).await;
    let begin = "/my/security/passkeys/begin";
    let unnamed = site.post_form(&customer, begin, &[("name", " ")]).await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(json(&unnamed)["errors"][0][0], "name");
    site.clock.advance(Duration::minutes(10));
    assert!(site.get(&customer, "/my/security/passkeys/new").await.body.contains("name=\"password\""));
    let unproven = site.post_form(&customer, begin, &[("name", "Key")]).await;
    assert_eq!(json(&unproven)["errors"][0][0], "password");
    let begun = site.post_form(&customer, begin, &[("name", "Key"), ("password", PASSWORD)]).await;
    assert_eq!(json(&begun)["create"]["authenticatorSelection"]["residentKey"], "required");
}
