//! Users: logins of staff and customers.

use serde::{Deserialize, Serialize};

use crate::access::{PermissionSet, StaffRole};

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
    },
    /// The staff side.
    Staff {
        /// The staff user's role.
        role: StaffRole,
    },
}
