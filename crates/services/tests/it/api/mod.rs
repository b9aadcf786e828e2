//! The machine API's use cases: keys, and records by external id.
#![allow(clippy::indexing_slicing, reason = "tests")]

use domain::{
    PageRequest,
    access::StaffRole,
    api::{ApiKeyForm, ApiKeyState},
    documents::{DocumentKind, DocumentRequest},
};
use entities::{api_key, audit_event, document};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Map, Value, json};
use services::{
    ServiceError,
    api::{self, Answered, Saved},
    documents,
};
use time::Duration;

use crate::support::{PASSWORD, Portal, on_each_database};

fn fields(value: Value) -> Map<String, Value> {
    value.as_object().expect("an object").clone()
}

fn pointers(error: ServiceError) -> Vec<String> {
    match error {
        ServiceError::Invalid(errors) => errors.iter().map(|(field, _)| field.to_owned()).collect(),
        other => panic!("not about fields: {other:?}"),
    }
}

async fn actions(portal: &Portal) -> Vec<(String, String)> {
    let found = audit_event::Entity::find().order_by_asc(audit_event::Column::Id);
    let found = found.all(portal.portico.db.pool()).await.expect("reads");
    found.into_iter().map(|event| (event.action, event.actor)).collect()
}

#[test]
fn a_key_is_shown_once_kept_as_a_hash_and_ends() {
    on_each_database(|portal| async move {
        let staff = portal.staff(StaffRole::Administrator).await;
        let form = ApiKeyForm {
            name: " ERP ".into(),
            scopes: vec!["contacts:read".into(), "nonsense".into()],
            until: "2026-11-30".into(),
        };
        let made = api::create_key(&staff, &form, Some(PASSWORD)).await.expect("a key");
        assert!(made.secret.starts_with("ptk_") && made.secret.len() > 40);
        let row = api_key::Entity::find().one(portal.portico.db.pool()).await.expect("reads").expect("a row");
        assert_eq!((row.name.as_str(), row.scopes.as_str()), ("ERP", "contacts:read"));
        assert!(!row.hash.contains(&made.secret) && made.secret.starts_with(&row.hint));
        let cx = api::enter_key(&portal.anonymous(), &made.secret).await.expect("enters").cx;
        api::list_contacts(&cx, None, 10).await.expect("lists");
        let listed = api::list_keys(&staff).await.expect("lists").keys;
        assert!(listed[0].last_used.is_some() && listed[0].state == ApiKeyState::Active);
        portal.clock.advance(Duration::days(30));
        let expired = api::enter_key(&portal.anonymous(), &made.secret).await;
        assert!(matches!(expired, Err(ServiceError::Unauthenticated)), "{expired:?}");
    });
}

#[test]
fn a_revoked_key_opens_nothing() {
    on_each_database(|portal| async move {
        let staff = portal.staff(StaffRole::Administrator).await;
        let form = ApiKeyForm { name: "ERP".into(), scopes: vec!["files:read".into()], until: String::new() };
        let made = api::create_key(&staff, &form, Some(PASSWORD)).await.expect("a key");
        api::revoke_key(&staff, made.id).await.expect("revokes");
        api::revoke_key(&staff, made.id).await.expect("stays revoked");
        for secret in [made.secret.as_str(), "ptk_", "", "ptk_wrong"] {
            let entered = api::enter_key(&portal.anonymous(), secret).await;
            assert!(matches!(entered, Err(ServiceError::Unauthenticated)), "{entered:?}");
        }
        let told: Vec<String> = actions(&portal).await.into_iter().map(|(action, _)| action).collect();
        assert_eq!(told.iter().filter(|action| *action == "api_key.revoked").count(), 1, "{told:?}");
    });
}

#[test]
fn a_key_needs_a_name_scopes_a_day_to_come_and_the_password() {
    on_each_database(|portal| async move {
        let staff = portal.staff(StaffRole::Administrator).await;
        let bad = ApiKeyForm { until: "2020-01-01".into(), ..ApiKeyForm::default() };
        let error = api::create_key(&staff, &bad, None).await.expect_err("is refused");
        assert_eq!(pointers(error), ["name", "scopes", "until"]);
        let good = ApiKeyForm { name: "ERP".into(), scopes: vec!["files:read".into()], until: String::new() };
        portal.clock.advance(Duration::minutes(11));
        for password in [None, Some("wrong")] {
            let error = api::create_key(&staff, &good, password).await.expect_err("asks for the password");
            assert_eq!(pointers(error), ["password"]);
        }
        let manager = portal.staff(StaffRole::ContactManager).await;
        let refused = api::create_key(&manager, &good, Some(PASSWORD)).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)));
    });
}

#[test]
fn records_are_found_again_by_their_external_ids() {
    on_each_database(|portal| async move {
        let all = ["contacts:read", "contacts:write", "documents:read", "documents:write"];
        let cx = portal.program(&all).await;
        let acme = fields(json!({ "name": "Acme", "kind": "company", "city": "Ulm" }));
        let save = async |id: &str, sent: &Map<String, Value>| {
            api::save_contact(&cx, id, sent).await.expect("saves")
        };
        assert_eq!(save("acme", &acme).await, Saved::Created);
        assert_eq!(save("acme", &acme).await, Saved::Unchanged);
        let ann = fields(json!({ "name": "Ann", "parent": "acme", "email": "ann@acme.example" }));
        assert_eq!(save("ann", &ann).await, Saved::Created);
        assert_eq!(save("acme", &fields(json!({ "name": "Acme Ltd" }))).await, Saved::Changed);
        let told = api::get_contact(&cx, "acme").await.expect("a contact");
        assert_eq!((&told["name"], &told["city"]), (&json!("Acme Ltd"), &json!("Ulm")));
        assert_eq!(api::get_contact(&cx, "ann").await.expect("a contact")["parent"], "acme");
        let lost = fields(json!({ "name": "Bob", "parent": "nobody" }));
        assert_eq!(
            pointers(api::save_contact(&cx, "bob", &lost).await.expect_err("is refused")),
            ["/parent"]
        );
        assert!(matches!(api::get_contact(&cx, "bob").await, Err(ServiceError::NotFound)));

        let invoice = fields(json!({
            "contact": "ann", "number": "INV/1", "state": "posted", "published": true, "currency": "EUR",
            "dated_on": "2026-11-22", "lines": [{ "description": "Bolts", "quantity": 2, "price": 10.5 }],
        }));
        let kind = DocumentKind::Invoice;
        for expected in [Saved::Created, Saved::Unchanged] {
            assert_eq!(api::save_document(&cx, kind, "i1", &invoice).await.expect("saves"), expected);
        }
        let told = api::get_document(&cx, kind, "i1").await.expect("a document");
        assert_eq!((&told["contact"], &told["total_minor"]), (&json!("ann"), &json!(2_100)));
        assert_eq!(told["lines"][0]["price"], "10.50");
        let other = api::get_document(&cx, DocumentKind::Sale, "i1").await;
        assert!(matches!(other, Err(ServiceError::NotFound)));
        let ann = portal.imported("ann").await;
        let ann = portal.customer(ann, "ann@acme.example").await;
        let seen = DocumentRequest { kind, filter: Default::default(), page: PageRequest::default() };
        assert_eq!(documents::list_documents(&ann, &seen).await.expect("a list").page.items.len(), 1);

        let actor = "API key “ERP” (ptk_test…)".to_owned();
        let told = actions(&portal).await;
        for action in ["contact.created", "contact.changed", "document.created_by_api"] {
            assert!(told.contains(&(action.to_owned(), actor.clone())), "{action}: {told:?}");
        }
    });
}

#[test]
fn every_kind_of_document_comes_in_and_is_read_back() {
    on_each_database(|portal| async move {
        let cx = portal.program(&["documents:read", "documents:write"]).await;
        for kind in DocumentKind::ALL {
            let mut sent = Map::new();
            for field in api::document_fields(kind) {
                let value = match (&field.control, field.name.as_str()) {
                    (domain::form::Control::Select(options), _) => options[0].0.clone(),
                    (domain::form::Control::Date, _) => "2026-11-22".to_owned(),
                    (_, "currency") => "EUR".to_owned(),
                    (
                        _,
                        "tax" | "untaxed" | "paid" | "expected_revenue" | "probability" | "allocated"
                        | "spent",
                    ) => "0".to_owned(),
                    _ => "Text".to_owned(),
                };
                sent.insert(field.name, json!(value));
            }
            let saved = api::save_document(&cx, kind, "x", &sent).await;
            assert_eq!(saved.unwrap_or_else(|error| panic!("{kind:?}: {error:?}")), Saved::Created);
            let told = api::get_document(&cx, kind, "x").await.expect("a document");
            assert_eq!(told["state"], sent["state"], "{kind:?}");
            let list = api::list_documents(&cx, kind, None, 10).await.expect("a list");
            assert_eq!(list["items"].as_array().map(Vec::len), Some(1), "{kind:?}");
        }
        let odd = fields(json!({ "title": "x", "state": "open", "project": "nobody", "rocket": 1 }));
        let wrong = api::save_document(&cx, DocumentKind::Task, "t", &odd);
        assert!(pointers(wrong.await.expect_err("is refused")).contains(&"/rocket".to_owned()));
    });
}

#[test]
fn two_at_once_make_one() {
    on_each_database(|portal| async move {
        let cx = portal.program(&["documents:write", "contacts:write"]).await;
        let sent = fields(json!({ "title": "Website", "state": "open" }));
        let saves = (0..20).map(|_| {
            let (cx, sent) = (cx.clone(), sent.clone());
            tokio::spawn(async move { api::save_document(&cx, DocumentKind::Project, "p1", &sent).await })
        });
        let mut created = 0;
        for save in saves.collect::<Vec<_>>() {
            created += usize::from(save.await.expect("runs").expect("saves") == Saved::Created);
        }
        let stored = document::Entity::find().filter(document::Column::ExternalId.eq("p1"));
        assert_eq!((created, stored.count(portal.portico.db.pool()).await.expect("counts")), (1, 1));
    });
}

#[test]
fn pages_follow_each_other_without_gaps() {
    on_each_database(|portal| async move {
        let cx = portal.program(&["contacts:read", "contacts:write"]).await;
        for number in 0..7 {
            let sent = fields(json!({ "name": format!("C{number}") }));
            api::save_contact(&cx, &format!("c{number}"), &sent).await.expect("saves");
        }
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let page = api::list_contacts(&cx, after, 3).await.expect("a page");
            let items = page["items"].as_array().expect("items").clone();
            seen.extend(items.iter().map(|item| item["external_id"].as_str().expect("an id").to_owned()));
            after = page["next"].as_str().map(|next| next.parse().expect("a cursor"));
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["c0", "c1", "c2", "c3", "c4", "c5", "c6"]);
    });
}

#[test]
fn an_idempotency_key_stands_for_one_request() {
    on_each_database(|portal| async move {
        let cx = portal.program(&["contacts:write"]).await;
        let begin = async |hash: &str| api::begin_answer(&cx, "k1", hash).await.expect("begins");
        assert_eq!(begin("a").await, Answered::New);
        assert_eq!(begin("a").await, Answered::Running);
        api::finish_answer(&cx, "k1", 201, "{}").await.expect("keeps");
        assert_eq!(begin("a").await, Answered::Done { status: 201, body: "{}".into() });
        assert_eq!(begin("b").await, Answered::Other);
        let other = portal.program(&["contacts:write"]).await;
        assert_eq!(api::begin_answer(&other, "k1", "b").await.expect("begins"), Answered::New);
        portal.clock.advance(Duration::minutes(3));
        assert_eq!(api::begin_answer(&other, "k1", "b").await.expect("begins"), Answered::New, "cut off");
        portal.clock.advance(Duration::hours(25));
        api::sweep_answers(&portal.system()).await.expect("sweeps");
        assert_eq!(begin("b").await, Answered::New);
    });
}
