use serde::{Deserialize, Serialize};

use super::UserStatus;
use crate::{
    Instant,
    access::StaffRole,
    ids::{ContactId, UserId},
};

/// What kind of user somebody is; the system group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserKind {
    /// A customer.
    Portal,
    /// A staff user of a role.
    Staff(StaffRole),
}

impl UserKind {
    /// The kind of the words in the database.
    pub fn parse(kind: &str, role: Option<&str>) -> Self {
        match (kind, role.and_then(StaffRole::parse)) {
            ("staff", role) => Self::Staff(role.unwrap_or(StaffRole::Staff)),
            _ => Self::Portal,
        }
    }

    /// The system group's name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Portal => "Portal",
            Self::Staff(role) => role.label(),
        }
    }

    /// Every system group.
    pub const ALL: [Self; 4] = [
        Self::Portal,
        Self::Staff(StaffRole::Staff),
        Self::Staff(StaffRole::ContactManager),
        Self::Staff(StaffRole::Administrator),
    ];
}

/// A user in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// The user.
    pub id: UserId,
    /// What they sign in with.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Their system group.
    pub kind: UserKind,
    /// The permission groups of their memberships.
    pub groups: Vec<String>,
    /// The companies that they see.
    pub companies: Vec<String>,
    /// Where they stand.
    pub status: UserStatus,
    /// Whether two-factor authentication is on.
    pub two_factor: bool,
    /// When they last signed in.
    pub last_authenticated: Option<Instant>,
}

/// A user's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPage {
    /// The user.
    pub id: UserId,
    /// What they sign in with.
    pub login: String,
    /// Whether mail can be sent to the login.
    pub is_email: bool,
    /// Their name.
    pub name: String,
    /// Their system group.
    pub kind: UserKind,
    /// Where they stand.
    pub status: UserStatus,
    /// Whether they have a password.
    pub has_password: bool,
    /// Whether they must use two-factor authentication.
    pub require_two_factor: bool,
    /// Whether two-factor authentication is on.
    pub two_factor: bool,
    /// When they last signed in.
    pub last_authenticated: Option<Instant>,
    /// When the user was made.
    pub created: Instant,
    /// Whether it is whoever asks.
    pub is_self: bool,
    /// What they see, oldest first, ended ones too.
    pub memberships: Vec<UserMembership>,
    /// Where they are signed in, newest first.
    pub sessions: Vec<UserSession>,
    /// What happened, newest first.
    pub trail: Vec<TrailEvent>,
}

/// What ties a user to a contact, as their page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserMembership {
    /// The contact.
    pub contact: ContactId,
    /// The contact's name.
    pub name: String,
    /// The company's name.
    pub company: String,
    /// The permission group's name.
    pub group: String,
    /// How it stands, in a word: `pending`, `active` or `ended`.
    pub state: String,
    /// Since when it holds, when that is set.
    pub valid_from: Option<Instant>,
    /// Until when it holds, when that is set.
    pub valid_until: Option<Instant>,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserSession {
    /// The browser and system.
    pub device: String,
    /// The network address.
    pub address: String,
    /// Since when.
    pub created: Instant,
    /// When it was last used.
    pub last_seen: Instant,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// Something that happened to or by a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailEvent {
    /// When.
    pub at: Instant,
    /// What, such as *Login changed*.
    pub what: String,
    /// To whom or what.
    pub subject: String,
    /// By whom.
    pub actor: String,
    /// Before and after.
    pub detail: String,
    /// From where.
    pub address: String,
}

/// A portal user of a contact, as far as their password goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactLogin {
    /// The user.
    pub user: UserId,
    /// What they sign in with.
    pub login: String,
    /// Whether mail can be sent to the login.
    pub is_email: bool,
    /// Where they stand.
    pub status: UserStatus,
    /// Two-factor authentication is on.
    pub two_factor: bool,
}

/// The portal users of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactLogins {
    /// The contact's name.
    pub name: String,
    /// Its portal users.
    pub logins: Vec<ContactLogin>,
}
