use domain::{
    PageRequest,
    documents::{DocumentKind, DocumentRequest},
};
use entities::document;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde_json::json;
use services::documents;

use super::books;
use crate::support::on_each_database;

/// What the first release stored is read after an update.
#[test]
fn details_in_their_first_form_are_brought_along() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let pool = portal.portico.db.pool();
        for row in document::Entity::find().all(pool).await.expect("documents") {
            let (kind, fields) = row.details.as_object().and_then(|of| of.iter().next()).expect("a kind");
            let mut first = fields.clone();
            first.as_object_mut().expect("fields").insert("kind".to_owned(), json!(kind));
            let mut row: document::ActiveModel = row.into();
            row.details = Set(first);
            row.update(pool).await.expect("goes back");
        }
        let forget = "DELETE FROM seaql_migrations WHERE version = 'm20261125_000008_details'";
        pool.execute_unprepared(forget).await.expect("forgets");
        portal.portico.db.migrate().await.expect("migrates");

        let ann = portal.customer(portal.imported("ann").await, "ann@acme.example").await;
        let request = DocumentRequest {
            kind: DocumentKind::Invoice,
            filter: Default::default(),
            page: PageRequest::default(),
        };
        let page = documents::list_documents(&ann, &request).await.expect("lists").page;
        assert_eq!(page.items.len(), 3);
        for row in page.items {
            documents::get_document(&ann, DocumentKind::Invoice, row.id).await.expect("opens");
        }
    });
}
