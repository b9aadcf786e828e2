//! Which mails somebody gets, and what becomes of their data.

use serde::{Deserialize, Serialize};

/// The page *Notifications and privacy*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyPage {
    /// Where mails go; none when the login is no email address.
    pub mails_to: Option<String>,
    /// What they can choose to get mails about.
    pub choices: Vec<MailChoice>,
    /// The company whose documents an export holds.
    pub company: String,
    /// Whether an export asks for the password now.
    pub needs_password: bool,
}

/// Whether somebody wants the mails of an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailChoice {
    /// The area's word in forms.
    pub code: String,
    /// Its words on screen.
    pub label: String,
    /// Whether they want them.
    pub is_wanted: bool,
}

/// What closing an account would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingPage {
    /// What has to be typed again.
    pub login: String,
    /// The companies whose portal they leave.
    pub companies: Vec<String>,
    /// The names of contacts whose email, phone and address go.
    pub forgotten: Vec<String>,
    /// Why it cannot be closed now.
    pub refusal: Option<String>,
}
