//! The words of the dialog *Grant portal access*.

use serde::{Deserialize, Serialize};

use crate::{
    Instant,
    ids::{ContactId, GroupId},
};

/// How far a contact is into the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PortalState {
    /// Has no portal access.
    None,
    /// Was granted access and has not set a password yet.
    Invited,
    /// Signs in elsewhere already and has not accepted this company yet.
    Pending,
    /// Can sign in.
    Active,
    /// Has access with a login that staff disabled.
    Disabled,
}

impl PortalState {
    /// Whether access is granted, claimed or not.
    pub fn is_in_portal(self) -> bool {
        self != Self::None
    }

    /// The word on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "No access",
            Self::Invited => "Invited",
            Self::Pending => "Waiting for acceptance",
            Self::Active => "Active",
            Self::Disabled => "Disabled",
        }
    }

    /// The word in a URL.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Invited => "invited",
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// The state of a word in a URL.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::None, Self::Invited, Self::Pending, Self::Active, Self::Disabled]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

/// What a grant would make of an email, decided while it is typed and again when access is granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EmailState {
    /// Can be granted.
    Good,
    /// A portal login of another company: the holder is asked to accept this one too.
    KnownElsewhere,
    /// Nothing typed.
    Missing,
    /// Not one valid address.
    Invalid,
    /// The login of a staff member.
    Staff,
    /// The login of a disabled user.
    Disabled,
    /// Has access to this company already, as this contact.
    TakenInCompany(String),
    /// Typed twice in the same dialog.
    Repeated,
}

impl EmailState {
    /// Whether a grant goes through.
    pub fn is_grantable(&self) -> bool {
        matches!(self, Self::Good | Self::KnownElsewhere)
    }

    /// The state in plain words, with what to do about it.
    pub fn explain(&self) -> String {
        match self {
            Self::Good => "Valid address".to_owned(),
            Self::KnownElsewhere => {
                "Already signs in for another company; will be asked to accept this one".to_owned()
            }
            Self::Missing => "Enter an email address".to_owned(),
            Self::Invalid => "Not a valid address: enter one such as name@company.com".to_owned(),
            Self::Staff => "Belongs to a staff member: use the customer's own address".to_owned(),
            Self::Disabled => {
                "Belongs to a disabled login: enable it first, or use another address".to_owned()
            }
            Self::TakenInCompany(name) => {
                format!("Already used by {name} in this company: each person needs an own address")
            }
            Self::Repeated => "Entered twice here: each person needs an own address".to_owned(),
        }
    }
}

/// One contact in the dialog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantRow {
    /// The contact.
    pub contact: ContactId,
    /// Its name, with the company's for a person under one.
    pub name: String,
    /// Its email as recorded.
    pub email: String,
    /// What a grant would make of that email.
    pub email_state: EmailState,
    /// How far it is into the portal.
    pub state: PortalState,
    /// When its user last signed in.
    pub last_authenticated: Option<Instant>,
}

/// Everything the dialog shows when it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantTable {
    /// The contacts, companies before their people.
    pub rows: Vec<GrantRow>,
}

/// What to do with one contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowChange {
    /// Make or revive its membership and invite it.
    Grant,
    /// Send a new invitation; the earlier link dies.
    Reinvite,
    /// End its membership.
    Revoke,
    /// Take back a revocation: the membership is as it was, with its password where it had one.
    UndoRevoke,
    /// Put a portal user into another permission group.
    Regroup,
}

/// One row of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowRequest {
    /// The contact.
    pub contact: ContactId,
    /// The email in its text box.
    pub email: String,
    /// What to do.
    pub change: RowChange,
    /// The permission group to grant or to change to; none for the one that fits the contact.
    #[serde(default)]
    pub group: Option<GroupId>,
}

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowOutcome {
    /// Done; the row as it is now and a sentence that says what happened.
    Done {
        /// The row as it is now.
        row: GrantRow,
        /// What happened.
        message: String,
        /// Whether the change can be taken back from here.
        can_undo: bool,
        /// Whether anything changed.
        is_changed: bool,
    },
    /// Nothing was changed, with the reason.
    Refused {
        /// The contact.
        contact: ContactId,
        /// Why, and what to do.
        reason: String,
    },
}
