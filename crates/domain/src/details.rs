//! What people of a customer see and change of themselves.

use serde::{Deserialize, Serialize};

use crate::form::FormSection;

/// Longest request to change what cannot be changed in the portal, in characters.
pub const MAX_REQUEST: usize = 1_000;

/// What somebody typed about themselves and their company. Whatever else is sent is no part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    /// Their name, or the company's where the login is the company's own.
    pub name: Option<String>,
    /// The company's name.
    pub company: Option<String>,
    /// Email.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// First street line.
    pub street: Option<String>,
    /// Second street line.
    pub street2: Option<String>,
    /// Postal code.
    pub zip: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State's or province's code, or its name.
    pub state: Option<String>,
    /// Country's code.
    pub country: Option<String>,
    /// The company's VAT number.
    pub vat: Option<String>,
    /// Language.
    pub lang: Option<String>,
    /// Time zone.
    pub time_zone: Option<String>,
    /// Whose address is meant: a word of [`AddressOf`].
    pub address: String,
    /// Proof of a new email.
    #[serde(skip_serializing)]
    pub password: String,
    /// The version of the person's record that was edited.
    pub version: i64,
    /// The version of the company's record that was edited.
    pub company_version: i64,
}

/// Whose address a person's details show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressOf {
    /// As it is recorded.
    #[default]
    Recorded,
    /// One of their own.
    Own,
    /// The company's.
    Company,
}

impl AddressOf {
    /// The word in addresses and forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Own => "own",
            Self::Company => "company",
        }
    }

    /// The choice of a word.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        [Self::Own, Self::Company].into_iter().find(|choice| choice.code() == code).unwrap_or_default()
    }
}

/// `/my/account`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailsPage {
    /// The fields with what is saved, for the country that was asked for.
    pub sections: Vec<FormSection>,
    /// The version of the person's record.
    pub version: i64,
    /// The version of the company's record.
    pub company_version: i64,
    /// Whose address is shown.
    pub address: AddressOf,
    /// The other choice, where there is one.
    pub other_address: Option<AddressOf>,
    /// A new email that waits for its confirmation.
    pub pending_email: Option<String>,
    /// Whether a new email needs the password now.
    pub needs_password: bool,
    /// Whether something cannot be changed here, so that staff can be asked to.
    pub may_request: bool,
}
