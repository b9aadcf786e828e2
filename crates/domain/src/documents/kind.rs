//! The ten kinds of documents.

use serde::{Deserialize, Serialize};

use crate::access::Permission;

/// What sort of document something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DocumentKind {
    /// Leads and opportunities.
    Lead,
    /// Quotations and sales orders.
    Sale,
    /// Requests for quotation and purchase orders.
    Purchase,
    /// Invoices, bills and credit notes.
    Invoice,
    /// Projects.
    Project,
    /// Tasks of projects.
    Task,
    /// Time worked on a project or task.
    Timesheet,
    /// Tickets.
    Ticket,
    /// Requests for a signature.
    Signature,
    /// Subscriptions.
    Subscription,
}

impl DocumentKind {
    /// Every kind, in the order on screen.
    pub const ALL: [Self; 10] = [
        Self::Lead,
        Self::Sale,
        Self::Purchase,
        Self::Invoice,
        Self::Project,
        Self::Task,
        Self::Timesheet,
        Self::Ticket,
        Self::Signature,
        Self::Subscription,
    ];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Sale => "sale",
            Self::Purchase => "purchase",
            Self::Invoice => "invoice",
            Self::Project => "project",
            Self::Task => "task",
            Self::Timesheet => "timesheet",
            Self::Ticket => "ticket",
            Self::Signature => "signature",
            Self::Subscription => "subscription",
        }
    }

    /// The kind of a word in the database.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The word in URLs, as in `/my/invoices`.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Lead => "leads",
            Self::Sale => "sales",
            Self::Purchase => "purchases",
            Self::Invoice => "invoices",
            Self::Project => "projects",
            Self::Task => "tasks",
            Self::Timesheet => "timesheets",
            Self::Ticket => "tickets",
            Self::Signature => "signatures",
            Self::Subscription => "subscriptions",
        }
    }

    /// The kind of a word in a URL.
    pub fn from_plural(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.plural() == word)
    }

    /// The kind's name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Lead => "Leads & Opportunities",
            Self::Sale => "Quotations & Orders",
            Self::Purchase => "Purchase Orders",
            Self::Invoice => "Invoices & Bills",
            Self::Project => "Projects",
            Self::Task => "Tasks",
            Self::Timesheet => "Timesheets",
            Self::Ticket => "Tickets",
            Self::Signature => "Signatures",
            Self::Subscription => "Subscriptions",
        }
    }

    /// Whether its documents are sent on paper, and so are PDFs.
    pub fn has_paper(self) -> bool {
        matches!(self, Self::Sale | Self::Purchase | Self::Invoice | Self::Signature)
    }

    /// What lets somebody write a message on a document of this kind, besides seeing it.
    pub fn write_message(self) -> Permission {
        match self {
            Self::Ticket => Permission::TicketsReply,
            other => other.view(),
        }
    }

    /// The permission to look at documents of this kind.
    pub fn view(self) -> Permission {
        match self {
            Self::Lead => Permission::LeadsView,
            Self::Sale => Permission::SalesView,
            Self::Purchase => Permission::PurchasesView,
            Self::Invoice => Permission::InvoicesView,
            Self::Project => Permission::ProjectsView,
            Self::Task => Permission::TasksView,
            Self::Timesheet => Permission::TimesheetsView,
            Self::Ticket => Permission::TicketsView,
            Self::Signature => Permission::SignaturesView,
            Self::Subscription => Permission::SubscriptionsView,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_kinds() {
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::parse(kind.code()), Some(kind));
            assert_eq!(DocumentKind::from_plural(kind.plural()), Some(kind));
            assert_eq!((kind.view().area(), kind.view().action()), (kind.plural(), "view"));
        }
        assert_eq!(DocumentKind::from_plural("secrets"), None);
    }
}
