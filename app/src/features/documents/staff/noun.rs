//! What one document of a kind is called before it is made.

use domain::documents::DocumentKind;

/// Such as *Quotation or order*.
pub(super) const fn noun(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Lead => "Lead or opportunity",
        DocumentKind::Sale => "Quotation or order",
        DocumentKind::Purchase => "Purchase order",
        DocumentKind::Invoice => "Invoice, bill or credit note",
        DocumentKind::Project => "Project",
        DocumentKind::Task => "Task",
        DocumentKind::Timesheet => "Timesheet entry",
        DocumentKind::Ticket => "Ticket",
        DocumentKind::Signature => "Signature request",
        DocumentKind::Subscription => "Subscription",
    }
}
