use domain::{
    documents::{DocumentDetails, DocumentKind},
    import::parse_purchase_state,
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
    quantity: "order_line/product_qty",
    unit_price: "order_line/price_unit",
    discount: "order_line/discount",
    subtotal: "order_line/price_subtotal",
};

/// A request for quotation or purchase order.
pub(super) fn read<'a>(
    cells: &mut Cells<'_, 'a>,
    head: Head,
    rows: &[&CsvRow<'a>],
) -> Option<DocumentRecord> {
    let number = cells.required("name");
    let partner = cells.reference("partner_id/id");
    let expected = "RFQ, RFQ Sent, To Approve, Purchase Order, Locked or Cancelled";
    let state = cells.known("state", parse_purchase_state, expected);
    let dated_on = cells.date("date_order");
    let planned_on = cells.date("date_planned");
    let sums = money::sums(cells)?;
    let lines = money::lines(cells, rows, LINES, sums.currency);
    let (state, is_published) = state?;
    let details = DocumentDetails::Purchase { planned_on };
    let first_line = lines.iter().flatten().map(|line| line.description.as_str());
    let title = first_of(first_line.chain([details.noun()]));
    Some(DocumentRecord {
        head,
        partner,
        project: None,
        task: None,
        publish: is_published.into(),
        content: Content {
            kind: DocumentKind::Purchase,
            number,
            title,
            state,
            dated_on,
            due_on: planned_on,
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
