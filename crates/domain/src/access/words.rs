//! The words in which permissions are shown: to whoever edits a group, and to whoever asks why they may not.

use super::{Permission, ScopeKind};

impl Permission {
    /// The heading that the permission stands under.
    pub fn area_label(self) -> &'static str {
        match self.area() {
            "overview" => "Home",
            "leads" => "Leads & Opportunities",
            "sales" => "Quotations & Orders",
            "purchases" => "Purchase Orders",
            "invoices" => "Invoices & Bills",
            "projects" => "Projects",
            "tasks" => "Tasks",
            "timesheets" => "Timesheets",
            "tickets" => "Tickets",
            "signatures" => "Signatures",
            "subscriptions" => "Subscriptions",
            "statement" => "Statement of account",
            "methods" => "Payment methods",
            "wallet" => "Wallet",
            "addresses" => "Addresses",
            "company" => "Company details",
            "documentation" => "Documentation",
            "members" => "Colleagues",
            "access_log" => "Access log",
            other => other,
        }
    }

    /// What it allows, in a few words: *Pay invoices*.
    pub fn label(self) -> &'static str {
        self.words().0
    }

    /// What that means, in a sentence.
    pub fn explanation(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::OverviewView => {
                ("See the home page", "The portal's start, with what is due and what is new.")
            }
            Self::LeadsView => {
                ("See leads and opportunities", "What they asked for, before there is a quotation.")
            }
            Self::SalesView => ("See quotations and orders", "With their lines, prices and documents."),
            Self::SalesAccept => ("Accept quotations", "Sign a quotation, which makes it a binding order."),
            Self::SalesDecline => ("Decline quotations", "Turn a quotation down, with a reason."),
            Self::SalesPay => ("Pay orders", "Pay an order, or the part that is asked in advance."),
            Self::PurchasesView => {
                ("See purchase orders", "What we ordered from them, with lines and prices.")
            }
            Self::InvoicesView => {
                ("See invoices and bills", "With amounts, due dates and what is still open.")
            }
            Self::InvoicesDownload => ("Download invoices", "Save or print an invoice as a PDF."),
            Self::InvoicesPay => {
                ("Pay invoices", "Pay what is open, by card or another way that is offered.")
            }
            Self::ProjectsView => ("See projects", "Which projects there are, and how far they are."),
            Self::TasksView => ("See tasks", "The work in the projects, and its progress."),
            Self::TimesheetsView => ("See timesheets", "The hours that were worked, and on what."),
            Self::TicketsView => ("See tickets", "Questions and problems, with the answers."),
            Self::TicketsCreate => ("Open new tickets", "Ask a question or report a problem."),
            Self::TicketsReply => ("Reply to tickets", "Write an answer and add files."),
            Self::SignaturesView => {
                ("See papers to sign", "Agreements that wait for a signature, and signed ones.")
            }
            Self::SignaturesSign => ("Sign papers", "Sign an agreement, which is binding."),
            Self::SubscriptionsView => {
                ("See subscriptions", "What is delivered regularly, and at what price.")
            }
            Self::SubscriptionsChange => {
                ("Change subscriptions", "Change quantities or plans of a subscription.")
            }
            Self::SubscriptionsCancel => ("Cancel subscriptions", "End a subscription."),
            Self::StatementView => {
                ("See the statement of account", "Everything invoiced and paid, and what is open in sum.")
            }
            Self::MethodsView => ("See payment methods", "Saved cards and accounts, by their last digits."),
            Self::MethodsAdd => ("Add payment methods", "Save a card or account for later payments."),
            Self::MethodsRemove => ("Remove payment methods", "Delete a saved card or account."),
            Self::WalletView => ("See the wallet", "The prepaid balance and what it was used for."),
            Self::WalletTopup => ("Top the wallet up", "Pay money into the prepaid balance."),
            Self::WalletSpend => ("Spend from the wallet", "Pay with the prepaid balance."),
            Self::AddressesView => ("See addresses", "Billing and delivery addresses."),
            Self::AddressesEdit => ("Edit addresses", "Add, change and remove addresses."),
            Self::CompanyView => ("See company details", "The company's name, VAT number and contact data."),
            Self::CompanyEdit => ("Edit company details", "Change the company's contact data."),
            Self::DocumentationViewPublic => {
                ("Read public documentation", "Articles that are published for customers.")
            }
            Self::MembersView => {
                ("See colleagues", "Who else of the company can sign in, and when they last did.")
            }
            Self::MembersInvite => ("Invite colleagues", "Let more people of the company sign in."),
            Self::MembersEdit => (
                "Change what colleagues may do",
                "Give a colleague another group, never more than they have.",
            ),
            Self::MembersRemove => ("End access of colleagues", "Take a colleague's access away."),
            Self::AccessLogView => ("Read the access log", "Who did what in the portal, and when."),
        }
    }

    /// Whether it depends on whose rows it is about. What does not is only allowed or not.
    pub fn has_scope(self) -> bool {
        !matches!(self.area(), "overview" | "documentation")
    }

    /// The scopes there are to choose from.
    pub fn scopes(self) -> &'static [ScopeKind] {
        const ALL: &[ScopeKind] = &[ScopeKind::Own, ScopeKind::Company, ScopeKind::CompanyTree];
        match self.area() {
            "overview" | "documentation" => &[ScopeKind::Company],
            // A person's own details and access are always theirs; these are about a company and its people.
            "company" | "members" => &[ScopeKind::Company, ScopeKind::CompanyTree],
            _ => ALL,
        }
    }

    /// A scope of this permission as it is shown, or that it is not allowed.
    pub fn scope_label(self, scope: Option<ScopeKind>) -> &'static str {
        match scope {
            None => "No",
            Some(_) if !self.has_scope() => "Yes",
            Some(scope) => scope.label(),
        }
    }
}

impl ScopeKind {
    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Own => "Only their own",
            Self::Company => "Their company's",
            Self::CompanyTree => "Their company's and the companies below it",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_has_words_of_its_own() {
        for permission in Permission::ALL {
            assert_ne!(permission.area_label(), permission.area(), "{permission:?} stands under a heading");
            assert!(permission.explanation().ends_with('.'), "{permission:?} is explained in a sentence");
            for other in Permission::ALL.iter().filter(|other| *other != permission) {
                let (label, longer) = (permission.label(), other.label());
                assert!(!longer.starts_with(label), "a name must not merely extend another: {longer}");
            }
        }
    }

    #[test]
    fn what_has_no_scope_is_yes_or_no() {
        let overview = Permission::OverviewView;
        assert_eq!(overview.scope_label(Some(ScopeKind::Own)), "Yes");
        assert_eq!(overview.scope_label(None), "No");
        assert_eq!(Permission::SalesView.scope_label(Some(ScopeKind::Company)), "Their company's");
        for permission in Permission::ALL {
            assert_eq!(permission.scopes().len() == 1, !permission.has_scope(), "{permission:?}");
        }
    }
}
