//! What somebody takes along.

use std::io::{Cursor, Read as _};

use bytes::Bytes;
use domain::{
    access::{RowChange, StaffRole},
    documents::DocumentKind,
};
use serde_json::Value;
use services::{Cx, ServiceError, account, auth::Level, documents};
use time::Duration;

use super::{CHROME, browser, events, other_session, user_of};
use crate::{
    documents::{books, document_id as id_of},
    support::{PASSWORD, on_each_database},
};

/// The files of an export.
async fn export(cx: &Cx, password: Option<&str>) -> Vec<(String, String)> {
    let mut export = account::begin_export(cx, password).await.expect("begins");
    let mut bytes = Vec::new();
    while let Some((part, rest)) = account::export_part(cx, export).await.expect("goes on") {
        bytes.extend(part);
        export = rest;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    let mut files = Vec::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).expect("a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("reads");
        let name = file.name().expect("a name").into_owned();
        files.push((name, text));
    }
    files
}

async fn data(cx: &Cx) -> (Value, String) {
    let files = export(cx, None).await;
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).take(2).collect();
    assert_eq!(names, ["read-me.txt", "data.json"]);
    let text = files.into_iter().nth(1).expect("the data").1;
    (serde_json::from_str(&text).expect("JSON"), text)
}

fn numbers(data: &Value) -> Vec<&str> {
    let invoices = data.pointer("/documents/invoices").and_then(Value::as_array).expect("a list");
    let mut numbers: Vec<&str> = invoices
        .iter()
        .filter_map(|invoice| invoice.pointer("/row/number").and_then(Value::as_str))
        .collect();
    numbers.sort_unstable();
    numbers
}

#[test]
fn it_holds_what_is_theirs_and_no_more() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = portal.imported("ann").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let zoe = portal.imported("zoe").await;
        portal.customer(zoe, "zoe@zeta.example").await;
        other_session(&portal, &cx, &browser(CHROME, "203.0.113.9", None), Level::Full).await;
        let (data, text) = data(&cx).await;
        assert_eq!(data["login"]["login"], "ann@acme.example");
        assert_eq!(data["contacts"][0]["email"], "ann@acme.example");
        assert_eq!(data["memberships"][0]["company"], "Acme");
        assert_eq!(data["sessions"].as_array().map(Vec::len), Some(2));
        assert_eq!(data["devices"].as_array().map(Vec::len), Some(1));
        assert_eq!(data["mails"]["Payments and reminders"], true);
        assert_eq!(numbers(&data), ["INV/acme", "INV/ann", "INV/bob"], "as far as their group reaches");
        let told: Vec<&str> = data["events"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|event| event["what"].as_str())
            .collect();
        for what in ["Portal access granted", "Invitation accepted", "Own data exported"] {
            assert!(told.contains(&what), "{told:?}");
        }
        let user = user_of(&portal, "ann@acme.example").await;
        let hash = user.password_hash.expect("a password");
        let session = cx.session().expect("a session").to_owned();
        for secret in
            [hash.as_str(), session.as_str(), "$argon2", "hash", "secret", "INV/draft", "zoe@zeta.example"]
        {
            assert!(!text.contains(secret), "{secret}");
        }
        assert!(
            !text.contains("salesperson") && !text.contains("fingerprint") && !text.contains("external_id")
        );
        assert_eq!(events(&portal, "user.data_exported").await.len(), 1);
        assert_eq!(account::export_name(&cx), "rivet-works-data-2026-11-22.zip");

        let limited = portal.regroup(ann, "limited").await;
        assert_eq!(numbers(&self::data(&limited).await.0), ["INV/ann"]);
        let none = portal.regroup(ann, "none").await;
        assert!(numbers(&self::data(&none).await.0).is_empty());
    });
}

#[test]
fn it_asks_for_the_password_when_the_last_proof_is_old() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let cx = portal.customer(acme, "ann@acme.example").await;
        portal.clock.advance(Duration::minutes(11));
        let cx = portal.again(&cx).await.expect("signed in");
        for wrong in [None, Some("wrong")] {
            let refused = account::begin_export(&cx, wrong).await.err();
            assert!(
                matches!(&refused, Some(ServiceError::Invalid(errors)) if errors.get("password").is_some()),
                "{refused:?}"
            );
        }
        assert!(events(&portal, "user.data_exported").await.is_empty());
        assert_eq!(export(&cx, Some(PASSWORD)).await.len(), 2);
    });
}

#[test]
fn one_of_any_length_comes_in_parts() {
    on_each_database(|portal| async move {
        let header = "id,name,move_type,partner_id/id,invoice_date,state,currency_id/name,amount_total,\
                      amount_residual\n";
        let rows: String = (0..450)
            .map(|number| {
                format!("i{number},INV/{number:04},out_invoice,acme,2026-11-01,posted,USD,12.5,12.5\n")
            })
            .collect();
        portal
            .import(&[
                ("contacts.csv", "id,name,is_company\nacme,Acme,True\n".to_owned()),
                ("invoices.csv", format!("{header}{rows}")),
            ])
            .await;
        let acme = portal.imported("acme").await;
        let cx = portal.customer(acme, "ann@acme.example").await;
        let (data, _) = data(&cx).await;
        assert_eq!(numbers(&data).len(), 450);
        assert_eq!(data["documents"]["sales"], serde_json::json!([]));
    });
}

/// The files beside the data: what was printed, uploaded or signed, as far as somebody may see it and take it away.
#[test]
fn it_holds_the_files_that_are_kept() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = portal.imported("ann").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let zoe = portal.customer(portal.imported("zoe").await, "zoe@zeta.example").await;
        let staff = portal.staff(StaffRole::Staff).await;
        for (cx, number) in [(&cx, "INV/ann"), (&cx, "INV/bob"), (&zoe, "INV/zoe")] {
            documents::get_paper(cx, DocumentKind::Invoice, id_of(&portal, number).await)
                .await
                .expect("prints");
        }
        let original = Bytes::from_static(b"%PDF-1.7 from the ERP %%EOF");
        documents::save_original(&staff, id_of(&portal, "INV/ann").await, original).await.expect("saves");

        let files = |files: Vec<(String, String)>| -> Vec<(String, bool)> {
            let mut files: Vec<_> = files
                .into_iter()
                .skip(2)
                .map(|(name, text)| (name, text.starts_with("%PDF-1.7 from the ERP")))
                .collect();
            files.sort();
            files
        };
        assert_eq!(
            files(export(&cx, None).await),
            [
                ("invoices/Invoice-INV-ann-2.pdf".to_owned(), true),
                ("invoices/Invoice-INV-ann.pdf".to_owned(), false),
                ("invoices/Invoice-INV-bob.pdf".to_owned(), false),
            ]
        );
        let limited = portal.regroup(ann, "limited").await;
        assert_eq!(files(export(&limited, None).await).len(), 2, "as far as their group reaches");
        let none = portal.regroup(ann, "none").await;
        assert!(files(export(&none, None).await).is_empty());
    });
}

#[test]
fn what_was_only_offered_is_not_theirs_yet() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let cx = portal.customer(acme, "ann@acme.example").await;
        let zeta = portal.company("Zeta").await;
        portal.change(zeta, "ann@acme.example", RowChange::Grant).await;
        let (data, _) = data(&cx).await;
        assert_eq!(data["memberships"].as_array().map(Vec::len), Some(2));
        assert_eq!(data["contacts"].as_array().map(Vec::len), Some(1));
    });
}
