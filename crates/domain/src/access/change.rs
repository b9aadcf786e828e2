//! What editing a permission group does to those who have it.

use serde::{Deserialize, Serialize};

use super::{Permission, PermissionSet, ScopeKind};
use crate::FieldErrors;

impl Permission {
    /// What must be seen before this can be done: an action reaches no further than its area's *view*.
    pub fn needs(self) -> Option<Self> {
        if self.action() == "view" { None } else { Self::parse(self.area(), "view") }
    }

    /// Whether it needs somebody who signed in. What binds a company, spends its money or changes its records is
    /// not for whoever happens to hold its secure link; nor is what concerns people: cards, colleagues, the log.
    pub fn needs_known_person(self) -> bool {
        match self {
            Self::SalesAccept | Self::SalesDecline | Self::SignaturesSign | Self::TicketsReply => true,
            Self::SubscriptionsChange
            | Self::SubscriptionsCancel
            | Self::AddressesEdit
            | Self::CompanyEdit => true,
            _ => matches!(self.area(), "methods" | "wallet" | "members" | "access_log"),
        }
    }
}

/// One permission before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionChange {
    /// The permission.
    pub permission: Permission,
    /// Its scope before, if it was allowed.
    pub before: Option<ScopeKind>,
    /// Its scope after, if it is allowed then.
    pub after: Option<ScopeKind>,
}

impl PermissionChange {
    /// Whether it allows more than before; else it allows less.
    pub fn is_gain(&self) -> bool {
        self.after > self.before
    }
}

impl PermissionSet {
    /// What differs afterwards, in the order of the permission matrix.
    pub fn changes_to(&self, after: &Self) -> Vec<PermissionChange> {
        Permission::ALL
            .iter()
            .map(|permission| PermissionChange {
                permission: *permission,
                before: self.scope_of(*permission),
                after: after.scope_of(*permission),
            })
            .filter(|change| change.before != change.after)
            .collect()
    }

    /// These permissions as somebody chose them who began with `before`.
    ///
    /// No action reaches further than its area's *view*. One that was left as it was follows a *view* that was
    /// narrowed, so that taking *See invoices* away is one choice and not three.
    ///
    /// # Errors
    /// The actions that were chosen to reach further than their *view*.
    pub fn following(&self, before: &Self) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut kept = Self::default();
        for (permission, scope) in self.iter() {
            let Some(view) = permission.needs() else {
                kept.allow(permission, scope);
                continue;
            };
            let seen = self.scope_of(view);
            if Some(scope) <= seen {
                kept.allow(permission, scope);
            } else if before.scope_of(permission) == Some(scope) {
                if let Some(seen) = seen {
                    kept.allow(permission, seen);
                }
            } else {
                errors.add(&permission.field(), too_far(view, seen));
            }
        }
        errors.into_result().map(|()| kept)
    }
}

fn too_far(view: Permission, seen: Option<ScopeKind>) -> String {
    match seen {
        None => format!("Nobody can do this without seeing: allow “{}” first.", view.label()),
        Some(seen) => format!(
            "Reaches further than “{}”: choose “{}” at most, or let them see more.",
            view.label(),
            seen.label()
        ),
    }
}

/// Whom a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Affected {
    /// So many portal users.
    People(i64),
    /// Whoever opens a customer's secure link.
    Visitors,
}

impl Affected {
    /// Whether there is anybody.
    pub fn is_anybody(self) -> bool {
        self != Self::People(0)
    }
}

/// What saving would do to people, shown to whoever is about to do it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupEffects {
    /// Whom it concerns.
    pub affected: Affected,
    /// What they gain and lose.
    pub changes: Vec<PermissionChange>,
    /// Whether two-factor authentication is required of them from now on, or no longer.
    pub two_factor: Option<bool>,
    /// Says that exactly these effects were seen, when it is sent with the form.
    pub confirmation: String,
}

impl GroupEffects {
    /// Whether somebody notices.
    pub fn matter(&self) -> bool {
        self.affected.is_anybody() && (!self.changes.is_empty() || self.two_factor.is_some())
    }
}

#[cfg(test)]
mod tests {
    use Permission as P;
    use ScopeKind::{Company, CompanyTree, Own};

    use super::*;
    use crate::access::{NON_PORTAL, SEEDED_GROUPS};

    fn set(pairs: &[(P, ScopeKind)]) -> PermissionSet {
        pairs.iter().copied().collect()
    }

    #[test]
    fn an_action_that_was_left_alone_follows_its_view() {
        let before =
            set(&[(P::InvoicesView, Company), (P::InvoicesPay, Company), (P::InvoicesDownload, Own)]);
        let typed = set(&[(P::InvoicesView, Own), (P::InvoicesPay, Company), (P::InvoicesDownload, Own)]);
        let kept = typed.following(&before).expect("follows");
        assert_eq!(kept, set(&[(P::InvoicesView, Own), (P::InvoicesPay, Own), (P::InvoicesDownload, Own)]));
        let blind = set(&[(P::InvoicesPay, Company), (P::InvoicesDownload, Own)]);
        assert_eq!(blind.following(&before), Ok(PermissionSet::default()));
    }

    #[test]
    fn an_action_that_was_chosen_must_not_reach_further_than_its_view() {
        let before = set(&[(P::SalesView, Company)]);
        let typed = set(&[(P::SalesView, Company), (P::SalesAccept, CompanyTree), (P::TicketsCreate, Own)]);
        let errors = typed.following(&before).expect_err("two errors");
        assert!(errors.get("sales.accept").is_some_and(|text| text.contains("“Their company's” at most")));
        assert!(errors.get("tickets.create").is_some_and(|text| text.contains("“See tickets” first")));
        assert_eq!(errors.iter().count(), 2);
    }

    #[test]
    fn the_seeded_groups_keep_the_rules() {
        for seeded in SEEDED_GROUPS {
            let permissions = seeded.permissions();
            let fresh = PermissionSet::default();
            assert_eq!(permissions.following(&fresh).as_ref(), Ok(&permissions), "{}", seeded.code);
            let scopes = |(permission, scope): (P, ScopeKind)| permission.scopes().contains(&scope);
            assert!(permissions.iter().all(scopes), "{}", seeded.code);
            let known = permissions.iter().any(|(permission, _)| permission.needs_known_person());
            assert!(seeded.code != NON_PORTAL || !known, "visitors get nothing that needs a known person");
        }
    }

    #[test]
    fn what_changes_is_a_gain_or_a_loss() {
        let before = set(&[(P::SalesView, Company), (P::InvoicesView, Company), (P::TasksView, Own)]);
        let after = set(&[(P::SalesView, CompanyTree), (P::TicketsView, Own), (P::TasksView, Own)]);
        let changes = before.changes_to(&after);
        let gains: Vec<_> = changes.iter().map(|change| (change.permission, change.is_gain())).collect();
        assert_eq!(gains, [(P::SalesView, true), (P::InvoicesView, false), (P::TicketsView, true)]);
        assert!(before.changes_to(&before).is_empty());
    }

    #[test]
    fn effects_matter_to_somebody_or_not_at_all() {
        let changes = PermissionSet::default().changes_to(&set(&[(P::SalesView, Own)]));
        let effects = |affected, changes: &[PermissionChange], two_factor| GroupEffects {
            affected,
            changes: changes.to_vec(),
            two_factor,
            confirmation: String::new(),
        };
        assert!(effects(Affected::People(1), &changes, None).matter());
        assert!(effects(Affected::People(1), &[], Some(true)).matter());
        assert!(effects(Affected::Visitors, &changes, None).matter());
        assert!(!effects(Affected::People(0), &changes, Some(true)).matter());
        assert!(!effects(Affected::People(2), &[], None).matter());
    }
}
