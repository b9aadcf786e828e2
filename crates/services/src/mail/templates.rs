use domain::Instant;

/// A mail's texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What an invitation says.
#[derive(Clone, Debug)]
pub(crate) struct InvitationMail<'a> {
    /// The business that invites.
    pub business: &'a str,
    /// Where to ask for help; may be empty.
    pub support_email: &'a str,
    /// The recipient's name.
    pub name: &'a str,
    /// The company whose documents they will see.
    pub company: &'a str,
    /// What they sign in with.
    pub login: &'a str,
    /// The link.
    pub link: &'a str,
    /// Until when the link works.
    pub expires: Instant,
    /// What staff added; may be empty.
    pub message: &'a str,
    /// Whether they have a password already and only accept another company.
    pub has_password: bool,
}

impl InvitationMail<'_> {
    /// The mail in text and HTML.
    pub(crate) fn render(&self) -> Rendered {
        Rendered {
            subject: format!("Your access to the {} customer portal", self.business),
            text: format!("Open {} to activate your account.\n\n{}", self.link, self.message),
            html: String::new(),
        }
    }
}
