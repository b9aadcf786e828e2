//! The PDFs of a list as a ZIP.

use std::io::Cursor;

use domain::{
    PageRequest,
    documents::{DocumentFilter, DocumentKind, DocumentRequest},
    ids::DocumentId,
};
use services::{Cx, ServiceError, documents};

use super::{HEADER, books, document_id as id_of};
use crate::support::on_each_database;

fn invoices(search: &str) -> DocumentRequest {
    DocumentRequest {
        kind: DocumentKind::Invoice,
        filter: DocumentFilter { search: search.to_owned(), ..DocumentFilter::default() },
        page: PageRequest::default(),
    }
}

/// The names in a ZIP of PDFs, in its order.
async fn zip(cx: &Cx, request: &DocumentRequest, ticked: &[DocumentId]) -> Result<Vec<String>, ServiceError> {
    let mut export = documents::begin_paper_export(cx, request, ticked).await?;
    let mut bytes = Vec::new();
    while let Some((part, rest)) = documents::export_paper(cx, export).await? {
        bytes.extend(part);
        export = rest;
    }
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    Ok((0..archive.len()).filter_map(|at| Some(archive.name_for_index(at)?.ok()?.into_owned())).collect())
}

#[test]
fn it_holds_what_the_filter_leaves_or_what_is_ticked() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = portal.customer(portal.imported("ann").await, "ann@acme.example").await;
        let mut all = zip(&ann, &invoices(""), &[]).await.expect("packs");
        all.sort();
        assert_eq!(all, ["Invoice-INV-acme.pdf", "Invoice-INV-ann.pdf", "Invoice-INV-bob.pdf"]);
        assert_eq!(zip(&ann, &invoices("bob"), &[]).await.expect("packs"), ["Invoice-INV-bob.pdf"]);
        let (hers, zoes, draft) = (
            id_of(&portal, "INV/ann").await,
            id_of(&portal, "INV/zoe").await,
            id_of(&portal, "INV/draft").await,
        );
        assert_eq!(
            zip(&ann, &invoices(""), &[hers, zoes, draft]).await.expect("packs"),
            ["Invoice-INV-ann.pdf"],
            "ticks reach no further than the list"
        );
        let refused = zip(&ann, &invoices("nothing such"), &[]).await.err();
        assert!(matches!(refused, Some(ServiceError::Refused(_))), "{refused:?}");
        assert!(matches!(zip(&ann, &invoices(""), &[zoes, draft]).await, Err(ServiceError::NotFound)));
        let tasks = DocumentRequest { kind: DocumentKind::Task, ..invoices("") };
        assert!(matches!(zip(&ann, &tasks, &[]).await, Err(ServiceError::NotFound)), "no paper");
        assert!(matches!(
            zip(&portal.anonymous(), &invoices(""), &[]).await,
            Err(ServiceError::Unauthenticated)
        ));
    });
}

#[test]
fn it_asks_again_for_each_document() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = portal.imported("ann").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let export = documents::begin_paper_export(&cx, &invoices(""), &[]).await.expect("begins");
        let (_, export) = documents::export_paper(&cx, export).await.expect("goes on").expect("a part");
        let none = portal.regroup(ann, "none").await;
        assert!(matches!(documents::export_paper(&none, export).await, Err(ServiceError::NotFound)));
    });
}

#[test]
fn one_that_is_too_long_is_refused_before_it_begins() {
    on_each_database(|portal| async move {
        let rows: String = (0..201)
            .map(|number| {
                format!("i{number},INV/{number:04},out_invoice,acme,2026-11-01,,posted,USD,12.5,12.5\n")
            })
            .collect();
        portal
            .import(&[
                ("contacts.csv", "id,name,is_company\nacme,Acme,True\n".to_owned()),
                ("invoices.csv", format!("{HEADER}{rows}")),
            ])
            .await;
        let cx = portal.customer(portal.imported("acme").await, "ann@acme.example").await;
        let refused = zip(&cx, &invoices(""), &[]).await.err();
        assert!(matches!(&refused, Some(ServiceError::Refused(told)) if told.contains("200")), "{refused:?}");
        assert_eq!(zip(&cx, &invoices("INV/000"), &[]).await.expect("packs").len(), 10);
    });
}
