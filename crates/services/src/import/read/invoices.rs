use domain::{
    documents::{DocumentDetails, DocumentKind, DocumentState},
    import::{parse_amount, parse_invoice_state, parse_move_type},
};

use super::{
    DocumentRecord, Head,
    document::first_of,
    money::{self, LineColumns},
};
use crate::{
    documents::write::Content,
    import::{cells::Cells, csv_rows::CsvRow},
};

const LINES: LineColumns = LineColumns {
    description: "invoice_line_ids/name",
    quantity: "invoice_line_ids/quantity",
    unit_price: "invoice_line_ids/price_unit",
    discount: "invoice_line_ids/discount",
    subtotal: "invoice_line_ids/price_subtotal",
};

/// An invoice, bill or credit note.
pub(super) fn read<'a>(
    cells: &mut Cells<'_, 'a>,
    head: Head,
    rows: &[&CsvRow<'a>],
) -> Option<DocumentRecord> {
    let partner = cells.reference("partner_id/id");
    let state = cells.known("state", parse_invoice_state, "Draft, Posted or Cancelled");
    let number = number(cells, state.map(|(state, _)| state));
    let expected = "Customer Invoice, Customer Credit Note, Vendor Bill or Vendor Credit Note";
    let move_type = cells.known("move_type", parse_move_type, expected);
    let dated_on = cells.date("invoice_date");
    let due_on = cells.date("invoice_date_due");
    let payment_state = cells.line("payment_state");
    let reference = cells.line("ref");
    let origin = cells.line("invoice_origin");
    let sums = money::sums(cells)?;
    let residual = cells.required_parsed("amount_residual", |text| parse_amount(text, sums.currency));
    let lines = money::lines(cells, rows, LINES, sums.currency);
    let ((state, is_published), (direction, is_credit)) = (state?, move_type?);
    let details = DocumentDetails::Invoice {
        direction,
        is_credit,
        payment_state,
        reference: reference.clone(),
        origin,
    };
    let first_line = lines.iter().flatten().map(|line| line.description.as_str());
    let title = first_of([reference.as_str()].into_iter().chain(first_line).chain([details.noun()]));
    Some(DocumentRecord {
        head,
        partner,
        project: None,
        task: None,
        publish: is_published.into(),
        content: Content {
            kind: DocumentKind::Invoice,
            number,
            title,
            state,
            dated_on,
            due_on,
            currency: Some(sums.currency),
            untaxed: Some(sums.untaxed),
            tax: Some(sums.tax),
            total: Some(sums.total),
            residual: Some(residual?.minor),
            details,
        },
        lines,
    })
}

/// Only an invoice that was posted once has a number; others show nothing or a slash.
fn number(cells: &mut Cells<'_, '_>, state: Option<DocumentState>) -> String {
    if state == Some(DocumentState::Posted) {
        return cells.required("name");
    }
    let number = cells.line("name");
    if number == "/" { String::new() } else { number }
}
