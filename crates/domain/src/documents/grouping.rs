//! What a list is put together by.

use serde::{Deserialize, Serialize};

use super::DocumentKind;

/// What the rows of a list are put together by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grouping {
    /// The project, or a timesheet's project or task.
    Project,
    /// Where they stand.
    Status,
    /// The month of their date.
    Month,
}

impl Grouping {
    /// What a kind's list can be put together by.
    #[must_use]
    pub fn choices(kind: DocumentKind) -> &'static [Self] {
        match kind {
            DocumentKind::Task => &[Self::Project, Self::Status],
            DocumentKind::Timesheet => &[Self::Project, Self::Month],
            _ => &[],
        }
    }

    /// The word in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Status => "status",
            Self::Month => "month",
        }
    }

    /// What a word means in a kind's list.
    #[must_use]
    pub fn parse(kind: DocumentKind, code: &str) -> Option<Self> {
        Self::choices(kind).iter().copied().find(|grouping| grouping.code() == code)
    }

    /// The words on screen.
    #[must_use]
    pub fn label(self, kind: DocumentKind) -> &'static str {
        match (self, kind) {
            (Self::Project, DocumentKind::Timesheet) => "By project or task",
            (Self::Project, _) => "By project",
            (Self::Status, _) => "By status",
            (Self::Month, _) => "By month",
        }
    }
}
