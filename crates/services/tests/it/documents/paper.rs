//! Documents on paper: who gets them, what they say, and what travels with them.

use domain::{documents::DocumentKind, ids::DocumentId};
use entities::group_permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use services::{Cx, ServiceError, documents};
use uuid::Uuid;

use super::{HEADER, books, document_id as document};
use crate::support::on_each_database;

async fn paper(cx: &Cx, id: DocumentId) -> Result<String, ServiceError> {
    let file = documents::get_paper(cx, DocumentKind::Invoice, id).await?;
    Ok(String::from_utf8(file.bytes.into()).expect("text"))
}

#[test]
fn paper_goes_to_whoever_may_see_and_take_it() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = portal.customer(portal.imported("ann").await, "ann@acme.example").await;
        let zoe = portal.customer(portal.imported("zoe").await, "zoe@zeta.example").await;
        let (hers, drafts) = (document(&portal, "INV/ann").await, document(&portal, "INV/draft").await);

        let printed = documents::get_paper(&ann, DocumentKind::Invoice, hers).await.expect("prints");
        assert_eq!(printed.name, "Invoice-INV-ann.pdf");
        let (kept, statements) =
            portal.statements_of(documents::get_paper(&ann, DocumentKind::Invoice, hers)).await;
        assert_eq!(kept.expect("reads"), printed);
        assert!(statements <= 3, "{statements}");
        for (cx, id) in [(&ann, drafts), (&zoe, hers), (&ann, document(&portal, "INV/zoe").await)] {
            assert!(matches!(paper(cx, id).await, Err(ServiceError::NotFound)));
        }
        // Of another kind it is not found, and some kinds have no paper.
        for kind in [DocumentKind::Sale, DocumentKind::Task] {
            assert!(matches!(documents::get_paper(&ann, kind, hers).await, Err(ServiceError::NotFound)));
        }
        let anonymous = portal.anonymous();
        assert!(matches!(paper(&anonymous, hers).await, Err(ServiceError::Unauthenticated)));
    });
}

#[test]
fn taking_may_reach_less_far_than_seeing() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = portal.imported("ann").await;
        portal.customer(ann, "ann@acme.example").await;
        let (hers, bobs) = (document(&portal, "INV/ann").await, document(&portal, "INV/bob").await);
        let group = portal.new_group("Readers", &["invoices.view", "invoices.download"]).await;
        let pool = portal.portico.db.pool();
        group_permission::Entity::update_many()
            .col_expr(group_permission::Column::Scope, Expr::value("own"))
            .filter(group_permission::Column::GroupId.eq(Uuid::from(group)))
            .filter(group_permission::Column::Action.eq("download"))
            .exec(pool)
            .await
            .expect("narrows");
        let reader = portal.regroup_to(ann, group).await;
        let group = portal.new_group("Lookers", &["invoices.view"]).await;
        let looker = portal.regroup_to(ann, group).await;
        for (cx, id, may) in [(&reader, hers, true), (&reader, bobs, false), (&looker, hers, false)] {
            let page = documents::get_document(cx, DocumentKind::Invoice, id).await.expect("seen");
            assert_eq!(!page.actions.is_empty(), may);
            assert_eq!(paper(cx, id).await.is_ok(), may);
        }
    });
}

#[test]
fn paper_says_what_was_issued_and_carries_it_for_machines() {
    on_each_database(|portal| async move {
        let contacts = "id,name,is_company,parent_id/id,email,street,city,vat\n\
            acme,Acme & Sons,True,,a@acme.example,1 <Road>,Lisbon,PT123\n";
        let lines = ",invoice_line_ids/name,invoice_line_ids/quantity,invoice_line_ids/price_unit,\
                     invoice_line_ids/discount,invoice_line_ids/price_subtotal\n";
        let invoices = format!(
            "{}{lines}i1,INV/1,out_invoice,acme,2026-11-01,2026-11-20,posted,USD,90.0,40.0,\"Desk & <chair>\nOak\",2.0,50.0,10.0,90.0\n\
             i2,BILL/1,in_invoice,acme,2026-11-01,2026-11-20,posted,USD,100.0,100.0,Wood,1.0,100.0,0.0,100.0\n\
             i3,RINV/1,out_refund,acme,2026-11-02,2026-11-02,posted,USD,10.0,10.0,Back,1.0,10.0,0.0,10.0\n",
            HEADER.trim_end()
        );
        portal.import(&[("contacts.csv", contacts.to_owned()), ("invoices.csv", invoices)]).await;
        let acme = portal.customer(portal.imported("acme").await, "a@acme.example").await;

        let invoice = paper(&acme, document(&portal, "INV/1").await).await.expect("prints");
        for said in [
            "\"noun\":\"Invoice\"",
            "\"amount\":\"$90.00\"",
            "\"discount\":\"10 %\"",
            "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>",
            "<cbc:Name>Desk &amp; &lt;chair&gt;</cbc:Name>",
            "<cbc:PriceAmount currencyID=\"USD\">45.00</cbc:PriceAmount>",
            "<cbc:PayableAmount currencyID=\"USD\">90.00</cbc:PayableAmount>",
            "<cbc:Line>1 &lt;Road&gt;</cbc:Line>",
            "<cbc:CompanyID>PT123</cbc:CompanyID>",
        ] {
            assert!(invoice.contains(said), "{said} in {invoice}");
        }
        // What was paid since does not change what was issued.
        assert!(!invoice.contains("40.00"));
        let bill = paper(&acme, document(&portal, "BILL/1").await).await.expect("prints");
        assert!(bill.contains("\"party_title\":\"Vendor\"") && !bill.contains("<Invoice"));
        let credit = paper(&acme, document(&portal, "RINV/1").await).await.expect("prints");
        assert!(credit.contains("<CreditNote ") && credit.contains("CreditNoteTypeCode>381<"));
    });
}
