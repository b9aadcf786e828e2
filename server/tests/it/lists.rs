use axum::http::StatusCode;
use entities::document_counter;
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::people::{IN_PORTAL, OF_ACME, SIGNED_OUT, people};

#[tokio::test]
async fn an_export_is_behind_the_lists_gate_and_takes_its_filter() {
    let people = people().await;
    for (who, browser) in &people.browsers {
        let answer = people.site.get(browser, "/my/documents.csv?kind=invoices&sort=number").await;
        if IN_PORTAL.contains(who) {
            assert_eq!(answer.status, StatusCode::OK, "{who:?}");
            assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
            assert_eq!(answer.header("content-disposition"), "attachment; filename=\"invoices.csv\"");
            assert_eq!(answer.header("cache-control"), "no-store");
            let expected = if OF_ACME.contains(who) { 2 } else { 1 };
            assert_eq!(answer.body.lines().count(), expected, "{who:?}: {}", answer.body);
        } else if SIGNED_OUT.contains(who) {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{who:?}");
        } else {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who:?}");
        }
    }
    let (_, customer) = &people.browsers[1];
    let nothing = people.site.get(customer, "/my/documents.csv?kind=invoices&q=nothing%20such").await;
    assert_eq!(nothing.body.lines().count(), 1);
    assert_eq!(
        people.site.get(customer, "/my/documents.csv?kind=secrets").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(people.site.get(customer, "/my/documents.csv").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_list_says_what_is_wrong_beside_the_field_and_keeps_what_was_typed() {
    let people = people().await;
    let (_, customer) = &people.browsers[1];
    let path = "/my/invoices?least=much%22%3E&from=2026-11-20&until=2026-11-01&sort=number";
    let page = people.site.get(customer, path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Give an amount such as") && page.body.contains("This day is before"));
    assert!(page.body.contains("value=\"much&quot;&gt;\""), "{}", page.body);
    assert!(page.body.contains("name=\"sort\" value=\"number\""), "the order is kept: {}", page.body);
    // The invoice was written past what counts them.
    let key = |text: &str| Set(Uuid::parse_str(text).expect("a key"));
    let counter = document_counter::ActiveModel {
        entity_id: key(&people.contact),
        contact_id: key(&people.ann),
        kind: Set("invoice".to_owned()),
        visible: Set(1),
    };
    let database = people.site.portico.db.pool();
    document_counter::Entity::insert(counter).exec_without_returning(database).await.expect("a counter");
    let page = people.site.get(customer, "/my/invoices?q=%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(page.body.contains("Nothing matches") && !page.body.contains("<script>alert"));
}
