use domain::details::DetailsForm;
use services::{account, audit};

use super::{ann, form, some, stored, wrong};
use crate::{
    documents::HEADER,
    support::{Portal, on_each_database},
};

const ADMIN: &str = "company_admin";

/// An invoice of a contact, in a state.
async fn issue(portal: &Portal, contact: &str, state: &str) {
    let invoice = format!(
        "{HEADER}i_{state},INV/1,out_invoice,{contact},2026-11-01,2026-11-20,{state},USD,100.0,100.0\n"
    );
    portal.import(&[("invoices.csv", invoice)]).await;
}

#[test]
fn name_vat_and_country_stay_once_a_document_is_issued() {
    on_each_database(|portal| async move {
        let contacts = "id,name,is_company,parent_id/id,email,phone,street,zip,city,state_id/code,country_id/code,vat\n\
            acme,Acme,True,,,,Main St 1,94523,Pleasant Hill,CA,US,US12345673\n\
            ann,Ann,,acme,ann@acme.example,+1 555 010 0001,,,,,,\n\
            zeta,Zeta,True,,,,,,,,,\n\
            zoe,Zoe,,zeta,zoe@zeta.example,+1 555 010 0002,,,,,,\n";
        portal.import(&[("contacts.csv", contacts.to_owned())]).await;
        let (ann, acme) = (portal.imported("ann").await, portal.imported("acme").await);
        portal.customer(ann, "ann@acme.example").await;
        let cx = portal.regroup(ann, ADMIN).await;
        issue(&portal, "ann", "draft").await;
        let typed = DetailsForm { vat: some("US12345674"), ..form(&cx).await };
        account::save_details(&cx, &typed).await.expect("a draft locks nothing");

        issue(&portal, "ann", "posted").await;
        for (field, typed) in [
            ("company", DetailsForm { company: some("Other"), ..form(&cx).await }),
            ("vat", DetailsForm { vat: some("US999"), ..form(&cx).await }),
            ("vat", DetailsForm { vat: some(""), ..form(&cx).await }),
            ("country", DetailsForm { country: some("DE"), ..form(&cx).await }),
        ] {
            assert_eq!(wrong(account::save_details(&cx, &typed).await), [field]);
        }
        // The rest of the address is still to be changed, and so is her own name.
        let rest = DetailsForm {
            name: some("Ann Good"),
            company: some("Acme "),
            vat: some(" US12345674"),
            country: some("US"),
            street: some("Main St 2"),
            ..form(&cx).await
        };
        account::save_details(&cx, &rest).await.expect("saves");
        let row = stored(&portal, acme).await;
        assert_eq!(
            (row.street.as_str(), row.vat.as_str(), row.name.as_str()),
            ("Main St 2", "US12345674", "Acme")
        );
        assert_eq!(stored(&portal, ann).await.name, "Ann Good");
        assert!(account::get_details(&cx, "", Default::default()).await.expect("a form").may_request);

        // What was never there may be set, whatever was issued.
        let zoe = portal.imported("zoe").await;
        portal.customer(zoe, "zoe@zeta.example").await;
        let cx = portal.regroup(zoe, ADMIN).await;
        portal
            .import(&[(
                "invoices.csv",
                format!("{HEADER}i_zoe,INV/2,out_invoice,zoe,2026-11-01,2026-11-20,posted,USD,1.0,1.0\n"),
            )])
            .await;
        let first = DetailsForm {
            vat: some("136695976"),
            country: some("DE"),
            street: some("Weg 1"),
            zip: some("26133"),
            city: some("Oldenburg"),
            ..form(&cx).await
        };
        account::save_details(&cx, &first).await.expect("saves");
        let row = stored(&portal, portal.imported("zeta").await).await;
        assert_eq!((row.vat.as_str(), row.country_code.as_str()), ("DE136695976", "DE"));
        let second = DetailsForm { country: some("FR"), ..form(&cx).await };
        assert_eq!(wrong(account::save_details(&cx, &second).await), ["country"]);
    });
}

#[test]
fn the_name_of_a_customer_who_is_a_person_stays_too() {
    on_each_database(|portal| async move {
        let contacts = "id,name,email,phone,street,zip,city,country_id/code\n\
            lia,Lia,lia@lone.example,+49 441 1,Weg 1,26133,Oldenburg,DE\n";
        portal.import(&[("contacts.csv", contacts.to_owned())]).await;
        let lone = portal.imported("lia").await;
        let cx = portal.customer(lone, "lia@lone.example").await;
        issue(&portal, "lia", "posted").await;
        let typed = DetailsForm { name: some("Other"), country: some("FR"), ..form(&cx).await };
        assert_eq!(wrong(account::save_details(&cx, &typed).await), ["name", "country"]);
    });
}

#[test]
fn a_request_reaches_staff_whole_and_once() {
    on_each_database(|portal| async move {
        let (acme, _, cx) = ann(&portal).await;
        let said = format!("Our VAT number is DE136695976.\nPlease {}", "change it. ".repeat(60).trim_end());
        for refused in ["  ", &"x".repeat(1_001), "a\u{7}b"] {
            assert_eq!(wrong(account::request_change(&cx, refused).await), ["request"]);
        }
        let before = portal.mails().await.len();
        account::request_change(&cx, &said).await.expect("asks");
        account::request_change(&cx, &said).await.expect("a second click");
        let mails = portal.mails().await;
        assert_eq!(mails.len(), before + 1);
        let mail = mails.last().expect("a mail");
        assert_eq!(mail.to_email, portal.portico.config.support_email);
        assert!(mail.text_body.contains("Our VAT number is DE136695976."), "{}", mail.text_body);
        assert!(mail.text_body.contains(&format!("/staff/contacts/{acme}")));
        let filter = domain::audit::AuditFilter { about: Some(acme.0), ..Default::default() };
        let events = audit::list_events(&portal.system(), &filter).await.expect("events");
        let event =
            events.items.iter().find(|event| event.what == "Change of details asked for").expect("there");
        assert_eq!((event.by.as_str(), event.subject.as_str()), ("Ann", "Acme"));
        assert_eq!(event.changes[0].after, said);
        for at in 0..4 {
            account::request_change(&cx, &format!("And {at}")).await.expect("asks");
        }
        assert_eq!(wrong(account::request_change(&cx, "And more").await), ["request"]);
    });
}
