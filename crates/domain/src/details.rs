//! What people of a customer see and change of themselves.

use serde::{Deserialize, Serialize};

use crate::form::FormSection;

/// Longest request to change what cannot be changed in the portal, in characters.
pub const MAX_REQUEST: usize = 1_000;

/// What somebody typed about themselves and their company. Whatever else is sent is no part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

impl DetailsForm {
    /// The form as it was sent; whatever else was sent is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let number = |name| get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
        Self {
            name: get("name"),
            company: get("company"),
            email: get("email"),
            phone: get("phone"),
            street: get("street"),
            street2: get("street2"),
            zip: get("zip"),
            city: get("city"),
            state: get("state"),
            country: get("country"),
            vat: get("vat"),
            lang: get("lang"),
            time_zone: get("time_zone"),
            address: get("address").unwrap_or_default(),
            password: get("password").unwrap_or_default(),
            version: number("version"),
            company_version: number("company_version"),
        }
    }

    /// Turns to another address, as it is recorded.
    pub fn choose_address(&mut self, choice: AddressOf) {
        choice.code().clone_into(&mut self.address);
        let parts = [
            &mut self.street,
            &mut self.street2,
            &mut self.zip,
            &mut self.city,
            &mut self.state,
            &mut self.country,
        ];
        for part in parts {
            *part = None;
        }
    }

    /// What was typed, by field, to show it again. The password is never among it.
    #[must_use]
    pub fn typed(&self) -> Vec<(String, String)> {
        let fields = [
            ("name", &self.name),
            ("company", &self.company),
            ("email", &self.email),
            ("phone", &self.phone),
            ("street", &self.street),
            ("street2", &self.street2),
            ("zip", &self.zip),
            ("city", &self.city),
            ("state", &self.state),
            ("country", &self.country),
            ("vat", &self.vat),
            ("lang", &self.lang),
            ("time_zone", &self.time_zone),
        ];
        let typed = fields.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.clone()?)));
        typed.chain([("address".to_owned(), self.address.clone())]).collect()
    }
}
