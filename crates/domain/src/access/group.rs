//! The permission groups that a new installation starts with.

use super::{
    Permission as P, PermissionSet, ScopeKind,
    ScopeKind::{Company, CompanyTree, Own},
};

/// A permission group of a new installation. All can be edited afterwards.
#[derive(Clone, Copy, Debug)]
pub struct SeededGroup {
    /// The word that code finds it by; stays when the group is renamed.
    pub code: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub description: &'static str,
    /// Whether new portal users get it.
    pub is_default: bool,
    permissions: fn() -> PermissionSet,
}

impl SeededGroup {
    /// What the group allows at first.
    pub fn permissions(&self) -> PermissionSet {
        (self.permissions)()
    }
}

/// The groups of DESIGN, section 4.
pub const SEEDED_GROUPS: &[SeededGroup] = &[
    SeededGroup {
        code: "limited",
        name: "Limited",
        description: "Sees and answers only what is addressed to the person.",
        is_default: false,
        permissions: limited,
    },
    SeededGroup {
        code: "standard",
        name: "Standard",
        description: "Sees, answers and pays everything of the person's company.",
        is_default: true,
        permissions: standard,
    },
    SeededGroup {
        code: "accounting",
        name: "Accounting",
        description: "Orders, invoices, payments and the wallet of the company; no projects and no signing.",
        is_default: false,
        permissions: accounting,
    },
    SeededGroup {
        code: COMPANY_ADMIN,
        name: "Company admin",
        description: "Everything, also of the companies below, and who of the company may do what.",
        is_default: false,
        permissions: company_admin,
    },
    SeededGroup {
        code: NON_PORTAL,
        name: "Non-portal users",
        description: "What a customer's secure link opens while the customer has no portal user.",
        is_default: false,
        permissions: non_portal,
    },
    SeededGroup {
        code: NO_ACCESS,
        name: "No access",
        description: "Signs in and sees nothing.",
        is_default: false,
        permissions: PermissionSet::default,
    },
];

/// The code of the group that secure links give; nobody is a member of it.
pub const NON_PORTAL: &str = "non_portal";
/// The code of the group that allows nothing.
pub const NO_ACCESS: &str = "none";
/// The code of the group for portal users on the customer itself.
pub const COMPANY_ADMIN: &str = "company_admin";

const VIEWS: &[P] = &[
    P::OverviewView,
    P::LeadsView,
    P::SalesView,
    P::PurchasesView,
    P::InvoicesView,
    P::ProjectsView,
    P::TasksView,
    P::TimesheetsView,
    P::TicketsView,
    P::SignaturesView,
    P::SubscriptionsView,
    P::DocumentationViewPublic,
];
const DEALINGS: &[P] =
    &[P::SalesAccept, P::SalesDecline, P::SalesPay, P::InvoicesDownload, P::InvoicesPay, P::SignaturesSign];
const METHODS: &[P] = &[P::MethodsView, P::MethodsAdd, P::MethodsRemove];
const WALLET: &[P] = &[P::WalletView, P::WalletTopup, P::WalletSpend];
const TICKETS: &[P] = &[P::TicketsCreate, P::TicketsReply];
const ADDRESSES: &[P] = &[P::AddressesView, P::AddressesEdit];

fn set(parts: &[(&[P], ScopeKind)]) -> PermissionSet {
    parts.iter().flat_map(|(permissions, scope)| permissions.iter().map(|p| (*p, *scope))).collect()
}

fn limited() -> PermissionSet {
    set(&[(VIEWS, Own), (DEALINGS, Own), (TICKETS, Own), (METHODS, Own), (ADDRESSES, Own)])
}

fn standard() -> PermissionSet {
    set(&[
        (VIEWS, Company),
        (DEALINGS, Company),
        (TICKETS, Company),
        (&[P::StatementView, P::WalletView, P::WalletSpend, P::CompanyView], Company),
        (METHODS, Own),
        (ADDRESSES, Company),
    ])
}

fn accounting() -> PermissionSet {
    let views = &[
        P::OverviewView,
        P::SalesView,
        P::PurchasesView,
        P::InvoicesView,
        P::SubscriptionsView,
        P::CompanyView,
        P::DocumentationViewPublic,
    ];
    let dealings = &[P::SalesAccept, P::SalesDecline, P::SalesPay, P::InvoicesDownload, P::InvoicesPay];
    set(&[
        (views, Company),
        (dealings, Company),
        (&[P::TicketsView, P::TicketsCreate, P::TicketsReply], Own),
        (&[P::StatementView, P::SubscriptionsChange], Company),
        (METHODS, Company),
        (WALLET, Company),
        (ADDRESSES, Company),
    ])
}

fn company_admin() -> PermissionSet {
    let company = &[
        P::StatementView,
        P::SubscriptionsChange,
        P::SubscriptionsCancel,
        P::CompanyView,
        P::CompanyEdit,
        P::MembersView,
        P::MembersInvite,
        P::MembersEdit,
        P::MembersRemove,
        P::AccessLogView,
    ];
    set(&[
        (VIEWS, CompanyTree),
        (DEALINGS, CompanyTree),
        (TICKETS, CompanyTree),
        (company, Company),
        (METHODS, Company),
        (WALLET, Company),
        (ADDRESSES, Company),
    ])
}

fn non_portal() -> PermissionSet {
    let company = &[
        P::OverviewView,
        P::SalesView,
        P::InvoicesView,
        P::TicketsView,
        P::InvoicesDownload,
        P::InvoicesPay,
        P::TicketsCreate,
    ];
    set(&[(company, Company)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(code: &str) -> PermissionSet {
        SEEDED_GROUPS.iter().find(|group| group.code == code).expect("a seeded group").permissions()
    }

    #[test]
    fn standard_is_the_one_default() {
        let defaults: Vec<_> = SEEDED_GROUPS.iter().filter(|group| group.is_default).collect();
        assert_eq!(defaults.iter().map(|group| group.code).collect::<Vec<_>>(), ["standard"]);
    }

    #[test]
    fn groups_hold_what_the_table_says() {
        let cases = [
            ("limited", P::InvoicesPay, Some(Own)),
            ("limited", P::StatementView, None),
            ("standard", P::TasksView, Some(Company)),
            ("standard", P::MethodsAdd, Some(Own)),
            ("standard", P::WalletTopup, None),
            ("standard", P::MembersView, None),
            ("accounting", P::LeadsView, None),
            ("accounting", P::SignaturesSign, None),
            ("accounting", P::TicketsReply, Some(Own)),
            ("accounting", P::SubscriptionsChange, Some(Company)),
            ("company_admin", P::ProjectsView, Some(CompanyTree)),
            ("company_admin", P::MembersInvite, Some(Company)),
            ("non_portal", P::TicketsCreate, Some(Company)),
            ("non_portal", P::TicketsReply, None),
            ("non_portal", P::SalesAccept, None),
            ("none", P::OverviewView, None),
        ];
        for (code, permission, scope) in cases {
            assert_eq!(group(code).scope_of(permission), scope, "{code} {permission:?}");
        }
    }

    #[test]
    fn a_company_admin_can_give_every_other_group() {
        for seeded in SEEDED_GROUPS {
            assert!(seeded.permissions().is_within(&group("company_admin")), "{}", seeded.code);
        }
        assert!(!group("company_admin").is_within(&group("standard")));
    }
}
