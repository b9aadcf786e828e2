//! Lists: searched, filtered, sorted, put together.

use domain::{
    PageRequest,
    documents::{
        DocumentFilter, DocumentKind, DocumentList, DocumentOrder, DocumentRequest, DocumentStatus, Grouping,
    },
};
use services::{Cx, documents};

use super::{HEADER, books};
use crate::support::{Portal, on_each_database};

pub async fn list(cx: &Cx, kind: DocumentKind, filter: DocumentFilter) -> DocumentList {
    let request = DocumentRequest { kind, filter, page: PageRequest::default() };
    documents::list_documents(cx, &request).await.expect("lists")
}

pub fn names(list: &DocumentList) -> Vec<&str> {
    list.page.items.iter().map(|row| row.name()).collect()
}

fn searching(text: &str) -> DocumentFilter {
    DocumentFilter { search: text.to_owned(), ..DocumentFilter::default() }
}

/// Orders of two people of Acme and one of Zeta, with lines.
async fn orders(portal: &Portal) -> Cx {
    books(portal).await;
    let orders = "id,name,partner_id/id,state,currency_id/name,amount_untaxed,amount_tax,amount_total,date_order,\
        validity_date,client_order_ref,order_line/name,order_line/product_uom_qty,order_line/price_unit,\
        order_line/discount,order_line/price_subtotal\n\
        s1,S00023,ann,sale,USD,100,0,100,2026-10-01,,PO-77/b,Large Desk,1,100,0,100\n\
        ,,,,,,,,,,,Éclair lamp 100%,1,0,0,0\n\
        s2,S00024,bob,sent,USD,2500,0,2500,2026-10-05,2026-11-10,,Office chair,1,2500,0,2500\n\
        s3,S00031,ann,sent,USD,40,0,40,2026-11-05,2026-12-24,,Desk_pad,1,40,0,40\n\
        s4,S00099,zoe,sale,USD,1,0,1,2026-11-05,,,Large Desk,1,1,0,1\n";
    portal.import(&[("orders.csv", orders.to_owned())]).await;
    portal.customer(portal.imported("ann").await, "ann@acme.example").await
}

#[test]
fn documents_are_found_by_what_a_customer_types() {
    on_each_database(|portal| async move {
        let cx = orders(&portal).await;
        let found = |text: &'static str| {
            let cx = cx.clone();
            async move {
                let list = list(&cx, DocumentKind::Sale, searching(text)).await;
                names(&list).into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()
            }
        };
        for (text, numbers) in [
            ("S00023", &["S00023"][..]),
            ("00023", &["S00023"]),
            ("s0002", &["S00024", "S00023"]),
            ("23", &["S00023"]),
            ("po-77/B", &["S00023"]),
            ("large desk", &["S00023"]),
            ("DESK", &["S00031", "S00023"]),
            ("desk large s00", &["S00023"]),
            ("éclair", &["S00023"]),
            ("100%", &["S00023"]),
            ("desk_", &["S00031"]),
            ("bob", &["S00024"]),
            ("\"large", &[]),
            ("nothing of the kind", &[]),
            ("S00099", &[]),
        ] {
            assert_eq!(found(text).await, numbers, "{text} on {}", portal.database);
        }
        let invoices = list(&cx, DocumentKind::Invoice, searching("inv ann")).await;
        assert_eq!(names(&invoices), ["INV/ann"]);
        assert_eq!(names(&list(&cx, DocumentKind::Invoice, searching("invann")).await), ["INV/ann"]);
    });
}

#[test]
fn a_changed_document_is_found_by_what_it_says_now() {
    on_each_database(|portal| async move {
        let cx = orders(&portal).await;
        let again = "id,name,partner_id/id,state,currency_id/name,amount_untaxed,amount_tax,amount_total,date_order,\
            order_line/name,order_line/product_uom_qty,order_line/price_unit,order_line/discount,\
            order_line/price_subtotal\n\
            s1,S00023,ann,sale,USD,100,0,100,2026-10-01,Small Table,1,100,0,100\n";
        portal.import(&[("orders.csv", again.to_owned())]).await;
        assert_eq!(names(&list(&cx, DocumentKind::Sale, searching("table")).await), ["S00023"]);
        assert!(list(&cx, DocumentKind::Sale, searching("large")).await.page.items.is_empty());
        let without_lines = "id,name,partner_id/id,state,currency_id/name,amount_untaxed,amount_tax,amount_total,\
            date_order\n\
            s1,S00023,ann,sale,USD,101,0,101,2026-10-01\n";
        portal.import(&[("orders.csv", without_lines.to_owned())]).await;
        assert_eq!(names(&list(&cx, DocumentKind::Sale, searching("table")).await), ["S00023"]);
    });
}

#[test]
fn filters_leave_what_they_say() {
    on_each_database(|portal| async move {
        let cx = orders(&portal).await;
        let more = "id,name,move_type,partner_id/id,invoice_date,invoice_date_due,state,currency_id/name,amount_total,\
            amount_residual\n\
            paid,INV/paid,out_invoice,ann,2026-10-01,2026-10-20,posted,USD,70,0\n\
            later,INV/later,out_invoice,bob,2026-11-10,2026-12-20,posted,JPY,7000,7000\n\
            credit,R/1,out_refund,ann,2026-11-03,,posted,USD,30,30\n\
            bill,BILL/1,in_invoice,ann,2026-11-04,2026-11-05,posted,USD,20,20\n";
        portal.import(&[("invoices.csv", more.to_owned())]).await;
        let of = |kind: DocumentKind, filter: DocumentFilter| {
            let cx = cx.clone();
            async move {
                let filter = DocumentFilter { order: DocumentOrder::Number, ..filter };
                let list = list(&cx, kind, filter).await;
                names(&list).into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()
            }
        };
        let status = |status| DocumentFilter { status: Some(status), ..DocumentFilter::default() };
        let due = ["INV/acme", "INV/ann", "INV/bob"];
        assert_eq!(of(DocumentKind::Invoice, status(DocumentStatus::Overdue)).await, due);
        assert_eq!(
            of(DocumentKind::Invoice, status(DocumentStatus::ToPay)).await,
            ["INV/acme", "INV/ann", "INV/bob", "INV/later"]
        );
        assert_eq!(of(DocumentKind::Invoice, status(DocumentStatus::Paid)).await, ["INV/paid"]);
        assert_eq!(of(DocumentKind::Invoice, status(DocumentStatus::Credits)).await, ["R/1"]);
        assert_eq!(of(DocumentKind::Invoice, status(DocumentStatus::Bills)).await, ["BILL/1"]);
        let expired = of(DocumentKind::Sale, status(DocumentStatus::Expired)).await;
        assert_eq!(expired, ["S00024"]);
        let state = status(DocumentStatus::In(domain::documents::DocumentState::Confirmed));
        assert_eq!(of(DocumentKind::Sale, state).await, ["S00023"]);

        let amounts =
            DocumentFilter { least: "60".into(), most: "7,000".into(), ..DocumentFilter::default() };
        assert_eq!(
            of(DocumentKind::Invoice, amounts).await,
            ["INV/acme", "INV/ann", "INV/bob", "INV/later", "INV/paid"],
            "yen have no cents"
        );
        let day = |text| domain::date::parse_iso(text);
        let dates =
            DocumentFilter { from: day("2026-11-02"), until: day("2026-11-04"), ..DocumentFilter::default() };
        assert_eq!(of(DocumentKind::Invoice, dates).await, ["BILL/1", "R/1"]);
        let bob = portal.imported("bob").await;
        let person = DocumentFilter { person: Some(bob), ..DocumentFilter::default() };
        assert_eq!(of(DocumentKind::Invoice, person).await, ["INV/bob", "INV/later"]);
        let zoe = portal.imported("zoe").await;
        let stranger = DocumentFilter { person: Some(zoe), ..DocumentFilter::default() };
        assert!(of(DocumentKind::Invoice, stranger).await.is_empty());

        let all = list(&cx, DocumentKind::Invoice, DocumentFilter::default()).await;
        let people: Vec<&str> = all.people.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!((people, all.count), (vec!["Acme", "Ann", "Bob"], 7));
        let limited = portal.regroup(portal.imported("ann").await, "limited").await;
        let own = list(&limited, DocumentKind::Invoice, DocumentFilter::default()).await;
        assert_eq!((own.people.len(), own.count), (0, 4));
    });
}

#[test]
fn each_order_holds_each_document_once_there_and_back() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let mut invoices = HEADER.to_owned();
        for n in 0..120 {
            // Many alike in each key, and some without a day on which they are due.
            let (day, due, total) = (1 + n % 3, 1 + n % 4, n % 5);
            let due = if n % 6 == 0 { String::new() } else { format!("2026-12-0{due}") };
            invoices += &format!(
                "n{n},N{:03},out_invoice,bob,2026-10-0{day},{due},posted,USD,{total},{total}\n",
                n / 2
            );
        }
        portal.import(&[("invoices.csv", invoices)]).await;
        let cx = portal.customer(portal.imported("ann").await, "ann@acme.example").await;
        for order in DocumentOrder::choices(DocumentKind::Invoice) {
            let read = |page: PageRequest| {
                let cx = cx.clone();
                async move {
                    let filter = DocumentFilter { order, ..DocumentFilter::default() };
                    let request = DocumentRequest { kind: DocumentKind::Invoice, filter, page };
                    documents::list_documents(&cx, &request).await.expect("lists").page
                }
            };
            let mut there = Vec::new();
            let mut page = read(PageRequest::default()).await;
            loop {
                there.extend(page.items.clone());
                let Some(after) = page.next.clone() else { break };
                page = read(PageRequest { after: Some(after), before: None }).await;
            }
            let mut ids: Vec<_> = there.iter().map(|row| row.id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!((there.len(), ids.len()), (123, 123), "{order:?} on {}", portal.database);
            let is_sorted = match order {
                DocumentOrder::Newest => there.is_sorted_by(|a, b| a.dated >= b.dated),
                DocumentOrder::Oldest => there.is_sorted_by(|a, b| a.dated <= b.dated),
                DocumentOrder::Number => there.is_sorted_by(|a, b| a.number <= b.number),
                DocumentOrder::Due => there.is_sorted_by_key(|row| (row.due.is_none(), row.due)),
                DocumentOrder::Largest => {
                    there.is_sorted_by(|a, b| a.total.map(|m| m.minor) >= b.total.map(|m| m.minor))
                }
                DocumentOrder::Smallest => there.is_sorted_by_key(|row| row.total.map(|total| total.minor)),
            };
            assert!(is_sorted, "{order:?} on {}", portal.database);
            let before = page.previous.clone().expect("a way back");
            let back = read(PageRequest { after: None, before: Some(before) }).await;
            assert_eq!(back.items, there[50..100], "{order:?} on {}", portal.database);
        }
    });
}

#[test]
fn tasks_and_time_are_put_together() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let projects = "id,name,partner_id/id,privacy_visibility\n\
            p1,Garden,acme,Invited portal users and all internal users (public)\n\
            p2,Kitchen,acme,Invited portal users and all internal users (public)\n\
            p3,Secret,acme,Invited internal users (private)\n";
        let tasks = "id,name,partner_id/id,project_id/id,state,date_deadline\n\
            t1,Dig,ann,p1,In Progress,2026-11-01\n\
            t2,Tiles,ann,p2,Done,2026-11-01\n\
            t3,Plant,ann,p1,Done,\n";
        let time = "id,name,date,unit_amount,employee_id/name,project_id/id,task_id/id\n\
            h1,Dug,2026-10-30,1,Marc,p1,t1\n\
            h2,Dug on,2026-11-02,2,Marc,p1,t1\n\
            h3,Planned,2026-11-03,1,Marc,p2,\n";
        let files = [
            ("projects.csv", projects.to_owned()),
            ("tasks.csv", tasks.to_owned()),
            ("timesheets.csv", time.to_owned()),
        ];
        portal.import(&files).await;
        let cx = portal.customer(portal.imported("ann").await, "ann@acme.example").await;
        let by = |grouping| DocumentFilter { grouping: Some(grouping), ..DocumentFilter::default() };
        let heads = |list: &DocumentList| {
            let of = |at: usize| list.page.items[at].name().to_owned();
            list.groups.iter().map(|group| (group.label.clone(), of(group.at))).collect::<Vec<_>>()
        };
        let tasks = list(&cx, DocumentKind::Task, by(Grouping::Project)).await;
        assert_eq!(tasks.page.items.len(), 3);
        let labels: Vec<_> = heads(&tasks).into_iter().map(|(label, _)| label).collect();
        assert_eq!(labels, ["Kitchen", "Garden"]);
        let states = list(&cx, DocumentKind::Task, by(Grouping::Status)).await;
        assert_eq!(
            states.groups.iter().map(|group| group.label.as_str()).collect::<Vec<_>>(),
            ["Done", "In progress"]
        );
        let months = list(&cx, DocumentKind::Timesheet, by(Grouping::Month)).await;
        assert_eq!(
            heads(&months),
            [
                ("November 2026".to_owned(), "Planned".to_owned()),
                ("October 2026".to_owned(), "Dug".to_owned())
            ]
        );
        let late = DocumentFilter { status: Some(DocumentStatus::Late), ..DocumentFilter::default() };
        assert_eq!(names(&list(&cx, DocumentKind::Task, late).await), ["Dig"]);
        let choices: Vec<_> = tasks.projects.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(choices, ["Garden", "Kitchen"]);
        let garden = tasks.projects.iter().find(|(_, name)| name == "Garden").map(|(id, _)| *id);
        let of_garden = DocumentFilter { project: garden, ..DocumentFilter::default() };
        assert_eq!(
            names(&list(&cx, DocumentKind::Timesheet, of_garden).await),
            ["Dug on", "Dug"],
            "time on a project's tasks is its time"
        );
    });
}

#[test]
fn an_export_holds_what_the_list_does_and_no_formulas() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let evil = format!("{HEADER}e,=1+1,out_refund,ann,2026-11-03,,posted,USD,30,30\n");
        portal.import(&[("invoices.csv", evil)]).await;
        let cx = portal.customer(portal.imported("ann").await, "ann@acme.example").await;
        let filter = DocumentFilter { search: "ann".into(), ..DocumentFilter::default() };
        let request = DocumentRequest { kind: DocumentKind::Invoice, filter, page: PageRequest::default() };
        let mut export = documents::begin_list_export(&cx, &request).await.expect("begins");
        let mut text = String::new();
        while let Some((part, rest)) = documents::export_list(&cx, export).await.expect("goes on") {
            text += std::str::from_utf8(&part).expect("text");
            export = rest;
        }
        assert_eq!(
            text,
            "Number,Title,Type,Status,For,Date,Due,Currency,Total,Open,Minutes,Overdue\n\
             '=1+1,Credit note,Credit note,Posted,Ann,2026-11-03,,USD,-30.00,,,\n\
             INV/ann,Invoice,Invoice,Posted,Ann,2026-11-01,2026-11-20,USD,100.00,100.00,,yes\n"
        );
        let none = portal.regroup(portal.imported("ann").await, "none").await;
        assert!(documents::begin_list_export(&none, &request).await.is_err());
    });
}
