use domain::{
    Currency,
    documents::{DocumentDetails, DocumentKind, DocumentState, StaffOnly},
    import::{parse_amount, parse_is_opportunity, parse_percent},
};

use super::{DocumentRecord, Head, Publish};
use crate::{documents::write::Content, import::cells::Cells};

/// A lead or opportunity, in the business's currency: Odoo's leads have none of their own.
pub(super) fn read(cells: &mut Cells<'_, '_>, head: Head, currency: Currency) -> Option<DocumentRecord> {
    let title = cells.required("name");
    let partner = cells.reference("partner_id/id");
    let is_opportunity = if cells.table().has("type") {
        cells.known("type", parse_is_opportunity, "Lead or Opportunity")
    } else {
        Some(false)
    };
    let stage = cells.line("stage_id/name");
    let is_active = !cells.table().has("active") || cells.flag("active");
    let revenue = cells.parsed("expected_revenue", |text| parse_amount(text, currency));
    let probability = cells.parsed("probability", parse_percent);
    let salesperson = cells.reference("user_id/name");
    let contact_name = cells.line("contact_name");
    let email = cells.line("email_from");
    let dated_on = cells.date("create_date");
    let due_on = cells.date("date_deadline");
    let state = match (stage.to_lowercase().as_str(), is_active) {
        ("won", _) => DocumentState::Won,
        (_, false) => DocumentState::Lost,
        (_, true) => DocumentState::Open,
    };
    Some(DocumentRecord {
        head,
        partner,
        project: None,
        task: None,
        publish: Publish::WithContact,
        content: Content {
            kind: DocumentKind::Lead,
            number: String::new(),
            title,
            state,
            dated_on,
            due_on,
            currency: Some(currency),
            untaxed: None,
            tax: None,
            total: None,
            residual: None,
            details: DocumentDetails::Lead {
                is_opportunity: is_opportunity?,
                stage,
                contact_name,
                email,
                salesperson: StaffOnly(salesperson),
                expected_revenue: StaffOnly(revenue.map(|revenue| revenue.minor)),
                probability: StaffOnly(probability),
            },
        },
        lines: None,
    })
}
