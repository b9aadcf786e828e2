use domain::import::ImportReport;
use sea_orm::{EntityTrait, PaginatorTrait};
use services::{
    ServiceError, ServiceResult,
    import::{Layout, import_csv},
};

use super::{check_counters, contact, document, file, said, totals};
use crate::support::{Portal, on_each_database};

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|&(left, right)| (left.to_owned(), right.to_owned())).collect()
}

fn layout(kind: &str) -> Layout {
    Layout { kind: kind.to_owned(), ..Layout::default() }
}

async fn run(portal: &Portal, lines: &[&str], layout: &Layout, dry_run: bool) -> ServiceResult<ImportReport> {
    let report = import_csv(&portal.system(), &file("my customers.csv", lines), layout, dry_run).await;
    check_counters(portal).await;
    report
}

#[test]
fn a_spreadsheet_comes_in_and_a_second_time_changes_nothing() {
    on_each_database(|portal| async move {
        let customers = [
            "Customer no;Full name;E-Mail;Postcode;Shoe size",
            "C1;\"Müller; Söhne\";info@mueller.example;80331;44",
            "",
            "C2;;info@nobody.example;1;2",
        ];
        let map = pairs(&[("Customer no", "id"), ("Full name", "name")]);
        let layout_of = Layout { map, ..layout("contacts") };
        let dry = run(&portal, &customers, &layout_of, true).await.expect("reads");
        assert_eq!(totals(&dry), [1, 0, 0, 1]);
        let none = entities::contact::Entity::find().count(portal.portico.db.pool()).await.expect("counts");
        assert_eq!(none, 0, "a dry run writes nothing");

        let report = run(&portal, &customers, &layout_of, false).await.expect("imports");
        assert_eq!(totals(&report), [1, 0, 0, 1]);
        let notes = said(&report.notes);
        assert!(notes.iter().any(|note| note == "my customers.csv:4 name: is empty"), "{notes:?}");
        assert!(notes.iter().any(|note| note.contains("passed over: Shoe size")), "{notes:?}");
        let mueller = contact(&portal, "C1").await;
        assert_eq!(mueller.name, "Müller; Söhne");
        assert_eq!(mueller.zip, "80331");

        let again = run(&portal, &customers, &layout_of, false).await.expect("imports");
        assert_eq!(totals(&again), [0, 0, 1, 1]);
    });
}

#[test]
fn numbers_have_a_decimal_comma_where_that_is_told() {
    on_each_database(|portal| async move {
        run(&portal, &["id,name", "C1,Ann"], &layout("contacts"), false).await.expect("imports");
        let orders = ["External ID\tNumber\tCustomer ID\tTotal", "S1\tS00001\tC1\t1.234,50"];
        let layout_of = Layout {
            set: pairs(&[("state", "sale"), ("currency_id/name", "EUR")]),
            decimal_comma: true,
            ..layout("orders")
        };
        let report = run(&portal, &orders, &layout_of, false).await.expect("imports");
        assert_eq!(totals(&report), [1, 0, 0, 0], "{:?}", report.notes);
        assert_eq!(document(&portal, "S1").await.total, Some(123_450));

        let points = ["id,name,partner_id/id,amount_total", "S2,S00002,C1,\"12.50\""];
        let error = run(&portal, &points, &layout_of, false).await.expect_err("is refused");
        let expected =
            "my customers.csv has “12.50” on line 2, column Total, which is no number with a decimal comma.";
        assert_eq!(error.to_string(), expected);
    });
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_could_be() {
    on_each_database(|portal| async move {
        let lines = ["id,name,Ref 1,Reference", "1,A,x,y"];
        let mapped = |map: &[(&str, &str)]| Layout { map: pairs(map), ..layout("contacts") };
        let set = |set: &[(&str, &str)]| Layout { set: pairs(set), ..layout("contacts") };
        for (layout, reason) in [
            (layout("things"), "“things” cannot be imported; choose one of contacts, leads,"),
            (
                mapped(&[("Ref 1", "colour")]),
                "There is no field “colour” of contacts; choose one of id, name,",
            ),
            (mapped(&[("Nr", "id")]), "The file has no column “Nr”; it has id, name, Ref 1, Reference."),
            (mapped(&[("id", "ref"), ("Ref 1", "ref")]), "Both “id” and “Ref 1” would be Reference;"),
            (set(&[("name", "B")]), "Both “the value set for all” and “name” would be Name;"),
            (set(&[("zip", "1"), ("zip", "2")]), "“ZIP code” is set twice;"),
        ] {
            let error = run(&portal, &lines, &layout, false).await.expect_err("is refused");
            let ServiceError::Refused(said) = error else { panic!("{error}") };
            assert!(said.starts_with(reason), "{said}");
        }
        let taken = mapped(&[("Ref 1", "ref"), ("Reference", "id")]);
        let report = run(&portal, &lines, &taken, false).await.expect("imports");
        assert_eq!(totals(&report), [1, 0, 0, 0]);
        assert_eq!(contact(&portal, "y").await.reference, "x");
    });
}
