use domain::{
    access::StaffRole,
    documents::{DocumentKind, DocumentRequest, PublishOutcome, StaffDocumentFilter, Standing},
    ids::DocumentId,
};
use entities::document;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use services::{Cx, ServiceError, documents};
use uuid::Uuid;

use super::books;
use crate::support::{Portal, on_each_database};

/// The numbers that a filter leaves, newest first; of one day in the order in which they came.
async fn listed(cx: &Cx, query: &[(&str, &str)]) -> Vec<String> {
    let filter = StaffDocumentFilter::from_query(|name| {
        query.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    });
    let list = documents::list_staff_documents(cx, &filter).await.expect("lists");
    let mut numbers: Vec<String> = list.page.items.into_iter().map(|item| item.row.number).collect();
    numbers.sort();
    numbers
}

async fn numbered(portal: &Portal, number: &str) -> DocumentId {
    let found = document::Entity::find()
        .filter(document::Column::Number.eq(number))
        .one(portal.portico.db.pool())
        .await
        .expect("looks");
    DocumentId(found.expect("a document").id)
}

async fn customers_see(cx: &Cx) -> Vec<String> {
    let request =
        DocumentRequest { kind: DocumentKind::Invoice, filter: Default::default(), page: Default::default() };
    let page = documents::list_documents(cx, &request).await.expect("lists");
    let mut numbers: Vec<String> = page.page.items.into_iter().map(|row| row.number).collect();
    numbers.sort();
    numbers
}

#[test]
fn staff_find_every_document_by_words_kind_state_and_customer() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let staff = portal.staff(StaffRole::Staff).await;
        assert_eq!(listed(&staff, &[]).await.len(), 9);
        assert_eq!(listed(&staff, &[("kind", "sales")]).await.len(), 0);
        assert_eq!(listed(&staff, &[("kind", "invoices"), ("state", "draft")]).await, ["INV/draft"]);
        assert_eq!(listed(&staff, &[("q", "inv/BOB")]).await, ["INV/bob"]);
        assert_eq!(listed(&staff, &[("q", "inv zoe")]).await, ["INV/zoe"]);
        assert_eq!(listed(&staff, &[("q", "100%")]).await.len(), 0, "signs are no wildcards");
        let zeta = portal.imported("zeta").await.to_string();
        assert_eq!(listed(&staff, &[("of", &zeta)]).await, ["INV/zeta", "INV/zoe"]);
        assert_eq!(listed(&staff, &[("q", "zeta")]).await, ["INV/zeta", "INV/zoe"]);
        assert_eq!(listed(&staff, &[("from", "2026-11-02")]).await.len(), 0);
        assert_eq!(listed(&staff, &[("until", "2026-11-01")]).await.len(), 9);
        assert_eq!(
            listed(&staff, &[("standing", "unpublished")]).await,
            ["INV/draft", "INV/gone"],
            "{}",
            portal.database
        );
    });
}

#[test]
fn publishing_acts_at_the_customers_next_request_and_counts() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let staff = portal.staff(StaffRole::Staff).await;
        let ann = portal.customer(portal.imported("ann").await, "ann@acme.example").await;
        let (bob, draft) = (numbered(&portal, "INV/bob").await, numbered(&portal, "INV/draft").await);

        let outcome = documents::set_published(&staff, &[bob], false).await.expect("withdraws");
        assert_eq!(outcome, PublishOutcome { changed: 1, hidden: 0, ownerless: 0 });
        assert_eq!(customers_see(&ann).await, ["INV/acme", "INV/ann"]);
        let gone = documents::get_document(&ann, DocumentKind::Invoice, bob).await;
        assert!(matches!(gone, Err(ServiceError::NotFound)));

        let outcome = documents::set_published(&staff, &[bob, draft, bob], true).await.expect("publishes");
        assert_eq!(outcome, PublishOutcome { changed: 2, hidden: 1, ownerless: 0 }, "a draft stays hidden");
        assert_eq!(customers_see(&ann).await, ["INV/acme", "INV/ann", "INV/bob"]);
        let again = documents::set_published(&staff, &[bob, draft], true).await.expect("does nothing");
        assert_eq!(again, PublishOutcome::default());
        assert!(documents::check_counters(&portal.system()).await.expect("counts").is_empty());

        let filter = domain::audit::AuditFilter { about: Some(Uuid::from(bob)), ..Default::default() };
        let events = services::audit::list_events(&portal.system(), &filter).await.expect("events");
        let told: Vec<_> = events.items.iter().map(|event| event.what.as_str()).collect();
        assert_eq!(told, ["Document published to customers", "Document withdrawn from customers"]);
    });
}

#[test]
fn what_cannot_be_published_is_said_and_nothing_is_done_by_halves() {
    on_each_database(|portal| async move {
        let header = super::HEADER;
        let row = "i_1,INV/nobody,out_invoice,,2026-11-01,2026-11-20,posted,USD,100.0,100.0\n";
        portal.import(&[("invoices.csv", format!("{header}{row}"))]).await;
        let staff = portal.staff(StaffRole::Staff).await;
        let nobodys = numbered(&portal, "INV/nobody").await;
        documents::set_published(&staff, &[nobodys], false).await.expect("withdraws");
        let outcome = documents::set_published(&staff, &[nobodys], true).await.expect("answers");
        assert_eq!(outcome, PublishOutcome { changed: 0, hidden: 0, ownerless: 1 });
        assert_eq!(listed(&staff, &[("standing", "ownerless")]).await, ["INV/nobody"]);

        let missing = DocumentId(Uuid::now_v7());
        for (ids, is_refused) in [(vec![], true), (vec![nobodys, missing], false)] {
            match documents::set_published(&staff, &ids, false).await {
                Err(ServiceError::Refused(_)) => assert!(is_refused),
                Err(ServiceError::NotFound) => assert!(!is_refused),
                other => panic!("{other:?}"),
            }
        }
    });
}

#[test]
fn whoever_opens_a_document_first_is_told_and_later_ones_are_not() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let staff = portal.staff(StaffRole::Staff).await;
        let id = numbered(&portal, "INV/ann").await;
        let page = documents::get_staff_document(&staff, id).await.expect("a page");
        assert_eq!(
            (page.exposure.first_viewed, page.contact.map(|(_, name)| name)),
            (None, Some("Ann".into()))
        );
        assert_eq!(page.entity.map(|(_, name)| name).as_deref(), Some("Acme"));

        let ann = portal.customer(portal.imported("ann").await, "ann@acme.example").await;
        let bob = portal.customer(portal.imported("bob").await, "bob@acme.example").await;
        for cx in [&ann, &bob] {
            documents::get_document(cx, DocumentKind::Invoice, id).await.expect("opens");
        }
        assert_eq!(documents::write_first_views(&portal.portico).await.expect("writes"), 1);
        portal.clock.advance(time::Duration::hours(1));
        documents::get_document(&bob, DocumentKind::Invoice, id).await.expect("opens");
        assert_eq!(documents::write_first_views(&portal.portico).await.expect("writes"), 0);

        let page = documents::get_staff_document(&staff, id).await.expect("a page");
        assert_eq!(page.exposure.first_viewed.as_deref(), Some("22 Nov 2026, 10:00 UTC"));
        assert_eq!(page.exposure.first_viewed_by.as_deref(), Some("Ann"));
        assert_eq!(listed(&staff, &[("standing", "opened")]).await, ["INV/ann"]);
        assert_eq!(listed(&staff, &[("standing", "unopened")]).await.len(), 6);

        // Whatever is changed about the document, that somebody saw it stays known.
        documents::set_published(&staff, &[id], false).await.expect("withdraws");
        let page = documents::get_staff_document(&staff, id).await.expect("a page");
        assert_eq!(page.exposure.first_viewed_by.as_deref(), Some("Ann"));
    });
}

#[test]
fn the_staffs_pages_keep_to_their_budget_and_to_staff() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let staff = portal.staff(StaffRole::Staff).await;
        let id = numbered(&portal, "INV/ann").await;
        let ann = portal.customer(portal.imported("ann").await, "ann@acme.example").await;
        documents::get_document(&ann, DocumentKind::Invoice, id).await.expect("opens");
        documents::write_first_views(&portal.portico).await.expect("writes");

        let of = Some(portal.imported("acme").await);
        let filter = StaffDocumentFilter { standing: Some(Standing::Published), of, ..Default::default() };
        let (_, list) = portal.statements_of(documents::list_staff_documents(&staff, &filter)).await;
        let (_, page) = portal.statements_of(documents::get_staff_document(&staff, id)).await;
        assert!(list <= 4 && page <= 4, "{list} {page}");

        for (cx, is_anonymous) in [(portal.anonymous(), true), (ann, false)] {
            let answers = [
                documents::list_staff_documents(&cx, &filter).await.map(|_| ()),
                documents::get_staff_document(&cx, id).await.map(|_| ()),
                documents::set_published(&cx, &[id], false).await.map(|_| ()),
            ];
            for answer in answers {
                match answer {
                    Err(ServiceError::Unauthenticated) => assert!(is_anonymous),
                    Err(ServiceError::NotFound) => assert!(!is_anonymous),
                    other => panic!("{other:?}"),
                }
            }
        }
    });
}
