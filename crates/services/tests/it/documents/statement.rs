//! The statement of account.

use domain::documents::{DocumentKind, StatementFilter};
use services::documents;

use super::books;
use crate::support::on_each_database;

#[test]
fn a_statement_holds_what_is_open_and_subtracts_credits() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let more = "id,name,move_type,partner_id/id,invoice_date,invoice_date_due,state,currency_id/name,amount_total,\
            amount_residual\n\
            paid,INV/paid,out_invoice,ann,2026-10-01,2026-10-20,posted,USD,70,0\n\
            later,INV/later,out_invoice,bob,2026-11-10,2026-12-20,posted,USD,50,20\n\
            old,INV/old,out_invoice,bob,2026-06-10,2026-07-20,posted,USD,10,10\n\
            yen,INV/yen,out_invoice,bob,2026-11-10,2026-12-20,posted,JPY,7000,7000\n\
            credit,R/1,out_refund,ann,2026-11-03,,posted,USD,30,30\n\
            bill,=BILL/1,in_invoice,ann,2026-11-04,2026-11-05,posted,USD,20,20\n\
            draft,INV/d,out_invoice,ann,2026-11-04,2026-11-05,draft,USD,20,20\n";
        portal.import(&[("invoices.csv", more.to_owned())]).await;
        let ann = portal.imported("ann").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let read = |filter: StatementFilter| {
            let cx = cx.clone();
            async move { documents::get_statement(&cx, &filter).await.expect("a statement") }
        };
        let (statement, statements) = portal.statements_of(read(StatementFilter::default())).await;
        assert_eq!((statement.customer.as_str(), statements), ("Acme", 1));
        let [yen, dollars] = statement.parts.as_slice() else { panic!("{:?}", statement.parts) };
        assert_eq!((yen.open.minor, yen.overdue.minor), (7_000, 0));
        let balances: Vec<_> =
            dollars.rows.iter().map(|row| (row.document.name(), row.balance.minor)).collect();
        let due = ["INV/acme", "INV/ann", "INV/bob"];
        assert_eq!(balances[0], ("INV/old", 1_000));
        let mut names: Vec<_> = balances[1..4].iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        assert_eq!(names, due);
        assert_eq!(balances[4..], [("R/1", 28_000), ("INV/later", 30_000)]);
        assert_eq!((dollars.open.minor, dollars.overdue.minor), (30_000, 31_000));
        assert_eq!(dollars.ages.0.map(|sum| sum.minor), [-1_000, 30_000, 0, 0, 1_000]);

        let all = read(StatementFilter { all: true, ..StatementFilter::default() }).await;
        let names: Vec<_> =
            all.parts.iter().flat_map(|part| &part.rows).map(|row| row.document.name().to_owned()).collect();
        assert!(names.contains(&"INV/paid".to_owned()) && !names.iter().any(|name| name.contains("BILL")));
        let day = domain::date::parse_iso;
        let filter = StatementFilter {
            from: day("2026-11-03"),
            until: day("2026-11-03"),
            ..StatementFilter::default()
        };
        assert_eq!(read(filter.clone()).await.parts[0].open.minor, -3_000);
        let paper = documents::print_statement(&cx, &StatementFilter::default()).await.expect("prints");
        let printed = String::from_utf8_lossy(&paper.bytes).into_owned();
        assert_eq!(paper.name, "Statement-of-account-2026-11-22.pdf");
        for part in ["\"USD\"", "\"JPY\"", "Balance due", "Acme"] {
            assert!(printed.contains(part), "{part}: {printed}");
        }
        let csv = documents::export_statement(&cx, &filter).await.expect("a file");
        assert_eq!(
            String::from_utf8(csv).expect("text"),
            "Date,Number,Type,For,Due,Currency,Total,Open,Balance\n\
             2026-11-03,R/1,Credit note,Ann,,USD,-30.00,-30.00,-30.00\n"
        );
        let limited = portal.regroup(ann, "limited").await;
        assert!(documents::get_statement(&limited, &StatementFilter::default()).await.is_err());
        assert!(documents::print_statement(&limited, &StatementFilter::default()).await.is_err());
        assert!(documents::export_statement(&limited, &StatementFilter::default()).await.is_err());
        let only = portal.new_group("Statement only", &["statement.view"]).await;
        let only = portal.regroup_to(ann, only).await;
        assert!(documents::get_statement(&only, &StatementFilter::default()).await.is_err());
    });
}

#[test]
fn everything_is_searched_that_one_may_see() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let leads = "id,name,partner_id/id,type,active,stage_id/name\n\
            l1,Inv of desks,ann,Opportunity,True,New\n";
        portal.import(&[("leads.csv", leads.to_owned())]).await;
        let ann = portal.imported("ann").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let (found, statements) = portal.statements_of(documents::search_all(&cx, "inv")).await;
        let found = found.expect("finds");
        let kinds: Vec<_> =
            found.iter().map(|group| (group.kind, group.rows.len(), group.has_more)).collect();
        assert_eq!(kinds, [(DocumentKind::Lead, 1, false), (DocumentKind::Invoice, 3, false)]);
        assert!(statements <= 2, "{statements}");
        let admin = portal.regroup(ann, "company_admin").await;
        let more = documents::search_all(&admin, "INV/").await.expect("finds");
        assert_eq!((more[0].rows.len(), more[0].has_more), (5, false));
        let limited = portal.regroup(ann, "limited").await;
        let own = documents::search_all(&limited, "inv/").await.expect("finds");
        assert_eq!(own[0].rows.iter().map(|row| row.name()).collect::<Vec<_>>(), ["INV/ann"]);
        for text in ["", "  ", "zoe", "zeta", "no such thing"] {
            assert!(documents::search_all(&admin, text).await.expect("finds").is_empty(), "{text}");
        }
        let none = portal.regroup(ann, "none").await;
        assert!(documents::search_all(&none, "inv").await.expect("finds").is_empty());
    });
}
