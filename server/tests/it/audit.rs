use axum::http::StatusCode;
use domain::{access::StaffRole, ids::ContactId};
use entities::{group, membership};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::support::{Browser, Site};

async fn make_company_admin(site: &Site, contact: ContactId) {
    let db = site.portico.db.pool();
    let admins = group::Entity::find().filter(group::Column::Code.eq("company_admin")).one(db).await;
    let admins = admins.expect("looks").expect("a group");
    membership::Entity::update_many()
        .col_expr(membership::Column::GroupId, Expr::value(admins.id))
        .filter(membership::Column::ContactId.eq(Uuid::from(contact)))
        .exec(db)
        .await
        .expect("regroups");
}

#[tokio::test]
async fn the_export_is_behind_the_pages_gate_and_takes_its_filter() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let ann = site.contact("person", "=Ann", Some(acme)).await;
    let customer = site.customer(ann, "ann@acme.example").await;
    let (staff, manager, administrator) = (
        site.staff(StaffRole::Staff).await,
        site.staff(StaffRole::ContactManager).await,
        site.staff(StaffRole::Administrator).await,
    );
    let path = "/staff/audit.csv?what=access";
    for browser in [&customer, &staff] {
        let answer = site.get(browser, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(!answer.body.contains("access.granted"));
    }
    let answer = site.get(&Browser::default(), path).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    for browser in [&manager, &administrator] {
        let answer = site.get(browser, path).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert!(answer.header("content-disposition").starts_with("attachment"));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.body.lines().count(), 3, "{}", answer.body);
        assert!(answer.body.contains(",'=Ann,"), "{}", answer.body);
    }
    let page = site.get(&manager, "/staff/audit?what=access&until=2026-11-22&who=%3Cscript%3E").await;
    assert!(page.body.contains("Nothing matches") && !page.body.contains("<script>\""), "text stays text");
    assert!(page.body.contains("/staff/audit.csv?"));
}

#[tokio::test]
async fn the_access_log_is_for_whoever_may_read_it() {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let ann = site.contact("person", "Ann", Some(acme)).await;
    let browser = site.customer(ann, "ann@acme.example").await;
    let home = site.get(&browser, "/my").await;
    assert!(!home.body.contains("/my/access-log"));
    assert_eq!(site.get(&browser, "/my/access-log").await.status, StatusCode::NOT_FOUND);
    make_company_admin(&site, ann).await;
    assert!(site.get(&browser, "/my").await.body.contains("/my/access-log"));
    let log = site.get(&browser, "/my/access-log").await;
    assert_eq!(log.status, StatusCode::OK);
    assert!(log.body.contains("Portal access granted") && log.body.contains("Rivet Works"), "{}", log.body);
}
