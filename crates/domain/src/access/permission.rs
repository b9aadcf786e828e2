//! Permission = area × action × scope.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

macro_rules! permissions {
    ($($name:ident $area:literal $action:literal)*) => {
        /// Something a portal user may be allowed to do: an action in an area.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "area and action say it")]
        pub enum Permission { $($name),* }

        impl Permission {
            /// Every permission, in the order of the permission matrix.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The area, as it is stored.
            pub fn area(self) -> &'static str {
                match self { $(Self::$name => $area),* }
            }

            /// The action in the area, as it is stored.
            pub fn action(self) -> &'static str {
                match self { $(Self::$name => $action),* }
            }

            /// Whether it only lets look: what staff may do while they view the portal as somebody.
            pub fn is_reading(self) -> bool {
                matches!(self.action(), "view" | "view_public" | "download")
            }

            /// The permission of an area and action, if there is one.
            pub fn parse(area: &str, action: &str) -> Option<Self> {
                match (area, action) { $(($area, $action) => Some(Self::$name),)* _ => None }
            }
        }
    };
}

permissions! {
    OverviewView "overview" "view"
    LeadsView "leads" "view"
    SalesView "sales" "view"
    SalesAccept "sales" "accept"
    SalesDecline "sales" "decline"
    SalesPay "sales" "pay"
    PurchasesView "purchases" "view"
    InvoicesView "invoices" "view"
    InvoicesDownload "invoices" "download"
    InvoicesPay "invoices" "pay"
    ProjectsView "projects" "view"
    TasksView "tasks" "view"
    TimesheetsView "timesheets" "view"
    TicketsView "tickets" "view"
    TicketsCreate "tickets" "create"
    TicketsReply "tickets" "reply"
    SignaturesView "signatures" "view"
    SignaturesSign "signatures" "sign"
    SubscriptionsView "subscriptions" "view"
    SubscriptionsChange "subscriptions" "change"
    SubscriptionsCancel "subscriptions" "cancel"
    StatementView "statement" "view"
    MethodsView "methods" "view"
    MethodsAdd "methods" "add"
    MethodsRemove "methods" "remove"
    WalletView "wallet" "view"
    WalletTopup "wallet" "topup"
    WalletSpend "wallet" "spend"
    AddressesView "addresses" "view"
    AddressesEdit "addresses" "edit"
    CompanyView "company" "view"
    CompanyEdit "company" "edit"
    DocumentationViewPublic "documentation" "view_public"
    MembersView "members" "view"
    MembersInvite "members" "invite"
    MembersEdit "members" "edit"
    MembersRemove "members" "remove"
    AccessLogView "access_log" "view"
}

/// Whose rows a permission reaches, from narrow to wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ScopeKind {
    /// The contact itself.
    Own,
    /// The contact's commercial entity.
    Company,
    /// The commercial entity and every company below it.
    CompanyTree,
}

impl ScopeKind {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Company => "company",
            Self::CompanyTree => "company_tree",
        }
    }

    /// The scope of a word in the database.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Own, Self::Company, Self::CompanyTree].into_iter().find(|scope| scope.code() == code)
    }
}

/// What a permission group allows. What is not in it is denied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PermissionSet(BTreeMap<Permission, ScopeKind>);

impl PermissionSet {
    /// The scope in which a permission is held, if it is.
    pub fn scope_of(&self, permission: Permission) -> Option<ScopeKind> {
        self.0.get(&permission).copied()
    }

    /// Adds a permission; of two scopes the wider one stays. What is only allowed or not is so for all alike.
    pub fn allow(&mut self, permission: Permission, scope: ScopeKind) {
        let scope = if permission.has_scope() { scope } else { ScopeKind::Company };
        let held = self.0.entry(permission).or_insert(scope);
        *held = (*held).max(scope);
    }

    /// Every permission with its scope.
    pub fn iter(&self) -> impl Iterator<Item = (Permission, ScopeKind)> {
        self.0.iter().map(|(permission, scope)| (*permission, *scope))
    }

    /// Whether everything allowed here is allowed there in the same or a wider scope.
    pub fn is_within(&self, other: &Self) -> bool {
        self.iter().all(|(permission, scope)| other.scope_of(permission).is_some_and(|held| scope <= held))
    }
}

impl FromIterator<(Permission, ScopeKind)> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = (Permission, ScopeKind)>>(pairs: I) -> Self {
        let mut set = Self::default();
        for (permission, scope) in pairs {
            set.allow(permission, scope);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_permissions() {
        for permission in Permission::ALL {
            assert_eq!(Permission::parse(permission.area(), permission.action()), Some(*permission));
        }
        assert_eq!(Permission::parse("sales", "edit"), None);
    }

    #[test]
    fn the_wider_scope_wins_and_nothing_is_allowed_by_default() {
        let mut set = PermissionSet::default();
        assert_eq!(set.scope_of(Permission::SalesView), None);
        set.allow(Permission::SalesView, ScopeKind::Company);
        set.allow(Permission::SalesView, ScopeKind::Own);
        assert_eq!(set.scope_of(Permission::SalesView), Some(ScopeKind::Company));
    }

    #[test]
    fn what_has_no_scope_is_the_same_for_all() {
        let set = |scope| PermissionSet::from_iter([(Permission::OverviewView, scope)]);
        assert_eq!(set(ScopeKind::Own), set(ScopeKind::CompanyTree));
    }

    #[test]
    fn containment_is_by_permission_and_scope() {
        let narrow = PermissionSet::from_iter([(Permission::SalesView, ScopeKind::Own)]);
        let wide = PermissionSet::from_iter([(Permission::SalesView, ScopeKind::CompanyTree)]);
        assert!(narrow.is_within(&wide) && !wide.is_within(&narrow));
        assert!(PermissionSet::default().is_within(&narrow));
    }
}
