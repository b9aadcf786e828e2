mod around;
mod by_hand;
pub mod lists;
mod messages;
mod paging;
mod paper;
mod papers_zip;
mod real_export;
mod scale;
mod scope;
mod sharing;
mod signing;
mod staff;
mod statement;
mod statements;
mod stored;
mod tickets;
mod transfer;

use domain::ids::DocumentId;
use entities::document;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::Portal;

/// A company with a subsidiary and another company; each of their people has an invoice.
pub async fn books(portal: &Portal) {
    let contacts = "id,name,is_company,parent_id/id,email\n\
        acme,Acme,True,,\n\
        ann,Ann,,acme,ann@acme.example\n\
        bob,Bob,,acme,bob@acme.example\n\
        acme_sub,Acme Lisbon,True,acme,\n\
        sue,Sue,,acme_sub,sue@acme.example\n\
        zeta,Zeta,True,,\n\
        zoe,Zoe,,zeta,zoe@zeta.example\n";
    let mut invoices = HEADER.to_owned();
    for who in ["acme", "ann", "bob", "acme_sub", "sue", "zeta", "zoe"] {
        invoices +=
            &format!("i_{who},INV/{who},out_invoice,{who},2026-11-01,2026-11-20,posted,USD,100.0,100.0\n");
    }
    invoices += "i_draft,INV/draft,out_invoice,ann,2026-11-01,2026-11-20,draft,USD,100.0,100.0\n";
    invoices += "i_gone,INV/gone,out_invoice,ann,2026-11-01,2026-11-20,cancel,USD,100.0,100.0\n";
    portal.import(&[("contacts.csv", contacts.to_owned()), ("invoices.csv", invoices)]).await;
}

pub const HEADER: &str = "id,name,move_type,partner_id/id,invoice_date,invoice_date_due,state,currency_id/name,\
                          amount_total,amount_residual\n";

/// The document with a number.
pub async fn document_id(portal: &Portal, number: &str) -> DocumentId {
    let found = document::Entity::find().filter(document::Column::Number.eq(number));
    let found = found.one(portal.portico.db.pool()).await.expect("looks").expect("a document");
    DocumentId(found.id)
}
