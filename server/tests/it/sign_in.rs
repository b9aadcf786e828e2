use axum::http::StatusCode;

use crate::support::{Browser, PASSWORD, Site};

#[tokio::test]
async fn every_failure_is_one_answer_with_what_was_typed() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let ann = site.contact("person", "Ann", Some(acme)).await;
    site.customer(ann, "ann@acme.example").await;
    let nobody = Browser::default();
    let mut bodies = Vec::new();
    for login in ["ann@acme.example", "eve@acme.example"] {
        let answer =
            site.post_form(&nobody, "/login", &[("email", login), ("password", "wrong-password")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(&format!("value=\"{login}\"")), "what was typed is kept");
        assert!(!answer.body.contains("wrong-password"), "a password never comes back");
        assert!(answer.headers.get("set-cookie").is_none());
        let is_word = |c: char| c.is_ascii_alphanumeric() || "-_+/=@.".contains(c);
        let words =
            answer.body.split(|c: char| !is_word(c)).filter(|word| word.len() < 20 && !word.contains('@'));
        bodies.push(words.collect::<Vec<_>>().join(" "));
    }
    assert_eq!(bodies[0], bodies[1]);
}

#[tokio::test]
async fn the_cookie_is_for_this_host_and_out_of_scripts_reach() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    site.customer(acme, "office@acme.example").await;
    let fields = [("email", "office@acme.example"), ("password", PASSWORD)];
    let answer = site.post_form(&Browser::default(), "/login", &fields).await;
    for cookie in [answer.cookie("__Host-portico"), answer.cookie("__Host-portico-device")] {
        for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
    }
    assert_eq!(answer.header("location"), "/my");
}

#[tokio::test]
async fn the_session_changes_at_sign_in_and_is_dead_after_log_out() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let first = site.customer(acme, "office@acme.example").await;
    let fields = [("email", "office@acme.example"), ("password", PASSWORD)];
    let answer = site.post_form(&first, "/login", &fields).await;
    let second = answer.browser_of(&first);
    assert_ne!(first.cookie, second.cookie, "a new id");
    assert_eq!(answer.cookie("__Host-portico-device"), "", "the browser is known by the secret that it has");
    assert_eq!(site.get(&first, "/my").await.status, StatusCode::SEE_OTHER, "the old one is dead");
    assert_eq!(site.get(&second, "/my").await.status, StatusCode::OK);
    let out = site.post_form(&second, "/logout", &[]).await;
    assert_eq!(out.header("location"), "/login?notice=signed-out");
    assert_eq!(site.get(&second, "/my").await.status, StatusCode::SEE_OTHER);
    let planted = Browser { cookie: Some("__Host-portico=AAAAAAAAAAAAAAAAAAAAAA".to_owned()) };
    let answer = site.post_form(&planted, "/login", &fields).await;
    assert!(!answer.cookie("__Host-portico").contains("AAAAAAAAAAAAAAAAAAAAAA"), "no fixation");
}

#[tokio::test]
async fn next_leads_to_our_own_pages_only() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    site.customer(acme, "office@acme.example").await;
    let fields = [("email", "office@acme.example"), ("password", PASSWORD)];
    for (next, lands) in [
        ("/my/invoices", "/my/invoices"),
        ("//evil.example", "/my"),
        ("https://evil.example", "/my"),
        ("/%5Cevil.example", "/my"),
        ("/staff", "/my"),
    ] {
        let answer = site.post_form(&Browser::default(), &format!("/login?next={next}"), &fields).await;
        assert_eq!(answer.header("location"), lands, "{next}");
    }
}
