use domain::{
    documents::{DocumentDetails, DocumentKind},
    import::{parse_hours_as_minutes, parse_task_state},
};

use super::{DocumentRecord, Head, Publish};
use crate::{documents::write::Content, import::cells::Cells};

/// A task.
pub(super) fn read(cells: &mut Cells<'_, '_>, head: Head) -> Option<DocumentRecord> {
    let title = cells.required("name");
    let partner = cells.reference("partner_id/id");
    let project = cells.reference("project_id/id");
    let expected = "In Progress, Changes Requested, Approved, Done, Cancelled or Waiting";
    let state = cells.known("state", parse_task_state, expected);
    let due_on = cells.date("date_deadline");
    let allocated_minutes = cells.parsed("allocated_hours", parse_hours_as_minutes).unwrap_or_default();
    let spent_minutes = cells.parsed("effective_hours", parse_hours_as_minutes).unwrap_or_default();
    let details = DocumentDetails::Task {
        stage: cells.line("stage_id/name"),
        assignees: cells.line("user_ids/name"),
        priority: cells.line("priority"),
        allocated_minutes,
        spent_minutes,
        description: cells.html("description"),
    };
    Some(DocumentRecord {
        head,
        partner,
        project,
        task: None,
        publish: Publish::WithProject,
        content: Content {
            kind: DocumentKind::Task,
            number: String::new(),
            title,
            state: state?,
            dated_on: None,
            due_on,
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
