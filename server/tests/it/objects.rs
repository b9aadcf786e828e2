//! A document of every kind of owner, opened by its key in every scope: what is not theirs and what does not
//! exist are one answer, byte for byte.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use uuid::Uuid;

use crate::support::{Answer, Browser, Site, invoice};

/// The answer without what differs between any two answers: the key that was asked for, the nonce, the time
/// and the request's id.
fn bare(answer: &Answer, asked: Uuid) -> (StatusCode, BTreeMap<String, String>, String) {
    let policy = answer.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default();
    let request = answer.header("x-request-id");
    let blank = |text: &str| {
        let mut text = text.replace(&asked.to_string(), "KEY");
        for differing in [nonce, request] {
            if !differing.is_empty() {
                text = text.replace(differing, "");
            }
        }
        text
    };
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| (name.to_string(), blank(value.to_str().unwrap_or_default())))
        .collect();
    (answer.status, headers, blank(&answer.body))
}

#[tokio::test]
async fn each_scope_opens_its_documents_and_no_other() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let zeta = site.contact("company", "Zeta", None).await;
    let lisbon = site.contact("company", "Acme Lisbon", Some(acme)).await;
    let ann = site.contact("person", "Ann", Some(acme)).await;
    let bob = site.contact("person", "Bob", Some(acme)).await;
    let sue = site.contact("person", "Sue", Some(lisbon)).await;
    let zoe = site.contact("person", "Zoe", Some(zeta)).await;
    let own = invoice(&site, ann, acme).await;
    let colleague = invoice(&site, bob, acme).await;
    let child = invoice(&site, sue, lisbon).await;
    let other = invoice(&site, zoe, zeta).await;
    let missing = Uuid::now_v7();
    let browser = site.customer(ann, "ann@acme.example").await;

    let scopes: [(&str, &[Uuid]); 4] = [
        ("limited", &[own]),
        ("standard", &[own, colleague]),
        ("company_admin", &[own, colleague, child]),
        ("none", &[]),
    ];
    for (group, theirs) in scopes {
        site.regroup(ann, group).await;
        let nothing = bare(&page(&site, &browser, missing).await, missing);
        let no_data = bare(&data(&site, &browser, missing).await, missing);
        assert_eq!((nothing.0, no_data.0), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{group}");
        for (whose, id) in [("own", own), ("colleague", colleague), ("child", child), ("other", other)] {
            let (page, data) = (page(&site, &browser, id).await, data(&site, &browser, id).await);
            if theirs.contains(&id) {
                assert_eq!((page.status, data.status), (StatusCode::OK, StatusCode::OK), "{whose}, {group}");
            } else {
                assert_eq!(bare(&page, id), nothing, "the page: {whose}, {group}");
                assert_eq!(bare(&data, id), no_data, "the data: {whose}, {group}");
            }
        }
    }
}

async fn page(site: &Site, browser: &Browser, id: Uuid) -> Answer {
    site.get(browser, &format!("/my/invoices/{id}")).await
}

async fn data(site: &Site, browser: &Browser, id: Uuid) -> Answer {
    let body = serde_json::json!({ "kind": "Invoice", "id": id });
    site.call(browser, "/fn/my/documents/get_document", &body).await
}
