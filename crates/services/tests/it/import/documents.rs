use domain::documents::{DocumentDetails, Party};
use entities::document;
use sea_orm::EntityTrait;

use super::{contact, document as find, export, file, import, lines, totals};
use crate::support::{Portal, on_each_database};

const CONTACTS: [&str; 4] = ["id,name,is_company,parent_id/id", "c,Acme,True,", "p,Ann,,c", "d,Other,True,"];
const SALES: &str = "id,name,partner_id/id,date_order,validity_date,state,currency_id/name,amount_total,\
                     order_line/name,order_line/product_uom_qty,order_line/price_unit,order_line/discount,\
                     order_line/price_subtotal";

fn details(document: &document::Model) -> DocumentDetails {
    serde_json::from_value(document.details.clone()).expect("details")
}

async fn visible(portal: &Portal, kind: &str) -> usize {
    let all = document::Entity::find().all(portal.portico.db.pool()).await.expect("documents");
    all.iter().filter(|document| document.kind == kind && document.is_visible).count()
}

/// The rules of the design, counted by hand in the export.
#[test]
fn what_customers_have_been_shown_is_published_and_nothing_else() {
    on_each_database(|portal| async move {
        import(&portal, export()).await;
        let portal = &portal;
        let all = document::Entity::find().all(portal.portico.db.pool()).await.expect("documents");
        let published = |kind: &str| {
            all.iter().filter(|document| document.kind == kind && document.published_at.is_some()).count()
        };
        for (kind, are_published, are_visible) in [
            ("lead", 12, 12),
            ("sale", 52, 52),
            ("purchase", 4, 4),
            ("invoice", 62, 62),
            // Three of the eight projects that portal users may see are nobody's.
            ("project", 8, 5),
        ] {
            assert_eq!(published(kind), are_published, "{kind}");
            assert_eq!(visible(portal, kind).await, are_visible, "{kind}");
        }
        let by_id = |external_id: &str| {
            all.iter().find(|document| document.external_id.as_deref() == Some(external_id)).expect("it")
        };
        let hidden_project = by_id("sale_timesheet.project_support");
        let shown_project = by_id("project.project_project_1");
        for document in all.iter().filter(|document| document.kind == "task") {
            if document.parent_id == Some(hidden_project.id) || document.parent_id.is_none() {
                assert_eq!(document.published_at, None, "{}", document.title);
            }
            if document.parent_id == Some(shown_project.id) {
                assert!(document.published_at.is_some());
                assert_eq!(document.contact_id, shown_project.contact_id);
            }
        }
        for document in &all {
            let is_hidden = document.published_at.is_none()
                || document.contact_id.is_none()
                || ["draft", "cancelled"].contains(&document.state.as_str());
            assert_eq!(document.is_visible, !is_hidden, "{}", document.title);
        }
    });
}

#[test]
fn a_document_belongs_to_its_contact_and_to_that_ones_company() {
    on_each_database(|portal| async move {
        import(&portal, export()).await;
        let bert = contact(&portal, "__export__.res_partner_68_c4e5c226").await;
        let all = document::Entity::find().all(portal.portico.db.pool()).await.expect("documents");
        let of_bert: Vec<_> = all.iter().filter(|document| document.contact_id == Some(bert.id)).collect();
        assert_eq!(of_bert.iter().filter(|document| document.kind == "invoice").count(), 20);
        assert_ne!(bert.entity_id, bert.id);
        for document in of_bert {
            assert_eq!(document.entity_id, Some(bert.entity_id));
            let bill_to: Party = serde_json::from_value(document.bill_to.clone()).expect("a party");
            assert_eq!(bill_to.name, "Bert Big");
            assert_eq!(bill_to.address.first().map(String::as_str), Some("Big Customer Inc"));
        }
    });
}

#[test]
fn lines_come_with_their_continuation_rows_and_texts_of_several_lines() {
    on_each_database(|portal| async move {
        import(&portal, export()).await;
        let order = find(&portal, "sale.sale_order_1").await;
        let lines = lines(&portal, order.id).await;
        let texts: Vec<&str> = lines.iter().map(|line| line.description.as_str()).collect();
        assert_eq!(
            texts,
            [
                "[FURN_6667] Acoustic Bloc Screens (Black)\nNoise-reducing panels for open spaces",
                "[FURN_8888] Office Lamp",
                "[FURN_7777] Office Chair\nComfortable yellow chair for daily work",
            ]
        );
        let first = (lines[0].quantity, lines[0].unit_price, lines[0].discount, lines[0].subtotal);
        assert_eq!(first, (3_000, 29_500, 0, 88_500));
        assert_eq!(order.title, "[FURN_6667] Acoustic Bloc Screens (Black)");
        assert_eq!((order.state.as_str(), order.is_visible), ("draft", false));
        assert_eq!(order.due_on.map(|day| day.to_string()).as_deref(), Some("2026-12-22"));
        assert_eq!(order.sorted_on.to_string(), "2026-10-22");
    });
}

#[test]
fn what_the_customer_should_do_is_marked() {
    on_each_database(|portal| async move {
        let sale = |id: &str, until: &str, state: &str| {
            format!("{id},{id},p,2026-11-01,{until},{state},USD,10.0,x,1,10,0,10")
        };
        let sales = [
            SALES.to_owned(),
            sale("s1", "2026-12-22", "Quotation Sent"),
            sale("s2", "2026-11-21", "sent"),
            sale("s3", "", "Quotation Sent"),
            sale("s4", "2026-12-22", "Sales Order"),
            sale("s5", "2026-12-22", "Quotation"),
            sale("s6", "2026-12-22", "Cancelled"),
        ];
        let invoice = |id: &str, kind: &str, state: &str, residual: &str| {
            format!("{id},{id},{kind},p,{state},USD,10.0,{residual},2026-11-30")
        };
        let invoices = [
            "id,name,move_type,partner_id/id,state,currency_id/name,amount_total,amount_residual,invoice_date_due"
                .to_owned(),
            invoice("i1", "Customer Invoice", "Posted", "10.0"),
            invoice("i2", "Customer Invoice", "Posted", "0.0"),
            invoice("i3", "out_refund", "posted", "10.0"),
            invoice("i4", "Vendor Bill", "Posted", "10.0"),
            invoice("i5", "Customer Invoice", "Draft", "10.0"),
            invoice("i6", "Customer Invoice", "Posted", "1.1368683772161603e-13"),
        ];
        let as_lines = |lines: &[String]| {
            lines.iter().map(|line| line.as_bytes().to_vec()).collect::<Vec<_>>().join(&b'\n')
        };
        let files = vec![
            file("contacts.csv", &CONTACTS),
            services::import::SourceFile::new("orders.csv", as_lines(&sales)),
            services::import::SourceFile::new("invoices.csv", as_lines(&invoices)),
        ];
        let report = import(&portal, files).await;
        assert_eq!(totals(&report), [15, 0, 0, 0], "{:#?}", report.notes);
        for (id, attention) in [
            ("s1", Some("review")),
            ("s2", None),
            ("s3", Some("review")),
            ("s4", None),
            ("s5", None),
            ("s6", None),
            ("i1", Some("pay")),
            ("i2", None),
            ("i3", None),
            ("i4", None),
            ("i5", None),
            ("i6", None),
        ] {
            assert_eq!(find(&portal, id).await.attention.as_deref(), attention, "{id}");
        }
    });
}

#[test]
fn tasks_and_timesheets_without_a_contact_are_their_projects() {
    on_each_database(|portal| async move {
        let files = vec![
            file("contacts.csv", &CONTACTS),
            file(
                "projects.csv",
                &["id,name,partner_id/id,privacy_visibility", "j,Open house,p, portal", "k,Internal,,portal"],
            ),
            file(
                "tasks.csv",
                &[
                    "id,name,project_id/id,partner_id/id,state",
                    "t,Paint,j,,In Progress",
                    "u,Own,j,d,1_done",
                    "v,Nobody's,k,,Done",
                    "w,To-do,,d,Done",
                ],
            ),
            file(
                "timesheets.csv",
                &[
                    "id,date,employee_id/name,project_id/id,task_id/id,name,unit_amount,partner_id/id",
                    "h1,2026-11-01,Eve,j,t,Painting,1.3333333333,",
                    "h2,2026-11-02,Eve,j,,/,0.25,",
                    "h3,2026-11-02,Eve,j,u,Other's,1,d",
                ],
            ),
        ];
        import(&portal, files).await;
        let (ann, acme) = (contact(&portal, "p").await, contact(&portal, "c").await);
        let other = contact(&portal, "d").await;
        let (project, task) = (find(&portal, "j").await, find(&portal, "t").await);
        for (id, contact, entity, parent, is_visible) in [
            ("t", Some(ann.id), Some(acme.id), Some(project.id), true),
            ("u", Some(other.id), Some(other.id), Some(project.id), true),
            ("v", None, None, Some(find(&portal, "k").await.id), false),
            ("w", Some(other.id), Some(other.id), None, false),
            ("h1", Some(ann.id), Some(acme.id), Some(task.id), true),
            ("h2", Some(ann.id), Some(acme.id), Some(project.id), true),
            ("h3", Some(other.id), Some(other.id), Some(find(&portal, "u").await.id), true),
        ] {
            let document = find(&portal, id).await;
            let found = (document.contact_id, document.entity_id, document.parent_id, document.is_visible);
            assert_eq!(found, (contact, entity, parent, is_visible), "{id}");
        }
        let worked = find(&portal, "h1").await;
        assert_eq!(details(&worked), DocumentDetails::Timesheet { employee: "Eve".into(), minutes: 80 });
        assert_eq!(find(&portal, "h2").await.title, "Timesheet");
    });
}

#[test]
fn html_comes_in_as_text() {
    on_each_database(|portal| async move {
        let contacts = [
            "id,name,comment",
            "c,Acme,\"<p onclick=\"\"x()\"\">Pays late<script>alert(1)</script></p><p>Ask &amp; wait</p>\"",
        ];
        let projects = [
            "id,name,privacy_visibility,description",
            "j,House,portal,\"<ul>\n<li>One</li><li><img src=x onerror=alert(1)>Two</li></ul>\"",
        ];
        import(&portal, vec![file("contacts.csv", &contacts), file("projects.csv", &projects)]).await;
        assert_eq!(contact(&portal, "c").await.comment, "Pays late\n\nAsk & wait");
        let DocumentDetails::Project { description, .. } = details(&find(&portal, "j").await) else {
            panic!("no project")
        };
        assert_eq!(description, "- One\n- Two");

        import(&portal, export()).await;
        let all = document::Entity::find().all(portal.portico.db.pool()).await.expect("documents");
        for document in all.iter().filter(|document| document.kind == "task") {
            let DocumentDetails::Task { description, .. } = details(document) else { panic!("no task") };
            assert!(!description.contains("</") && !description.contains("<p"), "{description}");
        }
    });
}

#[test]
fn a_lead_keeps_what_only_staff_may_see_apart() {
    on_each_database(|portal| async move {
        import(&portal, export()).await;
        let lead = find(&portal, "crm.crm_case_19").await;
        let DocumentDetails::Lead { expected_revenue, probability, salesperson, .. } = details(&lead) else {
            panic!("no lead")
        };
        assert_eq!((expected_revenue.0, probability.0), (Some(1_500_000), Some(6_550)));
        assert_eq!(salesperson.0.as_deref(), Some("Marc Demo"));
        assert_eq!((lead.currency.as_deref(), lead.total), (Some("USD"), None));
        assert_eq!(find(&portal, "crm.crm_case_20").await.state, "won");
    });
}
