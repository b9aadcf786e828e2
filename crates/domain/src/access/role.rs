//! What staff may do.

use serde::{Deserialize, Serialize};

/// The system group of a staff user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StaffRole {
    /// Reads contacts, works on documents and tickets.
    Staff,
    /// Also keeps contacts and their portal access.
    ContactManager,
    /// Everything.
    Administrator,
}

/// Something that a staff role allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Right {
    /// See contacts.
    ReadContacts,
    /// Create, edit and archive contacts.
    EditContacts,
    /// Grant, re-invite and revoke portal access; secure links; end sessions of portal users.
    ManageAccess,
    /// Open the portal as a customer, to look only.
    ViewAsCustomer,
    /// Start a password reset of a portal user.
    StartPasswordReset,
    /// Read the audit trail of contacts.
    ReadContactAudit,
    /// See and work on every document.
    WorkOnDocuments,
    /// Give payments back, confirm transfers and book bank statements.
    ManagePayments,
    /// See the mail queue and send a mail again.
    ManageMail,
    /// Import records.
    Import,
    /// Edit permission groups.
    ManageGroups,
    /// Edit logins of staff and customers.
    ManageUsers,
    /// Read the whole audit trail.
    ReadAudit,
    /// Change the business's settings.
    ManageSettings,
}

impl StaffRole {
    /// Whether the role allows something.
    pub fn allows(self, right: Right) -> bool {
        let least = match right {
            Right::ReadContacts | Right::WorkOnDocuments => Self::Staff,
            Right::EditContacts
            | Right::ManageAccess
            | Right::ViewAsCustomer
            | Right::StartPasswordReset
            | Right::ReadContactAudit => Self::ContactManager,
            Right::ManagePayments
            | Right::ManageMail
            | Right::Import
            | Right::ManageGroups
            | Right::ManageUsers
            | Right::ReadAudit
            | Right::ManageSettings => Self::Administrator,
        };
        self >= least
    }

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::ContactManager => "contact_manager",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a word in the database.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Staff, Self::ContactManager, Self::Administrator].into_iter().find(|role| role.code() == code)
    }

    /// The name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Staff => "Staff",
            Self::ContactManager => "Contact managers",
            Self::Administrator => "Administrators",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_allows_what_the_one_below_does() {
        let rights = [
            (Right::ReadContacts, [true, true, true]),
            (Right::WorkOnDocuments, [true, true, true]),
            (Right::EditContacts, [false, true, true]),
            (Right::ManageAccess, [false, true, true]),
            (Right::ViewAsCustomer, [false, true, true]),
            (Right::StartPasswordReset, [false, true, true]),
            (Right::ReadContactAudit, [false, true, true]),
            (Right::ManageMail, [false, false, true]),
            (Right::ManageGroups, [false, false, true]),
            (Right::ManageUsers, [false, false, true]),
            (Right::ReadAudit, [false, false, true]),
            (Right::ManageSettings, [false, false, true]),
            (Right::Import, [false, false, true]),
        ];
        for (right, expected) in rights {
            let roles = [StaffRole::Staff, StaffRole::ContactManager, StaffRole::Administrator];
            assert_eq!(roles.map(|role| role.allows(right)), expected, "{right:?}");
        }
    }
}
