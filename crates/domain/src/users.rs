//! Users: logins of staff and customers.

mod condition;
mod device;
mod filter;
mod forms;
mod pages;

pub use condition::{ConditionDraft, LastTest, Operator, TextField, TextTest, UserCondition, UserField};
pub use device::{browser, device, system};
pub use filter::{Join, ParsedFilter, QuickFilter, UserFilter};
pub use forms::{StaffUserForm, UserForm};
pub use pages::{
    ContactLogin, ContactLogins, TrailEvent, UserKind, UserMembership, UserPage, UserRow, UserSession,
};

use serde::{Deserialize, Serialize};

use crate::{
    Instant,
    access::{PermissionSet, StaffRole},
};

/// Where a user stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserStatus {
    /// Has no password yet.
    Invited,
    /// Can sign in.
    Active,
    /// Cannot sign in until staff enable it.
    Disabled,
}

impl UserStatus {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// The status of a word in the database.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Invited, Self::Active, Self::Disabled].into_iter().find(|status| status.code() == code)
    }

    /// The word on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Invited => "Invited",
            Self::Active => "Active",
            Self::Disabled => "Disabled",
        }
    }
}

/// What the browser knows of whoever is signed in. Holds nothing secret: it is part of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The name on screen.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// Which side they are on, and what they may do there; for drawing only, the gate decides.
    pub side: Side,
}

/// The side of the house somebody is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// The portal, for one company.
    Portal {
        /// The name of the active membership's company.
        company: String,
        /// What the active membership allows.
        permissions: PermissionSet,
        /// How they came in.
        via: Via,
    },
    /// The staff side.
    Staff {
        /// The staff user's role.
        role: StaffRole,
    },
}

/// How somebody came into the portal, as far as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Via {
    /// A portal user who signed in.
    SignIn {
        /// How many companies they can choose between.
        memberships: i64,
    },
    /// Whoever has a customer's secure link.
    SecureLink,
    /// A staff user who looks at what a customer sees.
    ViewAs {
        /// The staff user's name.
        staff: String,
        /// Why they look.
        reason: String,
        /// Until when.
        until: Instant,
    },
}
