//! What a page costs, in statements, after the one that resolves session and rights.

use domain::{
    PageRequest,
    access::StaffRole,
    contacts::ContactFilter,
    documents::{DocumentFilter, DocumentKind, DocumentRequest},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use services::{access, auth, contacts, documents};

use super::books;
use crate::support::{PASSWORD, on_each_database, origin};

#[test]
fn pages_keep_to_their_budget() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let (acme, ann) = (portal.imported("acme").await, portal.imported("ann").await);
        let cx = portal.customer(ann, "ann@acme.example").await;
        let staff = portal.staff(StaffRole::Administrator).await;

        let (_, home) = portal.statements_of(documents::home(&cx)).await;
        let request = DocumentRequest {
            kind: DocumentKind::Invoice,
            filter: Default::default(),
            page: PageRequest::default(),
        };
        let (page, list) = portal.statements_of(documents::list_documents(&cx, &request)).await;
        let id = page.expect("lists").page.items[0].id;
        let (_, show) = portal.statements_of(documents::get_document(&cx, DocumentKind::Invoice, id)).await;
        let filter = DocumentFilter { search: "inv".to_owned(), ..DocumentFilter::default() };
        let search = DocumentRequest { filter, ..request };
        let (_, found) = portal.statements_of(documents::list_documents(&cx, &search)).await;
        assert!(home <= 2 && list <= 2 && show <= 2 && found <= 2, "{home} {list} {show} {found}");

        let filter = ContactFilter::default();
        let (_, contact_list) = portal.statements_of(contacts::list_contacts(&staff, &filter)).await;
        let (_, contact_page) = portal.statements_of(contacts::get_contact(&staff, acme)).await;
        let (_, dialog) = portal.statements_of(access::list_grant_rows(&staff, &[acme])).await;
        assert!(
            contact_list <= 4 && contact_page <= 4 && dialog <= 4,
            "{contact_list} {contact_page} {dialog}"
        );
    });
}

#[test]
fn a_session_is_resolved_in_one_statement() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = portal.imported("ann").await;
        portal.customer(ann, "ann@acme.example").await;
        let signed_in =
            auth::sign_in(&portal.anonymous(), "ann@acme.example", PASSWORD).await.expect("signs in");
        auth::open_session(&portal.portico, "one", signed_in.whose(), &origin()).await.expect("opens");
        let resolve = || auth::resolve_session(&portal.portico, "one", auth::Face::Portal, origin());
        resolve().await.expect("resolves").expect("a session");
        let (session, statements) = portal.statements_of(resolve()).await;
        assert!(session.expect("resolves").is_some());
        assert_eq!(statements, 1);
    });
}

/// `.cargo/config.toml` says so to its build. Without, every statement with a LIMIT is compiled anew at each run.
#[test]
fn sqlite_plans_without_the_values_of_parameters() {
    on_each_database(|portal| async move {
        let db = &portal.portico.db;
        if db.is_postgres() {
            return;
        }
        let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA compile_options");
        let options = db.pool().query_all_raw(statement).await.expect("options");
        let options: Vec<String> =
            options.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect();
        assert!(options.iter().any(|option| option == "ENABLE_QPSG"), "{options:?}");
    });
}
