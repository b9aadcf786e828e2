//! Every server function and every page, as every kind of person. What is not listed here fails the test.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::people::{
    ADMINISTRATORS, ALL_STAFF, CUSTOMERS, EVERYBODY, HOLDERS, IN_PORTAL, MANAGERS, OF_ACME, OF_ADDRESSES,
    People, SEES_MEMBERS, SIGNED_OUT,
    Who::{self, *},
    people,
};

/// Path, a body that is right for somebody allowed, and who that is.
pub fn functions(people: &People) -> Vec<(&'static str, Value, &'static [Who])> {
    let contact = &people.contact;
    let row = json!({ "contact": contact, "email": "x", "change": "UndoRevoke" });
    let form = json!({ "name": "New", "kind": "person" });
    vec![
        ("/fn/staff/contacts/list_contacts", json!({ "filter": {} }), ALL_STAFF),
        ("/fn/staff/contacts/get_contact", json!({ "id": contact }), ALL_STAFF),
        ("/fn/staff/contacts/list_companies", json!({}), MANAGERS),
        ("/fn/staff/contacts/save_contact", json!({ "id": null, "form": form }), MANAGERS),
        ("/fn/staff/contacts/archive_contact", json!({ "id": contact, "archive": false }), MANAGERS),
        ("/fn/staff/access/list_grant_rows", json!({ "contacts": [contact] }), MANAGERS),
        ("/fn/staff/access/check_emails", json!({ "typed": [[contact, "x@acme.example"]] }), MANAGERS),
        ("/fn/staff/access/change_access", json!({ "rows": [row], "message": "" }), MANAGERS),
        ("/fn/staff/access/list_group_choices", json!({}), MANAGERS),
        ("/fn/staff/access/get_new_portal_user", json!({ "customer": contact, "chosen": null }), MANAGERS),
        ("/fn/staff/access/get_portal_user", json!({ "contact": people.ann }), MANAGERS),
        ("/fn/staff/access/list_bulk_rows", json!({ "targets": { "These": [contact] } }), MANAGERS),
        ("/fn/my/access/list_members", json!({}), SEES_MEMBERS),
        ("/fn/my/access/list_companies", json!({}), CUSTOMERS),
        ("/fn/my/documents/get_home", json!({}), IN_PORTAL),
        ("/fn/my/documents/list_documents", json!({ "request": { "kind": "Invoice" } }), IN_PORTAL),
        ("/fn/my/documents/get_document", json!({ "kind": "Invoice", "id": people.invoice }), OF_ACME),
        ("/fn/staff/groups/list_groups", json!({}), ADMINISTRATORS),
        ("/fn/staff/groups/get_group", json!({ "id": people.group }), ADMINISTRATORS),
        ("/fn/staff/import/get_import_status", json!({ "id": Uuid::now_v7() }), &[]),
        ("/fn/staff/import/list_imports", json!({}), ADMINISTRATORS),
        ("/fn/staff/mail/list_mail", json!({ "request": { "state": null, "page": {} } }), ADMINISTRATORS),
        ("/fn/staff/audit/list_events", json!({ "filter": {} }), MANAGERS),
        ("/fn/my/audit/list_access_log", json!({ "page": {} }), &[CompanyAdmin, Viewing]),
        ("/fn/staff/settings/get_general", json!({}), ADMINISTRATORS),
        ("/fn/staff/settings/get_mail_template", json!({ "kind": "invitation" }), ADMINISTRATORS),
        ("/fn/staff/users/list_users", json!({ "filter": {} }), ADMINISTRATORS),
        ("/fn/staff/users/get_user", json!({ "id": people.user }), ADMINISTRATORS),
        ("/fn/staff/users/list_contact_logins", json!({ "contact": contact }), MANAGERS),
        ("/fn/staff/explain/explain_access", json!({ "id": contact, "question": {} }), MANAGERS),
        ("/fn/my/explain/explain_member_access", json!({ "question": {} }), SEES_MEMBERS),
        ("/fn/staff/view_as/list_view_choices", json!({ "id": contact }), MANAGERS),
        ("/fn/account/get_security", json!({}), HOLDERS),
        ("/fn/account/begin_enrolment", json!({ "password": "" }), HOLDERS),
        ("/fn/account/finish_enrolment", json!({ "code": "" }), HOLDERS),
        ("/fn/account/password_strength", json!({ "password": "x" }), HOLDERS),
        ("/fn/my/account/get_details", json!({ "country": "", "address": "Recorded" }), CUSTOMERS),
        ("/fn/my/addresses/list_addresses", json!({}), OF_ADDRESSES),
        ("/fn/my/addresses/get_address", json!({ "id": null, "country": "" }), CUSTOMERS),
        ("/fn/account/list_sessions", json!({}), HOLDERS),
        ("/fn/account/get_privacy", json!({}), CUSTOMERS),
        ("/fn/account/get_closing", json!({}), CUSTOMERS),
    ]
}

/// What sets a second factor up is for those, too, who are held at the door until they have; what is typed here is
/// refused, so that everybody stays as they are.
const SETS_UP: [&str; 2] = ["/fn/account/begin_enrolment", "/fn/account/finish_enrolment"];

/// Path as the router has it, path to ask for, and who sees the page.
fn pages(people: &People) -> Vec<(&'static str, String, &'static [Who])> {
    let contact = &people.contact;
    let fixed = |path: &'static str, who: &'static [Who]| (path, path.to_owned(), who);
    let nobody = Uuid::now_v7();
    vec![
        fixed("/login", &[Anonymous, Revoked, Expired, Halfway, Enrolling, Visitor]),
        fixed("/login/two-factor", &[Halfway]),
        fixed("/login/recovery", &[Halfway]),
        fixed("/login/enrol", &[Enrolling]),
        fixed("/reset", &EVERYBODY),
        fixed("/logout", &EVERYBODY),
        fixed("/my", IN_PORTAL),
        fixed("/my/members", SEES_MEMBERS),
        fixed("/my/companies", CUSTOMERS),
        fixed("/my/security", CUSTOMERS),
        fixed("/my/account", CUSTOMERS),
        fixed("/my/addresses", OF_ADDRESSES),
        fixed("/my/addresses/new", CUSTOMERS),
        ("/my/addresses/{id}", format!("/my/addresses/{}", people.address), &[Customer, CompanyAdmin]),
        fixed("/my/privacy", CUSTOMERS),
        fixed("/my/privacy/close", CUSTOMERS),
        fixed("/staff/security", ALL_STAFF),
        fixed("/my/security/two-factor", CUSTOMERS),
        fixed("/staff/security/two-factor", ALL_STAFF),
        fixed("/my/security/password", CUSTOMERS),
        fixed("/staff/security/password", ALL_STAFF),
        fixed("/my/security/passkeys/new", CUSTOMERS),
        fixed("/staff/security/passkeys/new", ALL_STAFF),
        ("/my/security/passkeys/{id}", format!("/my/security/passkeys/{nobody}"), &[]),
        ("/staff/security/passkeys/{id}", format!("/staff/security/passkeys/{nobody}"), &[]),
        ("/my/{kind}", "/my/invoices".to_owned(), IN_PORTAL),
        ("/my/{kind}/{id}", format!("/my/invoices/{}", people.invoice), OF_ACME),
        fixed("/staff", ALL_STAFF),
        fixed("/staff/contacts", ALL_STAFF),
        fixed("/staff/contacts/new", MANAGERS),
        fixed("/staff/contacts/bulk", MANAGERS),
        (
            "/staff/contacts/{id}/portal-users/new",
            format!("/staff/contacts/{contact}/portal-users/new"),
            MANAGERS,
        ),
        ("/staff/contacts/{id}/portal-user", format!("/staff/contacts/{}/portal-user", people.ann), MANAGERS),
        ("/staff/contacts/{id}", format!("/staff/contacts/{contact}"), ALL_STAFF),
        ("/staff/contacts/{id}/edit", format!("/staff/contacts/{contact}/edit"), MANAGERS),
        ("/staff/contacts/{id}/password", format!("/staff/contacts/{contact}/password"), MANAGERS),
        fixed("/staff/settings/users", ADMINISTRATORS),
        fixed("/staff/settings/users/new", ADMINISTRATORS),
        ("/staff/settings/users/{id}", format!("/staff/settings/users/{}", people.user), ADMINISTRATORS),
        (
            "/staff/settings/users/{id}/edit",
            format!("/staff/settings/users/{}/edit", people.user),
            ADMINISTRATORS,
        ),
        ("/staff/contacts/{id}/access", format!("/staff/contacts/{contact}/access"), MANAGERS),
        ("/staff/contacts/{id}/view-as", format!("/staff/contacts/{contact}/view-as"), MANAGERS),
        fixed("/my/members/access", SEES_MEMBERS),
        fixed("/staff/import", ADMINISTRATORS),
        fixed("/staff/mail", ADMINISTRATORS),
        fixed("/staff/settings/groups", ADMINISTRATORS),
        fixed("/staff/settings/groups/new", ADMINISTRATORS),
        ("/staff/settings/groups/{id}", format!("/staff/settings/groups/{}", people.group), ADMINISTRATORS),
        (
            "/staff/settings/groups/{id}/delete",
            format!("/staff/settings/groups/{}/delete", people.group),
            ADMINISTRATORS,
        ),
        fixed("/staff/audit", MANAGERS),
        fixed("/my/access-log", &[CompanyAdmin, Viewing]),
        fixed("/staff/settings/general", ADMINISTRATORS),
        fixed("/staff/settings/mail-templates", ADMINISTRATORS),
        (
            "/staff/settings/mail-templates/{kind}",
            "/staff/settings/mail-templates/further-company".to_owned(),
            ADMINISTRATORS,
        ),
    ]
}

pub type Post = (&'static str, String, Vec<(&'static str, String)>, &'static [Who]);

/// Plain forms: path as the router has it, path to post to, fields that change nothing, and who may.
///
/// What is allowed answers with a page or a redirect, and what is not as if it did not exist.
pub fn posts(people: &People) -> Vec<Post> {
    let contact = &people.contact;
    let of_contact = |rest: &str| format!("/staff/contacts/{contact}/{rest}");
    let of_user = |rest: &str| format!("/staff/settings/users/{}{rest}", people.user);
    let nobody = Uuid::now_v7();
    vec![
        (
            "/staff/contacts/new",
            "/staff/contacts/new".into(),
            vec![("name", "New".into()), ("kind", "person".into())],
            MANAGERS,
        ),
        ("/staff/contacts/{id}/edit", of_contact("edit"), vec![("name", String::new())], MANAGERS),
        ("/staff/contacts/{id}/archive", of_contact("archive"), vec![("restore", "true".into())], MANAGERS),
        ("/staff/contacts/bulk", "/staff/contacts/bulk".into(), vec![("change", "grant".into())], MANAGERS),
        ("/staff/contacts/{id}/portal-users/new", of_contact("portal-users/new"), vec![], MANAGERS),
        (
            "/staff/contacts/{id}/portal-user",
            format!("/staff/contacts/{}/portal-user", people.ann),
            vec![("what", "save".into()), ("valid_from", "never".into())],
            MANAGERS,
        ),
        (
            "/staff/contacts/{id}",
            format!("/staff/contacts/{contact}"),
            vec![("what", "undo".into())],
            MANAGERS,
        ),
        ("/my/security/password", "/my/security/password".into(), vec![], CUSTOMERS),
        ("/staff/security/password", "/staff/security/password".into(), vec![], ALL_STAFF),
        ("/my/members", "/my/members".into(), vec![("what", "invite".into())], &[CompanyAdmin]),
        (
            "/my/members",
            "/my/members".into(),
            vec![("what", "regroup".into()), ("member", people.ann.clone()), ("group", nobody.to_string())],
            &[CompanyAdmin],
        ),
        (
            "/my/members",
            "/my/members".into(),
            vec![("what", "remove".into()), ("member", nobody.to_string())],
            &[],
        ),
        ("/my/account", "/my/account".into(), vec![("what", "fields".into())], CUSTOMERS),
        ("/my/account", "/my/account".into(), vec![("what", "save".into())], CUSTOMERS),
        ("/my/account", "/my/account".into(), vec![("what", "request".into())], CUSTOMERS),
        ("/my/account", "/my/account".into(), vec![("what", "cancel-email".into())], CUSTOMERS),
        ("/my/account", "/my/account".into(), vec![("what", "else".into())], &[]),
        ("/my/addresses/new", "/my/addresses/new".into(), vec![("what", "fields".into())], CUSTOMERS),
        ("/my/addresses/new", "/my/addresses/new".into(), vec![], CUSTOMERS),
        (
            "/my/addresses/{id}",
            format!("/my/addresses/{}", people.address),
            vec![("what", "save".into()), ("version", "1".into())],
            &[Customer, CompanyAdmin],
        ),
        (
            "/my/addresses",
            "/my/addresses".into(),
            vec![("what", "restore".into()), ("address", people.address.to_string())],
            &[Customer, CompanyAdmin],
        ),
        (
            "/my/addresses",
            "/my/addresses".into(),
            vec![("what", "remove".into()), ("address", nobody.to_string())],
            &[],
        ),
        ("/my/security/passkeys/begin", "/my/security/passkeys/begin".into(), vec![], CUSTOMERS),
        ("/my/security/passkeys/finish", "/my/security/passkeys/finish".into(), vec![], CUSTOMERS),
        ("/my/security/passkeys/{id}", format!("/my/security/passkeys/{nobody}"), vec![], &[]),
        ("/staff/security/passkeys/begin", "/staff/security/passkeys/begin".into(), vec![], ALL_STAFF),
        ("/staff/security/passkeys/finish", "/staff/security/passkeys/finish".into(), vec![], ALL_STAFF),
        (
            "/staff/security/passkeys/{id}",
            format!("/staff/security/passkeys/{nobody}"),
            vec![("do", "rename".into()), ("name", "Stolen".into())],
            &[],
        ),
        ("/my/companies", "/my/companies".into(), vec![("membership", nobody.to_string())], &[]),
        (
            "/my/security/two-factor",
            "/my/security/two-factor".into(),
            vec![("do", "disable".into())],
            CUSTOMERS,
        ),
        (
            "/staff/security/two-factor",
            "/staff/security/two-factor".into(),
            vec![("do", "codes".into())],
            ALL_STAFF,
        ),
        (
            "/my/security/sessions",
            "/my/security/sessions".into(),
            vec![("do", "end".into()), ("id", nobody.to_string())],
            CUSTOMERS,
        ),
        (
            "/my/security/sessions",
            "/my/security/sessions".into(),
            vec![("do", "distrust".into()), ("id", nobody.to_string())],
            CUSTOMERS,
        ),
        ("/my/security/sessions", "/my/security/sessions".into(), vec![("do", "nothing".into())], &[]),
        (
            "/staff/security/sessions",
            "/staff/security/sessions".into(),
            vec![("do", "distrust-all".into())],
            ALL_STAFF,
        ),
        ("/my/privacy", "/my/privacy".into(), vec![("payments", "true".into())], CUSTOMERS),
        ("/my/privacy/export", "/my/privacy/export".into(), vec![], CUSTOMERS),
        ("/my/privacy/close", "/my/privacy/close".into(), vec![("login", String::new())], CUSTOMERS),
        (
            "/staff/settings/general",
            "/staff/settings/general".into(),
            vec![("business", String::new())],
            ADMINISTRATORS,
        ),
        (
            "/staff/settings/general/logo/remove",
            "/staff/settings/general/logo/remove".into(),
            vec![],
            ADMINISTRATORS,
        ),
        (
            "/staff/settings/mail-templates/{kind}",
            "/staff/settings/mail-templates/invitation".into(),
            vec![("mode", "preview".into())],
            ADMINISTRATORS,
        ),
        (
            "/staff/settings/mail-templates/{kind}/reset",
            "/staff/settings/mail-templates/invitation/reset".into(),
            vec![],
            ADMINISTRATORS,
        ),
        (
            "/staff/contacts/{id}/secure-link/rotate",
            of_contact("secure-link/rotate"),
            vec![("generation", "-5".into())],
            MANAGERS,
        ),
        ("/staff/contacts/{id}/secure-link/off", of_contact("secure-link/off"), vec![], MANAGERS),
        ("/staff/contacts/{id}/secure-link/on", of_contact("secure-link/on"), vec![], MANAGERS),
        ("/staff/contacts/{id}/view-as", of_contact("view-as"), vec![("reason", String::new())], MANAGERS),
        ("/staff/view-as/leave", "/staff/view-as/leave".into(), vec![], ALL_STAFF),
        ("/staff/mail", "/staff/mail".into(), vec![("mail", people.mail.to_string())], &[]),
        (
            "/staff/settings/groups/new",
            "/staff/settings/groups/new".into(),
            vec![("name", "New".into())],
            ADMINISTRATORS,
        ),
        (
            "/staff/settings/groups/{id}",
            format!("/staff/settings/groups/{}", people.group),
            vec![("name", "Limited".into()), ("version", "1".into())],
            ADMINISTRATORS,
        ),
        ("/staff/settings/groups/{id}", format!("/staff/settings/groups/{nobody}"), vec![], &[]),
        (
            "/staff/settings/groups/{id}/delete",
            format!("/staff/settings/groups/{}/delete", people.group),
            vec![],
            ADMINISTRATORS,
        ),
        // Deleting what is gone already is done.
        (
            "/staff/settings/groups/{id}/delete",
            format!("/staff/settings/groups/{nobody}/delete"),
            vec![],
            ADMINISTRATORS,
        ),
        (
            "/staff/contacts/{id}/password",
            of_contact("password"),
            vec![("do", "reset".into()), ("user", people.user.to_string())],
            MANAGERS,
        ),
        (
            "/staff/settings/users/new",
            "/staff/settings/users/new".into(),
            vec![("name", "New".into()), ("email", "new@business.example".into()), ("role", "staff".into())],
            ADMINISTRATORS,
        ),
        (
            "/staff/settings/users/{id}/edit",
            of_user("/edit"),
            vec![("name", "Ann".into()), ("login", "ann@acme.example".into())],
            ADMINISTRATORS,
        ),
        ("/staff/settings/users/{id}", of_user(""), vec![("do", "reset".into())], ADMINISTRATORS),
        ("/staff/settings/users/{id}", of_user(""), vec![("do", "set-password".into())], ADMINISTRATORS),
        ("/staff/settings/users/{id}", of_user(""), vec![("do", "enable".into())], ADMINISTRATORS),
        ("/staff/settings/users/{id}", of_user(""), vec![("do", "nothing".into())], &[]),
        (
            "/staff/settings/users/{id}",
            of_user(""),
            vec![("do", "role".into()), ("role", "king".into())],
            &[],
        ),
    ]
}

/// Forms that anybody may post, or that have tests of their own.
const ELSEWHERE: [&str; 14] = [
    "/confirm/{token}",
    "/login",
    "/login/two-factor",
    "/login/recovery",
    "/login/enrol",
    "/login/passkey/begin",
    "/login/passkey/finish",
    "/logout",
    "/accept/{token}",
    "/setup/{token}",
    "/reset",
    "/reset/{token}",
    "/link/{token}",
    "/staff/import",
];

#[tokio::test]
async fn every_server_function_as_everybody() {
    let people = people().await;
    let functions = functions(&people);
    let listed: BTreeSet<&str> = functions.iter().map(|(path, ..)| *path).collect();
    let registered: BTreeSet<&str> = server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    assert_eq!(listed, registered, "each server function has its row in this matrix");
    assert!(registered.len() >= 15, "the registration got lost");
    for (path, body, allowed) in &functions {
        for (who, browser) in &people.browsers {
            let answer = people.site.call(browser, path, body).await;
            let expected = match who {
                Enrolling if SETS_UP.contains(path) => StatusCode::UNPROCESSABLE_ENTITY,
                who if SIGNED_OUT.contains(who) => StatusCode::UNAUTHORIZED,
                who if allowed.contains(who) && SETS_UP.contains(path) => StatusCode::UNPROCESSABLE_ENTITY,
                who if allowed.contains(who) => StatusCode::OK,
                _ => StatusCode::NOT_FOUND,
            };
            assert_eq!(answer.status, expected, "{path} as {who:?}: {}", answer.body);
        }
    }
}

/// Pages of the portal that lead staff to their own side.
fn is_both_sides(path: &str) -> bool {
    path == "/my" || path.starts_with("/my/security")
}

#[tokio::test]
async fn every_page_as_everybody() {
    let people = people().await;
    let pages = pages(&people);
    let by_link =
        ["/accept/{token}", "/setup/{token}", "/reset/{token}", "/link/{token}", "/confirm/{token}"]
            .map(str::to_owned);
    let listed: BTreeSet<String> = pages.iter().map(|(path, ..)| (*path).to_owned()).chain(by_link).collect();
    let registered: BTreeSet<String> =
        server::router::page_routes().iter().map(|route| route.path().to_owned()).collect();
    assert_eq!(listed, registered, "each page has its row in this matrix");
    for (_, path, allowed) in &pages {
        for (who, browser) in &people.browsers {
            let answer = people.site.get(browser, path).await;
            let is_signed_out = SIGNED_OUT.contains(who);
            if allowed.contains(who) {
                assert_eq!(answer.status, StatusCode::OK, "{path} as {who:?}");
                assert!(answer.header("content-security-policy").contains("'nonce-"), "{path}");
            } else if is_signed_out {
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} as {who:?}");
                let to = answer.header("location");
                let due = match who {
                    Halfway => "/login/two-factor",
                    Enrolling => "/login/enrol",
                    _ => "/login",
                };
                let is_step = path.starts_with("/login/");
                assert!(
                    (is_step && to == "/login") || to.starts_with(&format!("{due}?")),
                    "{path} as {who:?}"
                );
            } else if path.starts_with("/login")
                || (*who != Viewing && ALL_STAFF.contains(who) && is_both_sides(path))
            {
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} as {who:?}");
            } else {
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} as {who:?}");
            }
        }
    }
}

#[tokio::test]
async fn the_pages_of_links_are_for_whoever_has_the_link() {
    let people = people().await;
    for (who, browser) in &people.browsers {
        for path in
            ["/accept/mangled", "/setup/mangled", "/reset/mangled", "/link/mangled", "/confirm/mangled"]
        {
            let answer = people.site.get(browser, path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} as {who:?}");
            assert!(!answer.body.contains("type=\"password\""), "no live form under a dead link: {path}");
        }
    }
}

#[tokio::test]
async fn every_plain_form_as_everybody() {
    let people = people().await;
    let posts = posts(&people);
    let listed: BTreeSet<&str> = posts.iter().map(|(route, ..)| *route).chain(ELSEWHERE).collect();
    let registered: BTreeSet<&str> =
        server::router::form_routes().into_iter().map(|(route, _)| route).collect();
    assert_eq!(listed, registered, "each form has its row in this matrix");
    for (_, path, fields, allowed) in &posts {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for (who, browser) in &people.browsers {
            let answer = people.site.post_form(browser, path, &fields).await;
            match who {
                who if SIGNED_OUT.contains(who) => {
                    assert_eq!(answer.header("location"), "/login?notice=ended", "{path} as {who:?}");
                }
                who if allowed.contains(who) => {
                    let is_answered = [
                        StatusCode::SEE_OTHER,
                        StatusCode::OK,
                        StatusCode::UNPROCESSABLE_ENTITY,
                        StatusCode::CONFLICT,
                    ];
                    assert!(is_answered.contains(&answer.status), "{path} as {who:?}: {}", answer.status);
                }
                _ => assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} as {who:?}"),
            }
        }
    }
}

#[tokio::test]
async fn imports_are_for_administrators() {
    let people = people().await;
    for (who, browser) in &people.browsers {
        let request = Request::post("/staff/import")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from("--x--\r\n"));
        let answer = people.site.send(browser, request).await;
        match who {
            who if SIGNED_OUT.contains(who) => {
                assert_eq!(answer.header("location"), "/login?notice=ended", "{who:?}");
            }
            Administrator => assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "no files"),
            _ => assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who:?}"),
        }
    }
}
