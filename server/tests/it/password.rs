//! Changing the password, over HTTP.

use axum::http::StatusCode;
use domain::access::StaffRole;

use crate::support::{Browser, PASSWORD, Site};

const NEW: &str = "copper-lantern-drift-9";
const FIELDS: [(&str, &str); 3] =
    [("current_password", PASSWORD), ("new_password", NEW), ("repetition", NEW)];

async fn is_in(site: &Site, browser: &Browser, page: &str) -> bool {
    site.get(browser, page).await.status == StatusCode::OK
}

#[tokio::test]
async fn old_sessions_are_dead_after_it_and_ones_own_goes_on_under_a_new_id() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let first = site.customer(acme, "office@acme.example").await;
    let other = site.sign_in("office@acme.example", PASSWORD).await;
    let staff = site.staff(StaffRole::Staff).await;
    for (browser, side, others) in [(&first, "/my", Some(&other)), (&staff, "/staff", None)] {
        let answer = site.post_form(browser, &format!("{side}/security/password"), &FIELDS).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.header("location"), format!("{side}/security?notice=password-changed"));
        let renewed = answer.browser_of(browser);
        assert_ne!(renewed.cookie, browser.cookie);
        let page = site.get(&renewed, answer.header("location")).await;
        assert!(page.status == StatusCode::OK && page.body.contains("Your password is changed."), "{side}");
        assert!(!is_in(&site, browser, side).await, "the old id is dead: {side}");
        if let Some(other) = others {
            assert!(!is_in(&site, other, side).await, "logged out elsewhere: {side}");
        }
    }
    let answer = site
        .post_form(&Browser::default(), "/login", &[("email", "office@acme.example"), ("password", PASSWORD)])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    site.sign_in("office@acme.example", NEW).await;
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_no_password_comes_back() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let browser = site.customer(acme, "office@acme.example").await;
    for (current, new, again, error) in [
        ("wrong-password", NEW, NEW, "This is not your password."),
        (PASSWORD, NEW, "other-lantern", "The two passwords differ"),
        (PASSWORD, "password1", "password1", "too easy to guess"),
        (PASSWORD, "my-acme-lantern", "my-acme-lantern", "Leave your login and the company"),
    ] {
        let fields = [("current_password", current), ("new_password", new), ("repetition", again)];
        let answer = site.post_form(&browser, "/my/security/password", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{error}");
        assert!(answer.body.contains(error), "{error}");
        assert!(answer.cookies().is_empty(), "nobody's session changes");
        for password in [current, new, again] {
            assert!(!answer.body.contains(password), "{password} came back");
        }
    }
    assert!(is_in(&site, &browser, "/my").await);
    let reload = site.get(&browser, "/my/security/password").await;
    assert!(reload.status == StatusCode::OK && reload.body.contains("Change Password"));
}

#[tokio::test]
async fn a_reset_by_mail_ends_every_session_and_signs_nobody_in() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let browser = site.customer(acme, "office@acme.example").await;
    let link = site.reset_link("office@acme.example").await;
    let answer = site.post_form(&browser, &link, &[("password", NEW), ("repetition", NEW)]).await;
    assert_eq!(answer.header("location"), "/login?notice=password-set");
    assert!(
        answer
            .cookies()
            .iter()
            .all(|line| !line.starts_with("__Host-portico=") || line.contains("Max-Age=0"))
    );
    assert!(!is_in(&site, &browser, "/my").await);
    let again = site.post_form(&browser, &link, &[("password", PASSWORD), ("repetition", PASSWORD)]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "once");
    site.sign_in("office@acme.example", NEW).await;
}
