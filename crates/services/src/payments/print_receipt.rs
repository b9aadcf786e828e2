use domain::{
    ids::PaymentId,
    payments::{PaymentState, Purpose},
};
use entities::contact;
use sea_orm::EntityTrait;
use serde::Serialize;
use uuid::Uuid;

use super::get_payment::get_payment;
use crate::{
    Cx, ServiceError, ServiceResult,
    documents::{
        PaperFile, PrintJob,
        paper::{Issuer, PaperFact, PaperParty, PaperSum, clean, file_name, issuer},
    },
};

/// A receipt on paper, as its template reads it.
#[derive(Debug, Serialize)]
struct ReceiptPaper {
    noun: &'static str,
    number: String,
    name: String,
    issuer: Issuer,
    party_title: &'static str,
    party: PaperParty,
    facts: Vec<PaperFact>,
    receipt: Vec<ReceiptRow>,
    sums: Vec<PaperSum>,
}

#[derive(Debug, Serialize)]
struct ReceiptRow {
    name: String,
    amount: String,
}

/// The receipt of a payment as a PDF; it is not kept.
///
/// # Permissions
/// As [`super::get_payment`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none, not for this person, or no money came in; [`ServiceError::Busy`] when too
/// much is being printed.
pub async fn print_receipt(cx: &Cx, id: PaymentId) -> ServiceResult<PaperFile> {
    let page = get_payment(cx, id).await?;
    let row = &page.row;
    if row.state != PaymentState::Succeeded {
        return Err(ServiceError::NotFound);
    }
    let customer = contact::Entity::find_by_id(Uuid::from(page.entity)).one(cx.db().pool()).await?;
    let customer = customer.map(|customer| customer.name).unwrap_or_default();
    let name = format!("Receipt {}", row.number);
    let mut rows: Vec<ReceiptRow> = page
        .allocations
        .iter()
        .map(|part| ReceiptRow { name: clean(&part.name), amount: part.amount.to_string() })
        .collect();
    if page.to_wallet.minor > 0 {
        let words =
            if row.purpose == Purpose::TopUp { "Wallet" } else { "Wallet: paid beyond what was open" };
        rows.push(ReceiptRow { name: words.to_owned(), amount: page.to_wallet.to_string() });
    }
    let sum = |term, amount: domain::Money, is_total| PaperSum { term, amount: amount.to_string(), is_total };
    let mut sums = vec![sum("Received", row.amount, row.refunded.minor == 0)];
    if row.refunded.minor > 0 {
        let kept =
            domain::Money::new(row.amount.minor.saturating_sub(row.refunded.minor), row.amount.currency);
        sums.push(sum("Given back", row.refunded, false));
        sums.push(sum("Kept", kept, true));
    }
    let fact = |term, value: &str| PaperFact { term, value: clean(value) };
    let paper = ReceiptPaper {
        noun: "Receipt",
        number: row.number.clone(),
        name: name.clone(),
        issuer: issuer(cx.settings()),
        party_title: "Received from",
        party: PaperParty { name: clean(&customer), lines: Vec::new() },
        facts: vec![fact("Paid", &row.at), fact("With", &row.label), fact("By", &row.payer)],
        receipt: rows,
        sums,
    };
    let job = PrintJob {
        document: serde_json::to_string(&paper).map_err(ServiceError::internal)?,
        logo: cx.settings().logo.as_ref().map(|logo| logo.content.clone()),
        original: None,
        enclosures: Vec::new(),
        issued: cx.now(),
        ident: format!("receipt {id} {}", cx.now().millis()),
    };
    let bytes = cx.portico.printer()?.print(job).await?.into();
    Ok(PaperFile { name: file_name(&name, "pdf"), bytes, is_ours: true })
}
