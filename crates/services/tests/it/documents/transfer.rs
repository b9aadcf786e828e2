//! How an invoice is paid from a bank.

use domain::{access::StaffRole, documents::DocumentKind, payments::BankTransfer, settings::GeneralForm};
use entities::document;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use services::{
    Cx, documents,
    settings::{get_general, save_general},
};

use super::books;
use crate::support::{Portal, on_each_database};

const INVOICES: &str = "id,name,move_type,partner_id/id,invoice_date,invoice_date_due,state,currency_id/name,\
    amount_total,amount_residual\n\
    open,INV/2026/7,out_invoice,ann,2026-11-01,2026-11-20,posted,EUR,70,20.5\n\
    dollars,INV/8,out_invoice,ann,2026-11-01,2026-11-20,posted,USD,70,70\n\
    paid,INV/9,out_invoice,ann,2026-10-01,2026-10-20,posted,EUR,70,0\n\
    credit,R/1,out_refund,ann,2026-11-03,,posted,EUR,30,30\n\
    bill,BILL/1,in_invoice,ann,2026-11-04,2026-11-05,posted,EUR,20,20\n";

async fn transfer(portal: &Portal, cx: &Cx, external_id: &str) -> Option<BankTransfer> {
    let found = document::Entity::find().filter(document::Column::ExternalId.eq(external_id));
    let found = found.one(portal.portico.db.pool()).await.expect("looks").expect("an invoice");
    let page = documents::get_document(cx, DocumentKind::Invoice, found.id.into()).await;
    page.expect("shows").transfer
}

#[test]
fn an_open_invoice_says_how_to_pay_it_to_whoever_may() {
    on_each_database(|portal| async move {
        books(&portal).await;
        portal.import(&[("invoices.csv", INVOICES.to_owned())]).await;
        let ann = portal.imported("ann").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        assert_eq!(transfer(&portal, &cx, "open").await, None, "the business has told no account");

        let admin = portal.staff(StaffRole::Administrator).await;
        let form = get_general(&admin).await.expect("settings").form;
        let account =
            GeneralForm { iban: "de89370400440532013000".into(), bic: "cobadeffxxx".into(), ..form };
        save_general(&admin, &account).await.expect("saves");
        let cx = portal.again(&cx).await.expect("signed in");
        let open = transfer(&portal, &cx, "open").await.expect("open");
        assert_eq!((open.amount.minor, open.holder.as_str()), (2_050, "Rivet Works"));
        assert_eq!(open.iban, "DE89 3704 0044 0532 0130 00");
        assert_eq!(
            (open.bic.as_str(), open.reference.ends_with("INV2 0267")),
            ("COBADEFFXXX", true),
            "{open:?}"
        );
        assert!(open.image.is_some_and(|image| image.starts_with("data:image/svg+xml;base64,")));
        let dollars = transfer(&portal, &cx, "dollars").await.expect("open");
        assert_eq!(dollars.image, None, "banks' apps read euros only");
        for (external_id, why) in [("paid", "nothing is open"), ("credit", "they owe"), ("bill", "we owe")] {
            assert_eq!(transfer(&portal, &cx, external_id).await, None, "{why}");
        }
        let reader = portal.new_group("Reader", &["invoices.view"]).await;
        let reader = portal.regroup_to(ann, reader).await;
        assert_eq!(transfer(&portal, &reader, "open").await, None, "who may not pay is not asked to");
    });
}
