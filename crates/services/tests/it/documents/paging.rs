use domain::{
    PageRequest,
    documents::{DocumentKind, DocumentRequest},
};
use services::documents;

use super::{HEADER, books};
use crate::support::on_each_database;

#[test]
fn pages_hold_each_document_once_there_and_back() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let mut invoices = HEADER.to_owned();
        for n in 0..160 {
            // Many on one day, so that the key has to tell them apart.
            let day = 1 + n % 3;
            invoices +=
                &format!("n{n},N{n:03},out_invoice,bob,2026-10-0{day},2026-12-01,posted,USD,1.0,1.0\n");
        }
        portal.import(&[("invoices.csv", invoices)]).await;
        let ann = portal.imported("ann").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let read = |page: PageRequest| {
            let cx = cx.clone();
            async move {
                let request =
                    DocumentRequest { kind: DocumentKind::Invoice, filter: Default::default(), page };
                documents::list_documents(&cx, &request).await.expect("lists").page
            }
        };
        let mut there = Vec::new();
        let mut pages = Vec::new();
        let mut page = read(PageRequest::default()).await;
        assert_eq!(page.previous, None);
        loop {
            there.extend(page.items.iter().map(|row| row.id));
            pages.push(page.items.clone());
            let Some(after) = page.next.clone() else { break };
            page = read(PageRequest { after: Some(after), before: None }).await;
        }
        let mut once = there.clone();
        once.sort();
        once.dedup();
        assert_eq!((there.len(), once.len()), (163, 163));
        for expected in pages.iter().rev().skip(1) {
            let before = page.previous.clone().expect("a way back");
            page = read(PageRequest { after: None, before: Some(before) }).await;
            assert_eq!(&page.items, expected);
        }
        assert_eq!(page.previous, None);
        let lost = read(PageRequest { after: Some("rubbish".into()), before: None }).await;
        assert_eq!(lost.items, pages[0], "a cursor that makes no sense leads to the first page");
    });
}
