//! Contacts: companies and people in the books.

use serde::{Deserialize, Serialize};

use crate::{
    FieldErrors, PageRequest,
    access::{PortalState, PortalUser},
    addresses::AddressRow,
    ids::ContactId,
    links::SecureLink,
};

/// Company or person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ContactKind {
    /// A company.
    Company,
    /// A person, alone or under a company.
    Person,
}

impl ContactKind {
    /// The word in the database and in URLs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Person => "person",
        }
    }

    /// The kind of a word in the database or a URL.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Company, Self::Person].into_iter().find(|kind| kind.code() == code)
    }

    /// The word on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Company => "Company",
            Self::Person => "Person",
        }
    }
}

/// Which contacts a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactFilter {
    /// Words that must all occur in name, email, reference, city or phone.
    pub search: String,
    /// Only companies, or only people.
    pub kind: Option<ContactKind>,
    /// Only those this far into the portal.
    pub state: Option<PortalState>,
    /// Archived ones instead of the others.
    pub archived: bool,
    /// Which page.
    pub page: PageRequest,
}

/// A contact in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRow {
    /// The contact.
    pub id: ContactId,
    /// Company or person.
    pub kind: ContactKind,
    /// Its name.
    pub name: String,
    /// The company that it hangs under.
    pub parent: Option<String>,
    /// Its email as recorded.
    pub email: String,
    /// Its phone number.
    pub phone: String,
    /// Its city.
    pub city: String,
    /// How far it is into the portal.
    pub state: PortalState,
}

/// What staff type about a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    /// Name; the one field that must be filled.
    pub name: String,
    /// `company` or `person`.
    pub kind: String,
    /// Key of the company above it, or empty.
    pub parent: String,
    /// Email.
    pub email: String,
    /// Phone.
    pub phone: String,
    /// First street line.
    pub street: String,
    /// Second street line.
    pub street2: String,
    /// Postal code.
    pub zip: String,
    /// City.
    pub city: String,
    /// State's or province's code.
    pub state: String,
    /// Country's code of two letters.
    pub country: String,
    /// VAT number.
    pub vat: String,
    /// Our reference.
    pub reference: String,
    /// Web site.
    pub website: String,
    /// Comment; staff only.
    pub comment: String,
    /// The version that was edited; a stale one is refused.
    pub version: i64,
}

/// Longest text in a contact's one-line fields, in characters.
pub const MAX_LINE: usize = 200;
/// Longest comment, in characters.
pub const MAX_COMMENT: usize = 10_000;

impl ContactForm {
    /// Checks the form's fields on their own.
    ///
    /// An email that is no valid address is let through: books hold such, and validity is decided when
    /// access is granted.
    ///
    /// # Errors
    /// The fields that are missing, too long or not of their form.
    pub fn check(&self) -> Result<ContactKind, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.name.trim().is_empty() {
            errors.add("name", "Enter a name.");
        }
        let kind = ContactKind::parse(&self.kind);
        if kind.is_none() {
            errors.add("kind", "Choose company or person.");
        }
        for (field, text) in self.lines() {
            if text.chars().count() > MAX_LINE {
                errors.add(field, format!("Use at most {MAX_LINE} characters."));
            } else if text.chars().any(char::is_control) {
                errors.add(field, "Use one line of plain text.");
            }
        }
        if self.comment.chars().count() > MAX_COMMENT {
            errors.add("comment", format!("Use at most {MAX_COMMENT} characters."));
        }
        let country = self.country.trim();
        let is_code = country.len() == 2 && country.chars().all(|c| c.is_ascii_alphabetic());
        if !country.is_empty() && !is_code {
            errors.add("country", "Enter the country's code of two letters, such as US.");
        }
        match (errors.into_result(), kind) {
            (Ok(()), Some(kind)) => Ok(kind),
            (Err(errors), _) => Err(errors),
            (Ok(()), None) => Err(FieldErrors::one("kind", "Choose company or person.")),
        }
    }

    fn lines(&self) -> [(&'static str, &str); 12] {
        [
            ("name", &self.name),
            ("email", &self.email),
            ("phone", &self.phone),
            ("street", &self.street),
            ("street2", &self.street2),
            ("zip", &self.zip),
            ("city", &self.city),
            ("state", &self.state),
            ("country", &self.country),
            ("vat", &self.vat),
            ("reference", &self.reference),
            ("website", &self.website),
        ]
    }
}

/// A contact's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPage {
    /// The contact.
    pub id: ContactId,
    /// Its fields, as a form would send them back.
    pub form: ContactForm,
    /// Company or person.
    pub kind: ContactKind,
    /// The company above it.
    pub parent: Option<(ContactId, String)>,
    /// How far it is into the portal.
    pub state: PortalState,
    /// Whether it is archived.
    pub archived: bool,
    /// The people and companies under it.
    pub people: Vec<ContactRow>,
    /// Whether there are more people than shown.
    pub more_people: bool,
    /// The commercial entity.
    pub customer: ContactId,
    /// Those of the customer with portal access, itself first, for staff who manage access.
    pub portal_users: Vec<PortalUser>,
    /// Its secure link, for staff who manage access.
    pub secure_link: Option<SecureLink>,
    /// Where it is billed and delivered to, beside its own address.
    pub addresses: Vec<AddressRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_kind_are_enough() {
        let form = ContactForm { name: "Ann".into(), kind: "person".into(), ..ContactForm::default() };
        assert_eq!(form.check(), Ok(ContactKind::Person));
    }

    #[test]
    fn says_what_is_wrong_with_each_field() {
        let form = ContactForm {
            name: " ".into(),
            kind: "robot".into(),
            phone: "1".repeat(201),
            city: "Bos\nton".into(),
            country: "USA".into(),
            ..ContactForm::default()
        };
        let errors = form.check().expect_err("five errors");
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "kind", "phone", "city", "country"]);
    }
}
