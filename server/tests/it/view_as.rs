//! Viewing the portal as a customer, as browsers do it.

use axum::http::StatusCode;
use domain::access::{RowChange, StaffRole};
use sea_orm::{ConnectionTrait, Database, Statement};
use time::Duration;

use crate::{
    access_matrix, people,
    support::{Browser, Site, invoice},
};

const REASON: &[(&str, &str)] = &[("reason", "They called about INV/1")];

#[tokio::test]
async fn a_banner_on_every_page_a_way_out_and_a_staff_side_beside_it() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let ann = site.contact("person", "Ann", Some(acme)).await;
    site.customer(ann, "ann@acme.example").await;
    let id = invoice(&site, ann, acme).await;
    let manager = site.staff(StaffRole::ContactManager).await;
    let form = format!("/staff/contacts/{ann}/view-as");

    let asked = site.get(&manager, &form).await;
    assert!(asked.status == StatusCode::OK && asked.body.contains("Reason"));
    let refused = site.post_form(&manager, &form, &[("reason", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Say why"));
    let opened = site.post_form(&manager, &form, REASON).await;
    assert_eq!((opened.status, opened.header("location")), (StatusCode::SEE_OTHER, "/my"));

    for path in ["/my", "/my/invoices", &format!("/my/invoices/{id}")] {
        let page = site.get(&manager, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for told in ["Viewing as Ann (Acme)", "They called about INV/1", "10:15 UTC", "/staff/view-as/leave"]
        {
            assert!(page.body.contains(told), "{path}: {told}");
        }
        assert!(!page.body.contains("action=\"/logout\""), "that would log the staff user out");
    }
    assert_eq!(site.get(&manager, "/staff/contacts").await.status, StatusCode::OK);
    let left = site.post_form(&manager, "/staff/view-as/leave", &[]).await;
    assert_eq!(left.header("location"), format!("/staff/contacts/{ann}?notice=view-left"));
    assert_eq!(site.get(&manager, "/my").await.header("location"), "/staff");
}

#[tokio::test]
async fn when_the_time_is_up_staff_find_themselves_on_their_own_side() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let manager = site.staff(StaffRole::ContactManager).await;
    site.post_form(&manager, &format!("/staff/contacts/{acme}/view-as"), REASON).await;
    assert_eq!(site.get(&manager, "/my/invoices").await.status, StatusCode::OK);
    site.clock.advance(Duration::minutes(15));
    for path in ["/my", "/my/invoices", "/login?notice=ended&next=/my/invoices"] {
        assert_eq!(site.get(&manager, path).await.header("location"), "/staff?notice=view-over", "{path}");
    }
    let told = site.get(&manager, "/staff?notice=view-over").await;
    assert!(told.body.contains("You do not view the portal as a customer any more"));
    // A page that is still open in the browser is told that it is signed out, and goes to /login then.
    let body = serde_json::json!({});
    let call = site.call(&manager, "/fn/my/documents/get_home", &body).await;
    assert_eq!(call.status, StatusCode::UNAUTHORIZED);
}

/// Whatever a use case of the portal forgets to ask: not one byte of the database changes.
#[tokio::test]
async fn whatever_is_called_or_posted_changes_nothing() {
    let people = people::people().await;
    let site = &people.site;
    let manager = site.staff_named("looker@business.example", StaffRole::Administrator).await;
    let ann: domain::ids::ContactId = people.ann.parse().expect("a key");
    site.post_form(&manager, &format!("/staff/contacts/{ann}/view-as"), REASON).await;
    assert!(site.get(&manager, "/my").await.body.contains("Viewing as Ann"));
    let watch = Watch::over(site).await;

    let before = watch.version().await;
    let mut walked = 0;
    for (path, body, _) in access_matrix::functions(&people) {
        if path.starts_with("/fn/my/") {
            let answer = site.call(&manager, path, &body).await;
            assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}: {}", answer.body);
            assert_eq!(watch.version().await, before, "{path} wrote");
            walked += 1;
        }
    }
    assert!(walked >= 3);
    for (_, path, fields, _) in access_matrix::posts(&people) {
        if path.starts_with("/my") {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            site.post_form(&manager, &path, &fields).await;
            assert_eq!(watch.version().await, before, "{path} wrote");
        }
    }
    // Reading marks nothing as viewed.
    for path in ["/my", "/my/invoices", &format!("/my/invoices/{}", people.invoice)] {
        assert_eq!(site.get(&manager, path).await.status, StatusCode::OK, "{path}");
        assert_eq!(watch.version().await, before, "{path} wrote");
    }
    // The watch does see a change.
    site.change(ann, "", RowChange::Revoke).await;
    assert_ne!(watch.version().await, before);
}

/// A connection of its own, which SQLite tells whether any other one has changed the file.
struct Watch(sea_orm::DatabaseConnection);

impl Watch {
    async fn over(site: &Site) -> Self {
        let mut options = sea_orm::ConnectOptions::new(site.database_url());
        options.max_connections(1);
        Self(Database::connect(options).await.expect("connects"))
    }

    async fn version(&self) -> i64 {
        let statement = Statement::from_string(self.0.get_database_backend(), "PRAGMA data_version");
        let row = self.0.query_one_raw(statement).await.expect("asks").expect("a row");
        row.try_get_by_index::<i64>(0).expect("a number")
    }
}

#[tokio::test]
async fn nobody_else_gets_there() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let form = format!("/staff/contacts/{acme}/view-as");
    let staff = site.staff(StaffRole::Staff).await;
    assert_eq!(site.get(&staff, &form).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.post_form(&staff, &form, REASON).await.status, StatusCode::NOT_FOUND);
    let page = site.get(&staff, &format!("/staff/contacts/{acme}")).await;
    assert!(!page.body.contains("View as customer"));
    let nobody = site.post_form(&Browser::default(), &form, REASON).await;
    assert_eq!(nobody.header("location"), "/login?notice=ended");
}
