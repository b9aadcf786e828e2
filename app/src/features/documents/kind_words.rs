//! What stands for a kind beside its name.

use domain::documents::DocumentKind;

use crate::ui::Glyph;

/// The kind's icon.
pub(crate) const fn glyph(kind: DocumentKind) -> Glyph {
    match kind {
        DocumentKind::Lead => Glyph::Target,
        DocumentKind::Sale => Glyph::Tag,
        DocumentKind::Purchase => Glyph::Cart,
        DocumentKind::Invoice => Glyph::File,
        DocumentKind::Project => Glyph::Folder,
        DocumentKind::Task => Glyph::CheckSquare,
        DocumentKind::Timesheet => Glyph::Clock,
        DocumentKind::Ticket => Glyph::Ticket,
        DocumentKind::Signature => Glyph::Signature,
        DocumentKind::Subscription => Glyph::Refresh,
    }
}

/// What an empty list says: that there is nothing, and what would be there.
#[cfg(feature = "ssr")]
pub(super) const fn when_empty(kind: DocumentKind) -> (&'static str, &'static str) {
    match kind {
        DocumentKind::Lead => ("No leads or opportunities yet", "What you asked us about appears here."),
        DocumentKind::Sale => {
            ("No quotations or orders yet", "Quotations that we send you, and your orders, appear here.")
        }
        DocumentKind::Purchase => ("No purchase orders yet", "What we order from you appears here."),
        DocumentKind::Invoice => {
            ("No invoices or bills yet", "Invoices, bills and credit notes appear here once they are issued.")
        }
        DocumentKind::Project => ("No projects yet", "Projects that we share with you appear here."),
        DocumentKind::Task => {
            ("No tasks yet", "The tasks of your projects appear here, with how far they are.")
        }
        DocumentKind::Timesheet => {
            ("No time recorded yet", "Time that we work for you appears here, day by day.")
        }
        DocumentKind::Ticket => ("No tickets yet", "Your questions to us, and our answers, appear here."),
        DocumentKind::Signature => ("Nothing to sign", "Documents that need your signature appear here."),
        DocumentKind::Subscription => {
            ("No subscriptions yet", "What you receive regularly appears here, with its next invoice.")
        }
    }
}
