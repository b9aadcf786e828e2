//! What a document's page leads to.

use domain::{
    documents::{DocumentFilter, DocumentKind, DocumentOrder, DocumentPage},
    ids::DocumentId,
};
use services::{Cx, documents};

use super::{
    books,
    lists::{list, names},
};
use crate::support::on_each_database;

async fn open(cx: &Cx, kind: DocumentKind, id: DocumentId, list: &DocumentFilter) -> DocumentPage {
    documents::get_document_in(cx, kind, id, list).await.expect("opens")
}

#[test]
fn previous_and_next_follow_the_list_that_was_open() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let cx = portal.customer(portal.imported("ann").await, "ann@acme.example").await;
        for filter in [
            DocumentFilter::default(),
            DocumentFilter { order: DocumentOrder::Number, ..DocumentFilter::default() },
            DocumentFilter { search: "inv/a".into(), ..DocumentFilter::default() },
        ] {
            let rows = list(&cx, DocumentKind::Invoice, filter.clone()).await.page.items;
            let ids: Vec<DocumentId> = rows.iter().map(|row| row.id).collect();
            for (at, id) in ids.iter().enumerate() {
                let around = open(&cx, DocumentKind::Invoice, *id, &filter).await.around;
                let before = at.checked_sub(1).and_then(|at| ids.get(at).copied());
                assert_eq!((around.previous, around.next), (before, ids.get(at + 1).copied()), "{filter:?}");
            }
        }
        let limited = portal.regroup(portal.imported("ann").await, "limited").await;
        let own = list(&limited, DocumentKind::Invoice, DocumentFilter::default()).await;
        assert_eq!(names(&own), ["INV/ann"]);
        let page =
            open(&limited, DocumentKind::Invoice, own.page.items[0].id, &DocumentFilter::default()).await;
        assert_eq!(
            (page.around.previous, page.around.next),
            (None, None),
            "neighbours are behind the gate, too"
        );
    });
}

#[test]
fn linked_documents_are_those_that_the_reader_may_see() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let orders = "id,name,partner_id/id,state,currency_id/name,amount_untaxed,amount_tax,amount_total,date_order\n\
            s1,S00023,ann,sale,USD,100,0,100,2026-10-01\n\
            s2,S00024,zoe,sale,USD,100,0,100,2026-10-01\n";
        let invoices = "id,name,move_type,partner_id/id,invoice_date,invoice_date_due,state,currency_id/name,\
            amount_total,amount_residual,invoice_origin\n\
            a,INV/1,out_invoice,bob,2026-10-01,2026-10-20,posted,USD,70,0,\"S00023, S00024\"\n\
            b,INV/2,out_invoice,zoe,2026-10-01,2026-10-20,posted,USD,70,0,S00023\n\
            c,INV/3,out_invoice,ann,2026-10-01,2026-10-20,draft,USD,70,0,S00023\n";
        let projects = "id,name,partner_id/id,privacy_visibility\n\
            p1,Garden,acme,Invited portal users and all internal users (public)\n";
        let tasks = "id,name,partner_id/id,project_id/id,state\n\
            t1,Dig,ann,p1,In Progress\n\
            t2,Tiles,ann,p1,Done\n\
            t3,Dropped,ann,p1,Cancelled\n";
        let time = "id,name,date,unit_amount,employee_id/name,project_id/id,task_id/id\n\
            h1,Dug,2026-10-30,1.5,Marc,p1,t1\n";
        let files = [
            ("orders.csv", orders),
            ("invoices.csv", invoices),
            ("projects.csv", projects),
            ("tasks.csv", tasks),
            ("timesheets.csv", time),
        ];
        portal.import(&files.map(|(name, text)| (name, text.to_owned()))).await;
        let ann = portal.imported("ann").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let named = |cx: &Cx, kind: DocumentKind, name: &'static str| {
            let cx = cx.clone();
            async move {
                let filter = DocumentFilter { search: name.to_owned(), ..DocumentFilter::default() };
                let row = list(&cx, kind, filter).await.page.items.remove(0);
                open(&cx, kind, row.id, &DocumentFilter::default()).await
            }
        };
        let linked = |page: &DocumentPage| {
            page.around
                .linked
                .iter()
                .map(|linked| (linked.name.clone(), linked.note.clone()))
                .collect::<Vec<_>>()
        };
        let pair = |name: &str, note: &str| (name.to_owned(), note.to_owned());
        let order = named(&cx, DocumentKind::Sale, "S00023").await;
        assert_eq!(linked(&order), [pair("INV/1", "Posted")], "not another company's, and no draft");
        let invoice = named(&cx, DocumentKind::Invoice, "INV/1").await;
        assert_eq!(linked(&invoice), [pair("S00023", "Sales order")]);
        let project = named(&cx, DocumentKind::Project, "Garden").await;
        assert_eq!(linked(&project), [pair("Tiles", "Done"), pair("Dig", "In progress")]);
        assert_eq!(project.around.progress, Some((1, 2)));
        let task = named(&cx, DocumentKind::Task, "Dig").await;
        assert_eq!(linked(&task), [pair("Dug", "1:30 h · Marc")]);
        assert_eq!(task.parent.map(|parent| parent.name).as_deref(), Some("Garden"));
        let group = portal.new_group("Orders only", &["sales.view", "projects.view"]).await;
        let narrow = portal.regroup_to(ann, group).await;
        assert!(named(&narrow, DocumentKind::Sale, "S00023").await.around.linked.is_empty());
        let project = named(&narrow, DocumentKind::Project, "Garden").await;
        assert_eq!((project.around.linked.len(), project.around.progress), (0, None));
    });
}
