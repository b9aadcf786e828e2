use domain::{
    documents::{DocumentDetails, DocumentKind, DocumentState},
    import::invites_portal_users,
};

use super::{DocumentRecord, Head};
use crate::{documents::write::Content, import::cells::Cells};

/// A project.
pub(super) fn read(cells: &mut Cells<'_, '_>, head: Head) -> Option<DocumentRecord> {
    let title = cells.required("name");
    let partner = cells.reference("partner_id/id");
    let visibility = cells.line("privacy_visibility");
    let manager = cells.line("user_id/name");
    let starts_on = cells.date("date_start");
    let ends_on = cells.date("date");
    let description = cells.html("description");
    Some(DocumentRecord {
        head,
        partner,
        project: None,
        task: None,
        publish: invites_portal_users(&visibility).into(),
        content: Content {
            kind: DocumentKind::Project,
            number: String::new(),
            title,
            state: DocumentState::Open,
            dated_on: starts_on,
            due_on: ends_on,
            currency: None,
            untaxed: None,
            tax: None,
            total: None,
            residual: None,
            details: DocumentDetails::Project { manager, starts_on, ends_on, description },
        },
        lines: None,
    })
}
