//! Every server function, page, plain form and file, as every kind of person. What is not listed here fails the test.

mod downloads;
mod forms;
mod functions;
mod pages;

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::people::{ALL_STAFF, SIGNED_OUT, Who::*, people};

use self::{downloads::downloads, forms::ELSEWHERE, functions::SETS_UP, pages::pages};
pub use self::{forms::posts, functions::functions};

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
    let by_link = [
        "/accept/{token}",
        "/setup/{token}",
        "/reset/{token}",
        "/link/{token}",
        "/confirm/{token}",
        "/share/{token}",
        "/shared/{id}",
        "/shared/{id}/sign",
        "/shared/{id}/decline",
        "/shared/{id}/pay",
        "/shared/{id}/payments/{payment}",
    ]
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
        for path in [
            "/accept/mangled",
            "/setup/mangled",
            "/reset/mangled",
            "/link/mangled",
            "/confirm/mangled",
            "/share/mangled",
            "/shared/mangled",
            "/shared/mangled/pdf",
            "/shared/019a0000-0000-7000-8000-000000000000/sign",
            "/shared/019a0000-0000-7000-8000-000000000000/decline",
            "/shared/019a0000-0000-7000-8000-000000000000/pay",
            "/shared/019a0000-0000-7000-8000-000000000000/payments/019a0000-0000-7000-8000-000000000000",
        ] {
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
async fn every_file_as_everybody() {
    let people = people().await;
    let downloads = downloads(&people);
    let listed: BTreeSet<&str> = downloads.iter().map(|(route, ..)| *route).collect();
    let registered: BTreeSet<&str> =
        server::router::download_routes().into_iter().map(|(route, _)| route).collect();
    assert_eq!(listed, registered, "each file has its row in this matrix");
    for (_, path, allowed) in &downloads {
        for (who, browser) in &people.browsers {
            let answer = people.site.get(browser, path).await;
            let expected = match who {
                who if SIGNED_OUT.contains(who) => StatusCode::SEE_OTHER,
                who if allowed.contains(who) => StatusCode::OK,
                _ => StatusCode::NOT_FOUND,
            };
            assert_eq!(answer.status, expected, "{path} as {who:?}");
            if expected == StatusCode::OK {
                assert_eq!(answer.header("cache-control"), "no-store", "{path}");
                assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            }
        }
    }
}

#[tokio::test]
async fn imports_are_for_administrators() {
    let people = people().await;
    for (path, (who, browser)) in ["/staff/import", "/staff/import/spreadsheet", "/staff/payments/statement"]
        .into_iter()
        .flat_map(|path| people.browsers.iter().map(move |person| (path, person)))
    {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from("--x--\r\n"));
        let answer = people.site.send(browser, request).await;
        match who {
            who if SIGNED_OUT.contains(who) => {
                assert_eq!(answer.header("location"), "/login?notice=ended", "{who:?}");
            }
            Administrator => {
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "no files at {path}")
            }
            _ => assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {who:?}"),
        }
    }
}
