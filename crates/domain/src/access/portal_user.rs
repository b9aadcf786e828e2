//! Portal users of a customer, as staff and members see and change them.

use serde::{Deserialize, Serialize};

use super::{PermissionSet, PortalState};
use crate::{
    Instant, date,
    ids::{ContactId, GroupId},
};

/// A permission group to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupChoice {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is for, in a sentence.
    pub description: String,
}

/// A portal user of a customer: a contact with a live membership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalUser {
    /// The contact; there is one live membership a contact.
    pub contact: ContactId,
    /// Its name.
    pub name: String,
    /// Whether it is the customer itself rather than somebody under it.
    pub is_customer: bool,
    /// What they sign in with.
    pub login: String,
    /// The permission group.
    pub group: GroupId,
    /// Its name.
    pub group_name: String,
    /// How far they are.
    pub state: PortalState,
    /// Whether two-factor authentication is required of them.
    pub require_two_factor: bool,
    /// When the membership begins.
    pub valid_from: Option<Instant>,
    /// When the membership ends by itself.
    pub valid_until: Option<Instant>,
    /// When they last signed in.
    pub last_authenticated: Option<Instant>,
}

/// What the form *New portal user* needs to begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPortalUser {
    /// The customer's name.
    pub customer_name: String,
    /// Contacts without access, the customer first: key, name and recorded email.
    pub contacts: Vec<(ContactId, String, String)>,
    /// The groups to choose from.
    pub groups: Vec<GroupChoice>,
}

/// A portal user with what can be chosen for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalUserPage {
    /// The customer.
    pub customer: ContactId,
    /// Its name.
    pub customer_name: String,
    /// The portal user.
    pub user: PortalUser,
    /// The first day of the access where the business is, as `2026-11-25`, or empty.
    pub first_day: String,
    /// The last day, likewise.
    pub last_day: String,
    /// The groups to choose from.
    pub groups: Vec<GroupChoice>,
}

/// How a new portal user gets a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PasswordBy {
    /// They choose it themselves, by an invitation's link.
    Mail,
    /// Staff set it and tell it.
    Hand,
}

/// What staff type about a portal user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PortalUserForm {
    /// Key of the contact.
    pub contact: String,
    /// What they sign in with.
    pub login: String,
    /// Key of the permission group, or empty for the one that fits the contact.
    pub group: String,
    /// Whether two-factor authentication is required of them.
    pub require_two_factor: bool,
    /// The first day, as `2026-11-25`, or empty.
    pub valid_from: String,
    /// The last day, as `2026-11-25`, or empty.
    pub valid_until: String,
    /// `mail` or `hand`.
    pub password_by: String,
    /// Added to the invitation.
    pub message: String,
    /// The password set by hand.
    pub password: String,
    /// The same again.
    pub repetition: String,
    /// What the form showed at first, to notice that somebody else saved meanwhile.
    pub seen: String,
    /// Which of a page's buttons was pressed.
    pub what: String,
}

impl PortalUserForm {
    /// How the password is set; by mail unless said otherwise.
    pub fn by(&self) -> PasswordBy {
        if self.password_by == "hand" { PasswordBy::Hand } else { PasswordBy::Mail }
    }
}

impl PortalUser {
    /// What can be edited, in one text: differs once somebody saved.
    pub fn seen(&self) -> String {
        let at = |instant: Option<Instant>| instant.map(|at| at.millis().to_string()).unwrap_or_default();
        let (from, until) = (at(self.valid_from), at(self.valid_until));
        format!("{}|{from}|{until}|{}", self.group, self.require_two_factor)
    }
}

/// A company that somebody can switch to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipChoice {
    /// The membership.
    pub membership: crate::ids::MembershipId,
    /// The company's name.
    pub company: String,
    /// Who they are there.
    pub contact: String,
    /// What they may do there: the permission group's name.
    pub group: String,
    /// Whether it is the active one.
    pub is_active: bool,
}

/// A colleague in `/my/members`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The portal user. A login of another company that has not accepted yet is shown as invited.
    pub user: PortalUser,
    /// The company, where it is not the reader's own.
    pub company: Option<String>,
    /// Whether it is the reader.
    pub is_self: bool,
    /// Whether the reader may choose another group for them.
    pub may_edit: bool,
    /// Whether the reader may end their access.
    pub may_remove: bool,
}

/// Everybody of a company with portal access, as one of them sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// The colleagues by name.
    pub members: Vec<Member>,
    /// The groups that the reader may give: none above their own.
    pub groups: Vec<GroupChoice>,
    /// Whether the reader may invite.
    pub may_invite: bool,
    /// Whether there are more than shown.
    pub more: bool,
}

/// Whether somebody may give what a group allows: only what they have themselves (DESIGN 4).
pub fn may_give(own: &PermissionSet, group: &PermissionSet) -> bool {
    group.is_within(own)
}

/// A day as a date field sends it, or nothing for a blank one.
///
/// # Errors
/// What to type instead.
pub fn parse_day(text: &str) -> Result<Option<time::Date>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    date::parse_iso(text).map(Some).ok_or("Enter a day such as 2026-11-25.")
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn days_are_read_as_date_fields_send_them() {
        assert_eq!(parse_day(" 2026-11-25 "), Ok(Some(date!(2026 - 11 - 25))));
        assert_eq!(parse_day(""), Ok(None));
        assert!(parse_day("25.11.2026").is_err() && parse_day("2026-02-30").is_err());
    }
}
