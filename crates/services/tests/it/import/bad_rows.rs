use super::{document, file, import, lines, said, totals};
use crate::support::on_each_database;

const CONTACTS: [&str; 3] =
    ["id,name,is_company,email", "c,Acme,True,a@x.example", "d,Other,True,b@x.example"];
const SALES: &str = "id,name,partner_id/id,state,date_order,currency_id/name,amount_total,order_line/name,\
                     order_line/price_unit";

#[test]
fn each_bad_row_is_told_with_its_place_and_the_rest_goes_in() {
    on_each_database(|portal| async move {
        let contacts = [
            "id,name,is_company,email",
            "c,Acme,True,a@x.example",
            ",No id,True,n@x.example",
            "d,Two,True,b@x.example",
            "d,Again,True,e@x.example",
            "e,,True,f@x.example",
            "f,Maybe,perhaps,g@x.example",
            "g,Short,True",
        ];
        let sales = [
            SALES,
            "s1,S1,c,Sales Order,2026-11-01,USD,10.0,One,5",
            ",,,,,,,\"Two\nlines\",5",
            "s2,S2,nobody,Sales Order,2026-11-01,USD,10.0,One,5",
            "s3,S3,c,Sales Order,2026-11-01,USD,ten,One,5",
            "s4,S4,c,Sales Order,2026-11-01,USD,10.005,One,5",
            "s5,S5,c,Sales Order,01.11.2026,USD,10.0,One,5",
            "s6,S6,c,Half sold,2026-11-01,USD,10.0,One,5",
            "s7,S7,c,Sales Order,2026-11-01,USD,10.0,One,5",
            ",,,,,,,Two,five",
            ",,,,,,,Three,5",
            "s8,S8,c,Sales Order,2026-11-01,dollars,10.0,One,5",
            "s9,S9,c,Sales Order,2026-11-01,USD,10.0,One,5",
        ];
        let report = import(&portal, vec![file("contacts.csv", &contacts), file("orders.csv", &sales)]).await;
        assert_eq!(
            said(&report.notes),
            [
                "contacts.csv:3 id: is empty: a record without an id cannot be told from others",
                "contacts.csv:5 id: “d” is the id of the record on line 4 too",
                "contacts.csv:6 name: is empty",
                "contacts.csv:7 is_company: “perhaps” is not known here; expected True or False",
                "contacts.csv:8 -: has 3 cells where the first line has 4",
                "orders.csv:5 partner_id/id: “nobody” is no contact that is known",
                "orders.csv:6 amount_total: “ten” is not a number such as 1250.5",
                "orders.csv:7 amount_total: “10.005” has more decimals than its currency",
                "orders.csv:8 date_order: “01.11.2026” is not a date such as 2026-11-22",
                "orders.csv:9 state: “Half sold” is not known here; expected Quotation, Quotation Sent, \
                 Sales Order or Cancelled",
                "orders.csv:11 order_line/price_unit: “five” is not a number such as 1250.5",
                "orders.csv:13 currency_id/name: “dollars” is not a currency code of three letters",
            ]
        );
        assert_eq!(totals(&report), [4, 0, 0, 12]);
        let read: Vec<(u32, u32)> = report.counts.iter().map(|count| (count.read, count.failed)).collect();
        assert_eq!(read, [(7, 5), (9, 7)]);
        let good = document(&portal, "s1").await;
        let texts: Vec<String> =
            lines(&portal, good.id).await.into_iter().map(|line| line.description).collect();
        assert_eq!(texts, ["One", "Two\nlines"]);
        document(&portal, "s9").await;
    });
}

#[test]
fn a_row_tells_everything_that_is_wrong_with_it() {
    on_each_database(|portal| async move {
        let sales = [SALES, "s1,,c,Gone,soon,USD,x,One,y"];
        let report = import(&portal, vec![file("contacts.csv", &CONTACTS), file("orders.csv", &sales)]).await;
        let columns: Vec<_> =
            report.notes.iter().map(|note| note.column.clone().unwrap_or_default()).collect();
        assert_eq!(columns, ["name", "state", "date_order", "amount_total"]);
        assert_eq!(totals(&report), [2, 0, 0, 1]);
    });
}

#[test]
fn lines_of_a_record_that_is_left_out_go_to_no_other() {
    on_each_database(|portal| async move {
        let sales = [
            SALES,
            "s1,S1,c,Sales Order,2026-11-01,USD,10.0,One,5",
            ",S2,c,Sales Order,2026-11-01,USD,10.0,Not of S1,5",
            ",,,,,,,Nor this,5",
            "s3,S3,c,Sales Order,2026-11-01,USD,10.0,One",
            ",,,,,,,Nor this,5",
        ];
        let report = import(&portal, vec![file("contacts.csv", &CONTACTS), file("orders.csv", &sales)]).await;
        assert_eq!(totals(&report), [3, 0, 0, 2]);
        let good = document(&portal, "s1").await;
        assert_eq!(lines(&portal, good.id).await.len(), 1);
    });
}

#[test]
fn what_belongs_to_a_record_that_is_left_out_is_left_out_too() {
    on_each_database(|portal| async move {
        let files = vec![
            file(
                "projects.csv",
                &["id,name,privacy_visibility,date", "j,House,portal,someday", "k,Hut,portal,"],
            ),
            file(
                "tasks.csv",
                &["id,name,project_id/id,state", "t,Paint,j,Done", "u,Roof,k,Done", "v,Door,k,Ajar"],
            ),
            file(
                "timesheets.csv",
                &[
                    "id,date,project_id/id,task_id/id,unit_amount",
                    "h,2026-11-01,k,u,1.5",
                    "i,2026-11-01,k,t,1.5",
                    "l,2026-11-01,j,,1.5",
                    "m,2026-11-01,k,v,long",
                    "n,,k,,1.5",
                ],
            ),
        ];
        let report = import(&portal, files).await;
        assert_eq!(
            said(&report.notes),
            [
                "projects.csv:2 date: “someday” is not a date such as 2026-11-22",
                "tasks.csv:2 project_id/id: “j” is no project that is known",
                "tasks.csv:4 state: “Ajar” is not known here; expected In Progress, Changes Requested, \
                 Approved, Done, Cancelled or Waiting",
                "timesheets.csv:3 task_id/id: “t” is no task that is known",
                "timesheets.csv:4 project_id/id: “j” is no project that is known",
                "timesheets.csv:5 unit_amount: “long” is not a number such as 1250.5",
                "timesheets.csv:6 date: is empty",
            ]
        );
        assert_eq!(totals(&report), [3, 0, 0, 7]);
    });
}

#[test]
fn columns_in_any_order_unknown_ones_and_a_byte_order_mark_do_no_harm() {
    on_each_database(|portal| async move {
        let contacts = [
            "\u{feff}email,colour,name,id,x_rank,type\r",
            "a@x.example,red,Acme,c,1,Contact\r",
            ",,,,,\r",
            "b@x.example,blue,\"Second\r\nCompany\",d,2,Contact\r",
        ];
        let report = import(&portal, vec![file("contacts.csv", &contacts)]).await;
        assert_eq!(
            said(&report.notes),
            ["contacts.csv:1 -: these columns are not known here and were passed over: colour, x_rank"]
        );
        assert_eq!(totals(&report), [2, 0, 0, 0]);
        assert_eq!(super::contact(&portal, "d").await.name, "Second Company");
    });
}
