use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::access::StaffRole;

use crate::support::{Answer, Browser, Site};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture";

const GENERAL: &[(&str, &str)] = &[
    ("business", "Hammer & Sons"),
    ("support_email", "support@hammer.example"),
    ("time_zone", "Europe/Berlin"),
    ("currency", "EUR"),
    ("accent", "#0066cc"),
    ("version", "0"),
];

async fn upload(site: &Site, browser: &Browser, content: &[u8]) -> Answer {
    let mut body =
        b"--edge\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"logo.svg\"\r\n\r\n".to_vec();
    body.extend(content);
    body.extend(b"\r\n--edge--\r\n");
    let request = Request::post("/staff/settings/general")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body));
    site.send(browser, request).await
}

#[tokio::test]
async fn name_colour_and_logo_are_seen_at_sign_in_by_customers_and_by_staff() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let ann = site.contact("person", "Ann", Some(acme)).await;
    let customer = site.customer(ann, "ann@acme.example").await;
    let administrator = site.staff(StaffRole::Administrator).await;
    let before = site.get(&Browser::default(), "/login").await;
    assert!(before.body.contains("<title>Log in · Rivet Works</title>"), "{}", before.body);
    assert!(!before.body.contains("/brand/"));
    let saved = site.post_form(&administrator, "/staff/settings/general", GENERAL).await;
    assert_eq!(
        (saved.status, saved.header("location")),
        (StatusCode::SEE_OTHER, "/staff/settings/general?done=saved")
    );
    let uploaded = upload(&site, &administrator, PNG).await;
    assert_eq!(uploaded.header("location"), "/staff/settings/general?done=logo", "{}", uploaded.body);
    for (browser, path) in [(&Browser::default(), "/login"), (&customer, "/my"), (&administrator, "/staff")] {
        let page = site.get(browser, path).await;
        assert!(page.body.contains("Hammer &amp; Sons") && !page.body.contains("Rivet Works"), "{path}");
        assert!(page.body.contains("href=\"/brand/0066cc.css\""), "{path}");
        assert!(page.body.contains("class=\"brand-logo\"") && !page.body.contains("style="), "{path}");
        assert!(page.body.contains(" · Hammer &amp; Sons</title>"), "{path}");
    }
    let page = site.get(&Browser::default(), "/login").await.body;
    let (_, after) = page.split_once("src=\"/brand/").expect("the logo");
    let file = after.split('"').next().expect("a name");
    let logo = site.get(&Browser::default(), &format!("/brand/{file}")).await;
    assert_eq!(logo.status, StatusCode::OK);
    assert_eq!(logo.header("content-type"), "image/png");
    assert_eq!(logo.header("x-content-type-options"), "nosniff");
    assert!(logo.header("cache-control").contains("immutable"));
    let sheet = site.get(&Browser::default(), "/brand/0066cc.css").await;
    assert_eq!(sheet.body, ":root{--accent:#0066cc}");
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    for wrong in ["/brand/x", "/brand/ffff00.css", "/brand/red;}.css", "/brand/06C.css", "/brand/.css"] {
        assert_eq!(site.get(&Browser::default(), wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost() {
    let site = Site::start().await;
    let administrator = site.staff(StaffRole::Administrator).await;
    let mut wrong = GENERAL.to_vec();
    wrong.retain(|(name, _)| *name != "accent");
    wrong.push(("accent", "#ffcc00"));
    let answer = site.post_form(&administrator, "/staff/settings/general", &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("Choose a darker one") && answer.body.contains("value=\"Hammer &amp; Sons\"")
    );
    let svg = upload(&site, &administrator, b"<svg/>").await;
    assert_eq!(svg.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        svg.body.contains("SVG among them") && svg.body.contains("value=\"Rivet Works\""),
        "{}",
        svg.body
    );
    let large = upload(&site, &administrator, &vec![0; 3 * 1024 * 1024]).await;
    assert!(large.body.contains("larger than 512 kB"), "{}", large.status);

    site.post_form(&administrator, "/staff/settings/general", GENERAL).await;
    let mut mine = GENERAL.to_vec();
    mine.retain(|(name, _)| *name != "business");
    mine.push(("business", "Nail & Daughters"));
    let stale = site.post_form(&administrator, "/staff/settings/general", &mine).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("Somebody else saved these settings meanwhile"));
    assert!(
        stale.body.contains("value=\"Nail &amp; Daughters\"") && stale.body.contains("Hammer &amp; Sons<")
    );
    assert!(stale.body.contains("name=\"version\" value=\"1\""), "saving again works");
}

#[tokio::test]
async fn a_template_is_previewed_refused_saved_and_reset_by_plain_forms() {
    let site = Site::start().await;
    let administrator = site.staff(StaffRole::Administrator).await;
    let path = "/staff/settings/mail-templates/invitation";
    let post = |mode: &'static str, text: &'static str, version: &'static str| {
        let fields = [("mode", mode), ("subject", "Hi {{name}}"), ("text", text), ("version", version)];
        let (site, administrator) = (&site, &administrator);
        async move { site.post_form(administrator, path, &fields).await }
    };
    let shown = post("preview", "Look: {{link}} <script>{{company}}", "0").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("&lt;script&gt;Sample Ltd"), "{}", shown.body);
    assert!(
        shown.body.contains("Look: {{link}} &lt;script&gt;{{company}}"),
        "what was typed stays: {}",
        shown.body
    );
    let refused = post("save", "{{lnik}}", "0").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("is no placeholder of this mail"), "{}", refused.body);
    let saved = post("save", "New: {{link}}", "0").await;
    assert_eq!(saved.header("location"), "/staff/settings/mail-templates/invitation?done=saved");
    let stale = post("save", "Other: {{link}}", "0").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("New: {{link}}") && stale.body.contains("Other: {{link}}"), "both texts");
    let page = site.get(&administrator, path).await;
    assert!(page.body.contains("Reset to the original"));
    let reset = site.post_form(&administrator, &format!("{path}/reset"), &[]).await;
    assert_eq!(reset.header("location"), "/staff/settings/mail-templates/invitation?done=reset");
    assert!(!site.get(&administrator, path).await.body.contains("Reset to the original"));
    let missing = site.get(&administrator, "/staff/settings/mail-templates/no-such").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
