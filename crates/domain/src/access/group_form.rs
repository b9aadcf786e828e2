//! What staff see and type of a permission group.

use serde::{Deserialize, Serialize};

use super::{Permission, PermissionSet, ScopeKind};
use crate::{FieldErrors, ids::GroupId};

/// Longest name of a group, in characters.
pub const MAX_NAME: usize = 80;
/// Longest description of a group, in characters.
pub const MAX_DESCRIPTION: usize = 300;

/// A permission group as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupForm {
    /// Its name, unique whatever the case.
    pub name: String,
    /// What it is for, in a sentence.
    pub description: String,
    /// Whether everybody in it must have two-factor authentication.
    pub require_two_factor: bool,
    /// Whether new portal users get it.
    pub is_default: bool,
    /// What it allows.
    pub permissions: PermissionSet,
    /// The group that a new one was copied from.
    pub copied_from: Option<GroupId>,
    /// The version that was edited; a stale one is refused.
    pub version: i64,
}

impl Permission {
    /// Its field in a form: area and action.
    pub fn field(self) -> String {
        format!("{}.{}", self.area(), self.action())
    }
}

impl GroupForm {
    /// Reads what a browser sent, field by field. Of what nobody can choose on the page nothing is allowed.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let value = |field: &str| {
            pairs.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.as_str())
        };
        let chosen = |permission: &Permission| {
            let scope = ScopeKind::parse(value(&permission.field()))?;
            permission.scopes().contains(&scope).then_some((*permission, scope))
        };
        Self {
            name: value("name").trim().to_owned(),
            description: value("description").trim().to_owned(),
            require_two_factor: value("require_two_factor") == "true",
            is_default: value("is_default") == "true",
            permissions: Permission::ALL.iter().filter_map(chosen).collect(),
            copied_from: value("copied_from").parse().ok(),
            version: value("version").parse().unwrap_or(0),
        }
    }

    /// The fields as a browser would send them.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut pairs = vec![
            pair("name", &self.name),
            pair("description", &self.description),
            pair("require_two_factor", if self.require_two_factor { "true" } else { "" }),
            pair("is_default", if self.is_default { "true" } else { "" }),
            pair("copied_from", &self.copied_from.map(|id| id.to_string()).unwrap_or_default()),
            pair("version", &self.version.to_string()),
        ];
        pairs.extend(
            self.permissions.iter().map(|(permission, scope)| (permission.field(), scope.code().to_owned())),
        );
        pairs
    }

    /// Checks the form on its own. `before` is what the group, or the one that it was copied from, allowed;
    /// `is_for_visitors` says that it is what secure links give.
    ///
    /// # Errors
    /// The fields that are missing, too long, or choose what cannot be.
    pub fn check(&self, before: &PermissionSet, is_for_visitors: bool) -> Result<PermissionSet, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.name.is_empty() {
            errors.add("name", "Enter a name.");
        }
        for (field, text, most) in
            [("name", &self.name, MAX_NAME), ("description", &self.description, MAX_DESCRIPTION)]
        {
            if text.chars().count() > most {
                errors.add(field, format!("Use at most {most} characters."));
            } else if text.chars().any(char::is_control) {
                errors.add(field, "Use one line of plain text.");
            }
        }
        if is_for_visitors && self.is_default {
            errors.add("is_default", "New portal users cannot get the group that secure links give.");
        }
        if is_for_visitors && self.require_two_factor {
            errors.add(
                "require_two_factor",
                "Nobody signs in with a secure link, so there is no second factor.",
            );
        }
        let followed = self.permissions.following(before);
        for (field, text) in followed.as_ref().err().into_iter().flat_map(FieldErrors::iter) {
            errors.add(field, text);
        }
        for (permission, _) in self.permissions.iter() {
            if is_for_visitors && permission.needs_known_person() {
                errors
                    .add(&permission.field(), "Needs somebody who signed in; a secure link cannot give it.");
            }
        }
        errors.into_result()?;
        followed
    }

    /// Whether two forms say the same, whatever they are based on.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let plain = |form: &Self| Self { version: 0, copied_from: None, ..form.clone() };
        plain(self) == plain(other)
    }
}

/// A permission group in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How many people have it.
    pub people: i64,
    /// Whether new portal users get it.
    pub is_default: bool,
    /// Whether it is what secure links give.
    pub is_for_visitors: bool,
    /// Whether it requires two-factor authentication.
    pub require_two_factor: bool,
}

/// A permission group's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPage {
    /// The group.
    pub id: GroupId,
    /// Its fields, as a form would send them back.
    pub form: GroupForm,
    /// How many people have it.
    pub people: i64,
    /// Whether it is what secure links give.
    pub is_for_visitors: bool,
    /// Why it cannot be deleted, if so.
    pub kept_because: Option<String>,
    /// The groups that its people could move to.
    pub others: Vec<(GroupId, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn reads_what_can_be_chosen_and_nothing_else() {
        let form = GroupForm::read(&pairs(&[
            ("name", "  Buyers "),
            ("is_default", "true"),
            ("sales.view", "company"),
            ("sales.accept", "everything"),
            ("overview.view", "company"),
            ("members.view", "own"),
            ("root.access", "company"),
            ("version", "3"),
        ]));
        let allowed: Vec<_> = form.permissions.iter().collect();
        assert_eq!(
            allowed,
            [(Permission::OverviewView, ScopeKind::Company), (Permission::SalesView, ScopeKind::Company)]
        );
        assert_eq!((form.name.as_str(), form.is_default, form.require_two_factor), ("Buyers", true, false));
        assert_eq!(form.version, 3);
        assert_eq!(GroupForm::read(&form.pairs()), form);
    }

    #[test]
    fn says_what_is_wrong_with_each_field() {
        let form = GroupForm {
            description: "x".repeat(301),
            permissions: [(Permission::SalesPay, ScopeKind::Own)].into_iter().collect(),
            ..GroupForm::default()
        };
        let errors = form.check(&PermissionSet::default(), false).expect_err("three errors");
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "description", "sales.pay"]);
    }

    #[test]
    fn visitors_get_no_second_factor_and_nothing_that_needs_a_known_person() {
        let form = GroupForm {
            name: "Visitors".into(),
            is_default: true,
            require_two_factor: true,
            permissions: [
                (Permission::SalesView, ScopeKind::Company),
                (Permission::SalesAccept, ScopeKind::Company),
                (Permission::WalletView, ScopeKind::Company),
            ]
            .into_iter()
            .collect(),
            ..GroupForm::default()
        };
        assert!(form.check(&PermissionSet::default(), false).is_ok());
        let errors = form.check(&PermissionSet::default(), true).expect_err("four errors");
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["is_default", "require_two_factor", "sales.accept", "wallet.view"]);
    }

    #[test]
    fn a_form_says_the_same_whatever_it_is_based_on() {
        let form = GroupForm { name: "A".into(), version: 1, ..GroupForm::default() };
        assert!(form.says_the_same(&GroupForm { version: 2, ..form.clone() }));
        assert!(!form.says_the_same(&GroupForm { is_default: true, ..form.clone() }));
    }
}
