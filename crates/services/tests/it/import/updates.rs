use domain::documents::Party;
use entities::document;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{contact, document as find, edited, export, file, import, lines, totals};
use crate::support::{Portal, on_each_database};

#[test]
fn one_edited_cell_changes_one_record() {
    on_each_database(|portal| async move {
        import(&portal, export()).await;
        let first = lines(&portal, find(&portal, "sale.sale_order_1").await.id).await;
        for (file, from, to) in [
            ("orders.csv", "S00004,base.res_partner_3", "S00004-B,base.res_partner_3"),
            // A line further down changes the document that it is of.
            (
                "orders.csv",
                "[FURN_8888] Office Lamp,10.0,45.0,0.0,450.0",
                "[FURN_8888] Office Lamp,10.0,45.0,5.0,450.0",
            ),
            ("timesheets.csv", "Requirements analysis,2.0", "Requirements analysis,2.5"),
            ("leads.csv", "Club Office Furnitures,Lead", "Club Office Furniture,Lead"),
            ("tasks.csv", "Office planning", "Office plans"),
        ] {
            // Each time from the export itself, so that the edit before is taken back by this import.
            import(&portal, export()).await;
            let report = import(&portal, edited(file, from, to)).await;
            assert_eq!(totals(&report), [0, 1, 958, 0], "{from}");
        }
        assert_eq!(find(&portal, "project.project_1_task_1").await.version, 2);
        let unchanged = lines(&portal, find(&portal, "sale.sale_order_1").await.id).await;
        assert_eq!(unchanged, first);
    });
}

const SALES: &str = "id,name,partner_id/id,state,currency_id/name,amount_total,date_order,order_line/name,\
                     order_line/product_uom_qty,order_line/price_unit,order_line/price_subtotal";
const CONTACTS: [&str; 5] = [
    "id,name,is_company,parent_id/id,city",
    "c,Acme,True,,Paris",
    "d,Other,True,,Rome",
    "p,Ann,,c,Lyon",
    "q,Bob,,c,",
];

async fn sale(portal: &Portal, row: &str) -> document::Model {
    import(portal, vec![file("orders.csv", &[SALES, row])]).await;
    find(portal, "s").await
}

#[test]
fn counters_follow_a_document_wherever_it_goes() {
    on_each_database(|portal| async move {
        let portal = &portal;
        import(portal, vec![file("contacts.csv", &CONTACTS)]).await;
        // Each import checks the counters.
        for (row, is_visible) in [
            ("s,S1,p,sent,USD,1,,,,,", true),
            ("s,S1,q,sent,USD,1,,,,,", true),
            ("s,S1,q,draft,USD,1,,,,,", false),
            ("s,S1,d,sale,USD,1,,,,,", true),
            ("s,S1,d,cancel,USD,1,,,,,", false),
            ("s,S1,,sale,USD,1,,,,,", false),
            ("s,S1,p,sale,USD,1,,,,,", true),
        ] {
            assert_eq!(sale(portal, row).await.is_visible, is_visible, "{row}");
        }
    });
}

#[test]
fn a_document_keeps_the_company_and_address_that_it_was_issued_to() {
    on_each_database(|portal| async move {
        let portal = &portal;
        import(portal, vec![file("contacts.csv", &CONTACTS)]).await;
        let issued = sale(portal, "s,S1,p,sent,USD,1,,,,,").await;
        let (acme, other) = (contact(portal, "c").await, contact(portal, "d").await);
        assert_eq!(issued.entity_id, Some(acme.id));
        import(portal, vec![file("contacts.csv", &[CONTACTS[0], "p,Ann,,d,Oslo"])]).await;

        let kept = sale(portal, "s,S1,p,sale,USD,1,,,,,").await;
        assert_eq!((kept.state.as_str(), kept.entity_id), ("confirmed", Some(acme.id)));
        assert_eq!(kept.bill_to, issued.bill_to);
        // What is issued to her from now on is issued to the other company.
        import(portal, vec![file("orders.csv", &[SALES, "s2,S2,p,sale,USD,1,,,,,"])]).await;
        let new = find(portal, "s2").await;
        assert_eq!(new.entity_id, Some(other.id));
        let bill_to: Party = serde_json::from_value(new.bill_to).expect("a party");
        assert_eq!(
            (bill_to.name.as_str(), bill_to.address),
            ("Ann", vec!["Other".to_owned(), "Oslo".to_owned()])
        );
    });
}

#[test]
fn lines_are_replaced_when_they_change_and_kept_where_the_file_has_none() {
    on_each_database(|portal| async move {
        let portal = &portal;
        import(portal, vec![file("contacts.csv", &CONTACTS)]).await;
        let rows = [SALES, "s,S1,p,sent,USD,3,2026-11-01,One,1,1,1", ",,,,,,,Two,1,2,2"];
        import(portal, vec![file("orders.csv", &rows)]).await;
        let id = find(portal, "s").await.id;
        assert_eq!(lines(portal, id).await.len(), 2);
        let rows =
            [SALES, "s,S1,p,sent,USD,6,2026-11-01,One,1,1,1", ",,,,,,,Two,1,2,2", ",,,,,,,Three,1,3,3"];
        import(portal, vec![file("orders.csv", &rows)]).await;
        let texts: Vec<String> = lines(portal, id).await.into_iter().map(|line| line.description).collect();
        assert_eq!(texts, ["One", "Two", "Three"]);
        let rows = ["id,name,partner_id/id,state,currency_id/name,amount_total", "s,S1,p,sale,USD,6"];
        import(portal, vec![file("orders.csv", &rows)]).await;
        assert_eq!(lines(portal, id).await.len(), 3);
    });
}

#[test]
fn a_project_that_is_closed_to_customers_takes_its_tasks_along() {
    on_each_database(|portal| async move {
        import(&portal, export()).await;
        let task = find(&portal, "project.project_1_task_1").await;
        assert!(task.is_visible);
        let from = "2026-12-04, All internal users and invited portal users";
        let closed = edited("projects.csv", from, "2026-12-04,All internal users");
        let report = import(&portal, closed).await;
        // The project, its 23 tasks and 189 timesheets.
        assert_eq!(totals(&report), [0, 213, 746, 0]);
        assert!(!find(&portal, "project.project_1_task_1").await.is_visible);
        // Its tasks alone, later: the project is known to be closed.
        let tasks = export().into_iter().filter(|file| file.name == "tasks.csv").collect();
        assert_eq!(totals(&import(&portal, tasks).await), [0, 0, 130, 0]);
    });
}

#[test]
fn what_staff_published_stays_published_while_the_export_says_the_same() {
    on_each_database(|portal| async move {
        let portal = &portal;
        import(portal, vec![file("contacts.csv", &CONTACTS)]).await;
        let purchase =
            ["id,name,partner_id/id,state,currency_id/name,amount_total", "b,P1,p,To Approve,USD,1"];
        import(portal, vec![file("purchases.csv", &purchase)]).await;
        assert_eq!(find(portal, "b").await.published_at, None);
        document::Entity::update_many()
            .col_expr(document::Column::PublishedAt, Expr::value(1_i64))
            .filter(document::Column::ExternalId.eq("b"))
            .exec(portal.portico.db.pool())
            .await
            .expect("publishes");
        let purchase = [purchase[0], "b,P1,p,To Approve,USD,2"];
        import(portal, vec![file("purchases.csv", &purchase)]).await;
        let kept = find(portal, "b").await;
        assert_eq!((kept.total, kept.published_at, kept.is_visible), (Some(200), Some(1), true));
        let purchase = [purchase[0], "b,P1,p,RFQ,USD,2"];
        import(portal, vec![file("purchases.csv", &purchase)]).await;
        assert!(!find(portal, "b").await.is_visible, "a draft is never shown");
    });
}

#[test]
fn a_day_that_the_export_does_not_give_stays() {
    on_each_database(|portal| async move {
        let portal = &portal;
        import(portal, vec![file("contacts.csv", &CONTACTS)]).await;
        assert_eq!(sale(portal, "s,S1,p,sent,USD,1,,,,,").await.sorted_on.to_string(), "2026-11-22");
        portal.clock.advance(time::Duration::days(3));
        let later = sale(portal, "s,S1,p,sale,USD,1,,,,,").await;
        assert_eq!((later.sorted_on.to_string().as_str(), later.version), ("2026-11-22", 2));
        assert!(later.updated_at > later.created_at);
        let dated = sale(portal, "s,S1,p,sale,USD,1,2026-10-01 08:00:00,,,,").await;
        assert_eq!(dated.sorted_on.to_string(), "2026-10-01");
    });
}
