use super::fill::Value;

/// A mail whose words staff can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MailKind {
    /// Access was granted to somebody without a password.
    Invitation,
    /// Access to a further company was granted to somebody who signs in already.
    FurtherCompany,
}

/// What any mail to a customer may hold: name and meaning.
const COMMON: [(&str, &str); 9] = [
    ("name", "the recipient’s name"),
    ("company", "the company whose documents they see"),
    ("for_company", "“for” and the company’s name; nothing for a customer who is a single person"),
    ("business", "the name of your business"),
    ("support_email", "your support email"),
    ("support_phone", "your support phone"),
    ("help", "a sentence that says how to reach you"),
    ("portal_url", "the address of the portal’s sign-in page"),
    ("secure_link", "the customer’s secure link; the sign-in page’s address for one who has none"),
];

/// What an invitation may hold besides.
const OF_INVITATIONS: [(&str, &str); 4] = [
    ("link", "the link that the mail is about; alone on its line it becomes a button"),
    ("login", "what the recipient signs in with"),
    ("expires", "until when the link works"),
    ("message", "what staff wrote in the dialog Grant portal access"),
];

impl MailKind {
    /// Every kind, in the order of the page.
    pub(crate) const ALL: [Self; 2] = [Self::Invitation, Self::FurtherCompany];

    /// The word in addresses and settings.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::FurtherCompany => "further-company",
        }
    }

    /// The kind of a word.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The name on screen.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Invitation => "Invitation",
            Self::FurtherCompany => "Access to a further company",
        }
    }

    /// When it is sent.
    pub(crate) fn occasion(self) -> &'static str {
        match self {
            Self::Invitation => {
                "Sent when portal access is granted to somebody who has no password yet, and on Re-invite."
            }
            Self::FurtherCompany => {
                "Sent when somebody who signs in already is given access to one more company."
            }
        }
    }

    /// Everything that may stand in it.
    pub(crate) fn placeholders(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        COMMON.into_iter().chain(OF_INVITATIONS)
    }

    /// The names of [`Self::placeholders`].
    pub(crate) fn allowed(self) -> Vec<&'static str> {
        self.placeholders().map(|(name, _)| name).collect()
    }

    /// What has to stand in it.
    pub(crate) fn required(self) -> &'static [&'static str] {
        &["link"]
    }

    /// The original subject.
    pub(crate) fn subject(self) -> &'static str {
        "Your access to the {{business}} customer portal"
    }

    /// The original text.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Invitation => include_str!("../../../templates/mail/invitation.txt"),
            Self::FurtherCompany => include_str!("../../../templates/mail/further-company.txt"),
        }
    }

    /// What the button says that its link becomes.
    pub(super) fn button(self) -> &'static str {
        match self {
            Self::Invitation => "Activate your account",
            Self::FurtherCompany => "Open and accept",
        }
    }

    /// What lists of mails show beside the subject.
    pub(super) fn preheader(self, expires: &Value) -> String {
        match self {
            Self::Invitation => format!("Activate your account until {}.", expires.text),
            Self::FurtherCompany => "Accept access to further documents.".to_owned(),
        }
    }
}
