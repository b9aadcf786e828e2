//! What a document of a kind says, field by field: those of the form by which staff write one.

use domain::{documents::DocumentKind, form::FormField};

use crate::documents::by_hand::{Values, plain_fields};

/// What a document is tied to, and whether customers see it: name and meaning.
pub const TIES: [(&str, &str); 4] = [
    ("contact", "External id of the contact that it belongs to; without one, only staff see it."),
    ("project", "External id of a task's or a timesheet's project."),
    ("task", "External id of a timesheet's task."),
    ("published", "Whether customers see it: true or false, and false when it is left out."),
];

/// The parts of a line: name and meaning. Amounts are numbers, or text such as `1250.50`.
pub const LINE_FIELDS: [(&str, &str); 4] = [
    ("description", "What it is for."),
    ("quantity", "How much of it; 1 when only a price is sent."),
    ("price", "The price of one, without tax."),
    ("discount", "The discount in percent."),
];

/// The fields of a kind, with their names, meanings, and what there is to choose from.
pub fn document_fields(kind: DocumentKind) -> Vec<FormField> {
    plain_fields(kind, &Values::default())
}

/// Whether a kind of document has a tie.
pub(super) fn has_tie(kind: DocumentKind, tie: &str) -> bool {
    match tie {
        "project" => matches!(kind, DocumentKind::Task | DocumentKind::Timesheet),
        "task" => kind == DocumentKind::Timesheet,
        _ => true,
    }
}
