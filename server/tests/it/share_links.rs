//! Share links as browsers follow them.

use axum::http::{Method, Request, StatusCode};
use domain::{
    access::StaffRole,
    documents::{ShareForm, ShareSide},
    ids::{ContactId, DocumentId},
};
use services::documents::sharing::{self, NewShareLink};
use uuid::Uuid;

use crate::support::{Answer, Browser, Site, invoice, quotation};

/// A link that the installation makes, as a path.
pub async fn make(site: &Site, document: Uuid, sign: bool) -> String {
    let form = ShareForm { recipient: "Lou Lawyer".into(), sign, ..ShareForm::default() };
    let cx = site.portico.system("test");
    let made = sharing::create_share_link(&cx, ShareSide::Staff, DocumentId(document), &form);
    let NewShareLink::Made { address, .. } = made.await.expect("a link") else { panic!("a new one") };
    address.split_once("/share/").map(|(_, secret)| format!("/share/{secret}")).expect("a link")
}

async fn books(site: &Site) -> (ContactId, Uuid, Uuid) {
    let acme = site.contact("company", "Acme", None).await;
    let ann = site.contact("person", "Ann Neighbour", Some(acme)).await;
    (ann, quotation(site, ann, acme).await, invoice(site, ann, acme).await)
}

/// Follows a link: the browser with its cookie, and the clean address.
async fn follow(site: &Site, browser: &Browser, link: &str) -> (Browser, String) {
    let answer = site.get(browser, link).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    (answer.browser_of(browser), answer.header("location").to_owned())
}

fn is_dead(answer: &Answer) -> bool {
    answer.status == StatusCode::NOT_FOUND && answer.body.contains("This link does not work")
}

#[tokio::test]
async fn is_exchanged_for_a_clean_address_with_a_cookie_for_it_alone() {
    let site = Site::start().await;
    let (_, quotation, _) = books(&site).await;
    let link = make(&site, quotation, true).await;
    let secret = link.trim_start_matches("/share/").to_owned();
    let answer = site.get(&Browser::default(), &link).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let to = answer.header("location").to_owned();
    assert!(to.starts_with("/shared/") && !to.contains(&secret) && !to.contains('?'), "{to}");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    let cookies = answer.cookies();
    assert_eq!(cookies.len(), 1, "no session comes of it: {cookies:?}");
    for part in ["__Secure-portico-share=", &format!("Path={to};"), "HttpOnly", "Secure", "SameSite=Lax"] {
        assert!(cookies.concat().contains(part), "{part} in {cookies:?}");
    }
    let page = site.get(&answer.browser(), &to).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains(&secret), "the secret is in no page");
    for absent in ["href=\"/my", "href=\"/login", "href=\"/staff", "Ann Neighbour", "Search everything"] {
        assert!(!page.body.contains(absent), "{absent}");
    }
    let pdf = site.get(&answer.browser(), &format!("{to}/pdf")).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert_eq!(pdf.header("cache-control"), "no-store");
    // An address alone opens nothing, and a look at whether a link is there tells nothing.
    assert!(is_dead(&site.get(&Browser::default(), &to).await));
    assert!(is_dead(&site.get(&Browser::default(), &format!("{to}/pdf")).await));
    for path in [link.as_str(), "/share/mangled"] {
        let head = Request::builder().method(Method::HEAD).uri(path).body(axum::body::Body::empty());
        let head = site.send(&Browser::default(), head).await;
        assert_eq!((head.status, head.cookies().len()), (StatusCode::OK, 0));
    }
}

#[tokio::test]
async fn opens_its_document_and_no_other_link_s() {
    let site = Site::start().await;
    let (_, quotation, invoice) = books(&site).await;
    let (first, quoted) = follow(&site, &Browser::default(), &make(&site, quotation, false).await).await;
    let (second, invoiced) = follow(&site, &Browser::default(), &make(&site, invoice, false).await).await;
    for (browser, own, other) in [(&first, &quoted, &invoiced), (&second, &invoiced, &quoted)] {
        assert_eq!(site.get(browser, own).await.status, StatusCode::OK);
        for rest in ["", "/pdf", "/sign", "/decline"] {
            assert!(is_dead(&site.get(browser, &format!("{other}{rest}")).await), "{other}{rest}");
        }
    }
    // What may only be viewed is not answered, and what nobody signs neither.
    for (browser, own) in [(&first, &quoted), (&second, &invoiced)] {
        for rest in ["sign", "decline"] {
            let path = format!("{own}/{rest}");
            assert!(is_dead(&site.get(browser, &path).await), "{path}");
            assert!(is_dead(&site.post_form(browser, &path, &[("reason", "No")]).await), "{path}");
        }
        let path = format!("{own}/messages");
        assert!(is_dead(&site.post_form(browser, &path, &[("message", "Hello")]).await), "{path}");
    }
}

#[tokio::test]
async fn a_signed_in_customer_keeps_the_session() {
    let site = Site::start().await;
    let (ann, quotation, _) = books(&site).await;
    let link = make(&site, quotation, true).await;
    for browser in [site.customer(ann, "ann@acme.example").await, site.staff(StaffRole::Staff).await] {
        let home = if site.get(&browser, "/staff").await.status == StatusCode::OK { "/staff" } else { "/my" };
        let (after, to) = follow(&site, &browser, &link).await;
        assert_eq!(site.get(&after, &to).await.status, StatusCode::OK);
        assert_eq!(site.get(&after, home).await.status, StatusCode::OK, "{home}");
        let session = browser.cookie.clone().expect("a session");
        assert!(after.cookie.expect("cookies").contains(&session));
    }
}

#[tokio::test]
async fn staff_make_a_link_whose_address_is_shown_once_and_revoke_it() {
    let site = Site::start().await;
    let (_, quotation, _) = books(&site).await;
    let staff = site.staff(StaffRole::Staff).await;
    let page = format!("/staff/documents/{quotation}/share");
    let key = Uuid::now_v7().to_string();
    let fields = [("recipient", "Lou"), ("days", "7"), ("key", key.as_str())];
    let wrong = site.post_form(&staff, &page, &[("email", "a@b@c"), ("recipient", "Lou")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("not one valid email") && wrong.body.contains("value=\"Lou\""));
    let made = site.post_form(&staff, &page, &fields).await;
    assert_eq!(made.status, StatusCode::OK);
    let secret = made.body.split("/share/").find_map(|rest| rest.split('"').next().filter(|s| s.len() == 43));
    let secret = secret.expect("the address").to_owned();
    let again = site.post_form(&staff, &page, &fields).await;
    assert!(again.header("location").ends_with("?done=already"), "a second click makes no second link");
    assert!(!site.get(&staff, &page).await.body.contains(&secret));

    let (lou, to) = follow(&site, &Browser::default(), &format!("/share/{secret}")).await;
    assert_eq!(site.get(&lou, &to).await.status, StatusCode::OK);
    let revoked = site.post_form(&staff, &page, &[("what", "revoke"), ("link", &key)]).await;
    assert!(revoked.header("location").ends_with("?done=revoked"));
    for rest in ["", "/pdf"] {
        assert!(is_dead(&site.get(&lou, &format!("{to}{rest}")).await), "at the next request");
    }
    assert!(is_dead(&site.get(&Browser::default(), &format!("/share/{secret}")).await));
}
