use domain::{
    documents::{DocumentDetails, DocumentKind, DocumentState},
    import::{parse_date, parse_hours_as_minutes},
};

use super::{DocumentRecord, Head, Publish, document::first_of};
use crate::{documents::write::Content, import::cells::Cells};

/// Time worked.
pub(super) fn read(cells: &mut Cells<'_, '_>, head: Head) -> Option<DocumentRecord> {
    let partner = cells.reference("partner_id/id");
    let project = cells.reference("project_id/id");
    let task = cells.reference("task_id/id");
    let dated_on = cells.required_parsed("date", parse_date);
    let minutes = cells.required_parsed("unit_amount", parse_hours_as_minutes);
    let employee = cells.line("employee_id/name");
    // Odoo writes a slash where nobody wrote what was done.
    let done = Some(cells.title("name")).filter(|name| name != "/").unwrap_or_default();
    let details = DocumentDetails::Timesheet { employee, minutes: minutes? };
    Some(DocumentRecord {
        head,
        partner,
        project,
        task,
        publish: Publish::WithProject,
        content: Content {
            kind: DocumentKind::Timesheet,
            number: String::new(),
            title: first_of([done.as_str(), details.noun()]),
            state: DocumentState::Recorded,
            dated_on: Some(dated_on?),
            due_on: None,
            currency: None,
            untaxed: None,
            tax: None,
            total: None,
            residual: None,
            details,
        },
        lines: None,
    })
}
