//! Kinds of events, to choose from.

use serde::{Deserialize, Serialize};

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ActionGroup {
    /// Grants, invitations, memberships, secure links.
    Access,
    /// Staff who looked at the portal as a customer.
    ViewAs,
    /// Signing in and out, second factors, sessions.
    SignIn,
    /// Logins of staff and customers.
    Users,
    /// The books.
    Contacts,
    /// What customers look at: documents and articles.
    Documents,
    /// Payments, refunds, saved cards and wallets.
    Payments,
    /// What customers may do.
    Groups,
    /// The business's settings and mail templates.
    Settings,
    /// The outbox.
    Mail,
    /// Imports.
    Import,
    /// Anything else.
    Other,
}

impl ActionGroup {
    /// Every group, in the order in which they are offered.
    pub const ALL: [Self; 12] = [
        Self::Access,
        Self::ViewAs,
        Self::SignIn,
        Self::Users,
        Self::Contacts,
        Self::Documents,
        Self::Payments,
        Self::Groups,
        Self::Settings,
        Self::Mail,
        Self::Import,
        Self::Other,
    ];

    /// The word in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::ViewAs => "view-as",
            Self::SignIn => "sign-in",
            Self::Users => "users",
            Self::Contacts => "contacts",
            Self::Documents => "documents",
            Self::Payments => "payments",
            Self::Groups => "groups",
            Self::Settings => "settings",
            Self::Mail => "mail",
            Self::Import => "import",
            Self::Other => "other",
        }
    }

    /// The group of a word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// The words on screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Access => "Portal access",
            Self::ViewAs => "Viewing as a customer",
            Self::SignIn => "Logging in and out",
            Self::Users => "Logins and passwords",
            Self::Contacts => "Contacts",
            Self::Documents => "Documents and articles",
            Self::Payments => "Payments and saved cards",
            Self::Groups => "Permission groups",
            Self::Settings => "Settings, mail templates, API keys and webhooks",
            Self::Mail => "Mails sent again",
            Self::Import => "Imports",
            Self::Other => "Anything else",
        }
    }

    /// How the actions of the group begin. Of two that fit, the longer one decides.
    #[must_use]
    pub fn prefixes(self) -> &'static [&'static str] {
        match self {
            Self::Access => &["access.", "membership.", "member.", "secure_link."],
            Self::ViewAs => &["view_as."],
            Self::SignIn => &["user.signed_", "two_factor.", "passkey.", "session.", "sign_in."],
            Self::Users => &["user.", "password.", "account."],
            Self::Contacts => &["contact.", "address."],
            Self::Documents => &["document.", "article."],
            Self::Payments => &["payment.", "payment_method.", "wallet."],
            Self::Groups => &["group."],
            Self::Settings => &["settings.", "mail_template.", "api_key.", "webhook."],
            Self::Mail => &["mail."],
            Self::Import => &["import."],
            Self::Other => &[],
        }
    }

    /// How actions begin that [`Self::prefixes`] fit, but that belong to another group.
    pub fn but_not(self) -> impl Iterator<Item = &'static str> {
        let others = Self::ALL.into_iter().filter(move |other| *other != self);
        others.flat_map(|other| other.prefixes().iter().copied()).filter(move |longer| {
            self == Self::Other || self.prefixes().iter().any(|prefix| longer.starts_with(prefix))
        })
    }

    /// The group of an action.
    #[must_use]
    pub fn of(action: &str) -> Self {
        let fits = |group: Self| {
            group
                .prefixes()
                .iter()
                .filter(|prefix| action.starts_with(**prefix))
                .map(|prefix| prefix.len())
                .max()
        };
        let best = Self::ALL.into_iter().filter_map(|group| Some((fits(group)?, group)));
        best.max_by_key(|(length, _)| *length).map_or(Self::Other, |(_, group)| group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_beginning_decides() {
        assert_eq!(ActionGroup::of("user.signed_in"), ActionGroup::SignIn);
        assert_eq!(ActionGroup::of("user.disabled"), ActionGroup::Users);
        assert_eq!(ActionGroup::of("mail_template.reset"), ActionGroup::Settings);
        assert_eq!(ActionGroup::of("rocket.launched"), ActionGroup::Other);
        assert_eq!(ActionGroup::Users.but_not().collect::<Vec<_>>(), ["user.signed_"]);
        assert_eq!(ActionGroup::Mail.but_not().count(), 0);
    }

    #[test]
    fn words_lead_back_to_groups() {
        for group in ActionGroup::ALL {
            assert_eq!(ActionGroup::parse(group.code()), Some(group));
        }
    }
}
