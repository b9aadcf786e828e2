//! Secure links as browsers follow them.

use axum::http::{Method, Request, StatusCode};
use domain::access::{RowChange, StaffRole};

use crate::support::{Browser, Site, invoice};

#[tokio::test]
async fn opens_the_portal_of_a_customer_without_portal_users_in_every_browser_that_has_it() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let invoice = invoice(&site, acme, acme).await;
    let link = site.secure_link(acme).await;
    let mut browsers = Vec::new();
    for _ in 0..2 {
        let answer = site.get(&Browser::default(), &link).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/my"));
        let cookie = answer.header("set-cookie").to_owned();
        for part in ["__Host-portico=", "HttpOnly", "Secure", "SameSite=Lax"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "the secret goes nowhere else");
        browsers.push(answer.browser());
    }
    assert_ne!(browsers[0].cookie, browsers[1].cookie);
    for browser in &browsers {
        let home = site.get(browser, "/my").await;
        assert_eq!(home.status, StatusCode::OK);
        assert!(home.body.contains("Acme") && home.body.contains(">Sign in<"));
        assert!(!home.body.contains("Account Security"), "there is no account");
        assert_eq!(site.get(browser, &format!("/my/invoices/{invoice}")).await.status, StatusCode::OK);
        assert_eq!(site.get(browser, "/my/leads").await.status, StatusCode::NOT_FOUND);
        assert_eq!(site.get(browser, "/staff").await.status, StatusCode::NOT_FOUND);
        assert_eq!(site.get(browser, "/login").await.status, StatusCode::OK, "they may sign in instead");
        assert_eq!(site.get(browser, &link).await.header("location"), "/my", "the same link again");
    }
    // One leaves, the other stays.
    site.post_form(&browsers[0], "/logout", &[]).await;
    assert_eq!(site.get(&browsers[0], "/my").await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get(&browsers[1], "/my").await.status, StatusCode::OK);
}

#[tokio::test]
async fn leads_to_sign_in_once_somebody_is_invited_and_open_browsers_obey() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let ann = site.contact("person", "Ann", Some(acme)).await;
    let link = site.secure_link(acme).await;
    let visitor = site.get(&Browser::default(), &link).await.browser();
    assert_eq!(site.get(&visitor, "/my").await.status, StatusCode::OK);
    site.change(ann, "ann@acme.example", RowChange::Grant).await;
    assert_eq!(site.get(&visitor, "/my").await.status, StatusCode::SEE_OTHER);
    let answer = site.get(&Browser::default(), &link).await;
    assert_eq!(answer.header("location"), "/login?notice=secure-link");
    assert!(answer.headers.get("set-cookie").is_none());
    let told = site.get(&Browser::default(), "/login?notice=secure-link").await;
    assert!(told.body.contains("Your company has its own logins now"));
}

#[tokio::test]
async fn dead_links_are_one_answer_that_says_what_to_do() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let manager = site.staff(StaffRole::ContactManager).await;
    let link = site.secure_link(acme).await;
    let form = |what: &str| format!("/staff/contacts/{acme}/secure-link/{what}");
    let switched = site.post_form(&manager, &form("off"), &[]).await;
    assert_eq!(switched.header("location"), format!("/staff/contacts/{acme}?notice=link-off"));
    let mut answers = vec![site.get(&Browser::default(), &link).await];
    site.post_form(&manager, &form("on"), &[]).await;
    assert_eq!(site.get(&Browser::default(), &link).await.status, StatusCode::SEE_OTHER);
    let visitor = site.get(&Browser::default(), &link).await.browser();
    site.post_form(&manager, &form("rotate"), &[("generation", "0")]).await;
    assert_eq!(site.get(&visitor, "/my").await.status, StatusCode::SEE_OTHER, "out at once");
    answers.push(site.get(&Browser::default(), &link).await);
    answers.push(site.get(&Browser::default(), "/link/mangled").await);
    answers.push(site.get(&Browser::default(), "/link/%FF").await);
    answers.push(site.get(&Browser::default(), "/link/AZrSxYfVcQKr8mG7hT6kPwABCDEFGHIJKLMNOPQRSTU").await);
    for answer in &answers {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.headers.get("set-cookie").is_none());
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(
            answer.body.contains("This link does not work") && answer.body.contains("help@business.example")
        );
    }
    let bare = |body: &str| {
        let is_word = |c: char| c.is_ascii_alphanumeric() || "-_+/=%".contains(c);
        let words =
            body.split(|c: char| !is_word(c)).filter(|word| word.len() < 20 && !word.contains("mangled"));
        words.collect::<Vec<_>>().join(" ")
    };
    assert!(answers.windows(2).all(|pair| bare(&pair[0].body) == bare(&pair[1].body)));
}

#[tokio::test]
async fn staff_keep_their_side_and_click_once_for_another_customer() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let zeta = site.contact("company", "Zeta", None).await;
    let manager = site.staff(StaffRole::ContactManager).await;
    for (customer, name) in [(acme, "Welcome, Acme"), (zeta, "Welcome, Zeta")] {
        let answer = site.get(&manager, &site.secure_link(customer).await).await;
        assert_eq!(answer.header("location"), "/my");
        let home = site.get(&manager, "/my").await;
        assert!(home.status == StatusCode::OK && home.body.contains(name), "{name}");
        assert_eq!(site.get(&manager, "/staff/contacts").await.status, StatusCode::OK);
    }
    let ann = site.contact("person", "Ann", Some(acme)).await;
    site.change(ann, "ann@acme.example", RowChange::Grant).await;
    let answer = site.get(&manager, &site.secure_link(acme).await).await;
    assert_eq!(answer.header("location"), format!("/staff/contacts/{acme}?notice=link-signs-in"));
}

#[tokio::test]
async fn a_customer_is_asked_before_they_are_logged_out_for_another_customers_link() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let zeta = site.contact("company", "Zeta", None).await;
    let ann = site.contact("person", "Ann", Some(acme)).await;
    let browser = site.customer(ann, "ann@acme.example").await;
    let (own, other) = (site.secure_link(acme).await, site.secure_link(zeta).await);
    assert_eq!(site.get(&browser, &own).await.header("location"), "/my");
    let asked = site.get(&browser, &other).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("Continue as Zeta") && asked.headers.get("set-cookie").is_none());
    assert_eq!(site.get(&browser, "/my").await.status, StatusCode::OK, "still signed in");
    let go_on = site.post_form(&browser, &other, &[]).await;
    assert_eq!(go_on.header("location"), "/my");
    let visitor = go_on.browser();
    assert!(site.get(&visitor, "/my").await.body.contains("Welcome, Zeta"));
    assert_eq!(site.get(&browser, "/my").await.status, StatusCode::SEE_OTHER, "the old session is dead");
    // With a portal user meanwhile, the same leads to sign-in.
    let browser = site.sign_in("ann@acme.example", crate::support::PASSWORD).await;
    site.change(zeta, "office@zeta.example", RowChange::Grant).await;
    let go_on = site.post_form(&browser, &other, &[]).await;
    assert_eq!(go_on.header("location"), "/login?notice=secure-link");
    assert_eq!(site.get(&browser, "/my").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_link_is_in_the_page_of_those_only_who_manage_access() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let link = site.secure_link(acme).await;
    let page = format!("/staff/contacts/{acme}");
    for (role, sees) in
        [(StaffRole::Staff, false), (StaffRole::ContactManager, true), (StaffRole::Administrator, true)]
    {
        let browser = site.staff(role).await;
        let answer = site.get(&browser, &page).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.body.contains(&link), sees, "{role:?}");
        assert_eq!(answer.body.contains("Secure link"), sees, "{role:?}");
    }
}

#[tokio::test]
async fn asking_whether_it_is_there_opens_nothing() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let link = site.secure_link(acme).await;
    let request = Request::builder().method(Method::HEAD).uri(link).body(axum::body::Body::empty());
    let answer = site.send(&Browser::default(), request).await;
    assert!(answer.headers.get("set-cookie").is_none());
}
