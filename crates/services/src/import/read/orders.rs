use domain::{
    documents::{DocumentDetails, DocumentKind},
    import::parse_sale_state,
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
    description: "order_line/name",
    quantity: "order_line/product_uom_qty",
    unit_price: "order_line/price_unit",
    discount: "order_line/discount",
    subtotal: "order_line/price_subtotal",
};

/// A quotation or sales order.
pub(super) fn read<'a>(
    cells: &mut Cells<'_, 'a>,
    head: Head,
    rows: &[&CsvRow<'a>],
) -> Option<DocumentRecord> {
    let number = cells.required("name");
    let partner = cells.reference("partner_id/id");
    let expected = "Quotation, Quotation Sent, Sales Order or Cancelled";
    let state = cells.known("state", parse_sale_state, expected);
    let dated_on = cells.date("date_order");
    let valid_until = cells.date("validity_date");
    let salesperson = cells.line("user_id/name");
    let customer_reference = cells.line("client_order_ref");
    let note = cells.html("note");
    let sums = money::sums(cells)?;
    let lines = money::lines(cells, rows, LINES, sums.currency);
    let (state, is_published) = state?;
    let details = DocumentDetails::Sale {
        salesperson,
        valid_until,
        customer_reference: customer_reference.clone(),
        note,
    };
    let first_line = lines.iter().flatten().map(|line| line.description.as_str());
    let title = first_of([customer_reference.as_str()].into_iter().chain(first_line).chain([details.noun()]));
    Some(DocumentRecord {
        head,
        partner,
        project: None,
        task: None,
        publish: is_published.into(),
        content: Content {
            kind: DocumentKind::Sale,
            number,
            title,
            state,
            dated_on,
            due_on: valid_until,
            currency: Some(sums.currency),
            untaxed: Some(sums.untaxed),
            tax: Some(sums.tax),
            total: Some(sums.total),
            residual: None,
            details,
        },
        lines,
    })
}
