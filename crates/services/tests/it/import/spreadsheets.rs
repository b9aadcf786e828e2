use domain::{
    access::StaffRole,
    import::{ImportReport, SheetForm, SheetPage},
};
use sea_orm::{EntityTrait, PaginatorTrait};
use services::{
    ServiceError, ServiceResult,
    import::{Layout, SheetStep, get_sheet, import_csv, import_sheet, keep_sheet, sweep_sheets},
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

#[test]
fn records_are_recognised_by_any_column() {
    on_each_database(|portal| async move {
        let lines = ["Customer no,Name", "C1,Ann", "C2,Bob"];
        let by_number = Layout { id: Some("Customer no".into()), ..layout("contacts") };
        let report = run(&portal, &lines, &by_number, false).await.expect("imports");
        assert_eq!(totals(&report), [2, 0, 0, 0], "{:?}", report.notes);
        assert_eq!(contact(&portal, "C2").await.name, "Bob");
        let by_name = Layout { id: Some("Name".into()), ..layout("contacts") };
        run(&portal, &lines, &by_name, false).await.expect("imports");
        assert_eq!(contact(&portal, "Ann").await.name, "Ann", "which is a field, too");
    });
}

/// What the page would send, as it stands.
fn as_shown(page: &SheetPage) -> SheetForm {
    SheetForm {
        id_heading: page.id_heading.clone(),
        columns: page.columns.iter().map(|column| column.field.clone()).collect(),
        set: page
            .fields
            .iter()
            .filter(|field| !field.value.is_empty())
            .map(|field| (field.name.clone(), field.value.clone()))
            .collect(),
        separator: page.separator.clone(),
        decimal_comma: page.decimal_comma,
    }
}

#[test]
fn a_kept_spreadsheet_is_shown_with_guesses_and_imported_as_told() {
    on_each_database(|portal| async move {
        let staff = portal.staff(StaffRole::Administrator).await;
        run(&portal, &["id,name", "C1,Ann"], &layout("contacts"), false).await.expect("imports");
        let text = "Invoice no;Customer ID;Total;Open;Remark\nR1;C1;1.234,50;0;paid\nR2;C1;10;10;\n";
        let id = keep_sheet(&staff, "invoices", "list.csv", text.into()).await.expect("keeps");
        let page = get_sheet(&staff, id).await.expect("shows");
        assert_eq!((page.rows, page.separator.as_str()), (2, "semicolon"));
        let fields: Vec<_> = page.columns.iter().map(|column| column.field.as_str()).collect();
        assert_eq!(fields, ["", "partner_id/id", "amount_total", "", ""]);
        assert_eq!(
            page.columns.first().map(|column| column.samples.clone()),
            Some(vec!["R1".into(), "R2".into()])
        );
        let usual = page.fields.iter().find(|field| field.name == "state").map(|field| field.value.as_str());
        assert_eq!(usual, Some("Posted"));

        let mut form = as_shown(&page);
        let error = import_sheet(&staff, id, &form, SheetStep::Import).await.expect_err("lacks columns");
        let ServiceError::Invalid(errors) = error else { panic!("{error}") };
        assert!(
            errors.get("id_heading").is_some() && errors.get("set.amount_residual").is_some(),
            "{errors:?}"
        );
        assert_eq!(errors.get("columns"), Some("Choose the column that is “Number”."));

        form.id_heading = "Invoice no".into();
        form.columns =
            ["name", "partner_id/id", "amount_total", "amount_residual", "name"].map(Into::into).into();
        let error = import_sheet(&staff, id, &form, SheetStep::Check).await.expect_err("a field twice");
        let ServiceError::Invalid(errors) = error else { panic!("{error}") };
        assert!(errors.get("column.4").is_some(), "{errors:?}");

        form.columns.pop();
        form.decimal_comma = true;
        assert_eq!(import_sheet(&staff, id, &form, SheetStep::Read).await.expect("is kept"), None);
        let page = get_sheet(&staff, id).await.expect("shows");
        assert_eq!(as_shown(&page).columns, ["name", "partner_id/id", "amount_total", "amount_residual", ""]);
        let run = import_sheet(&staff, id, &as_shown(&page), SheetStep::Import)
            .await
            .expect("starts")
            .expect("a run");
        super::runs::report(&staff, run).await;
        let invoice = document(&portal, "R1").await;
        assert_eq!((invoice.total, invoice.residual), (Some(123_450), Some(0)));

        let mut commas = as_shown(&page);
        commas.separator = "comma".into();
        import_sheet(&staff, id, &commas, SheetStep::Read).await.expect("is read again");
        assert_eq!(get_sheet(&staff, id).await.expect("shows").columns.len(), 1);

        portal.clock.advance(time::Duration::hours(25));
        sweep_sheets(&portal.system()).await.expect("sweeps");
        assert!(matches!(get_sheet(&staff, id).await, Err(ServiceError::NotFound)));
    });
}

#[test]
fn a_file_that_is_no_table_is_refused_beside_the_field() {
    on_each_database(|portal| async move {
        let staff = portal.staff(StaffRole::Administrator).await;
        let many = format!("{}\n1", vec!["a"; 200].join(","));
        for (kind, bytes, field) in [
            ("things", "id,name\n1,A", "kind"),
            ("contacts", "", "files"),
            ("contacts", "id,name\n", "files"),
            ("contacts", "id,\"name\n1,A", "files"),
            ("contacts", "id,na\0me\n1,A", "files"),
            ("contacts", &many, "files"),
        ] {
            let refused = keep_sheet(&staff, kind, "x.csv", bytes.to_owned().into()).await;
            let Err(ServiceError::Invalid(errors)) = refused else { panic!("{refused:?}") };
            assert!(errors.get(field).is_some(), "{errors:?}");
        }
    });
}
