//! Where a customer is billed and delivered to.

use serde::{Deserialize, Serialize};

use crate::{form::FormSection, ids::AddressId};

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AddressKind {
    /// Invoices.
    Billing,
    /// Goods.
    Delivery,
    /// Both.
    Both,
}

impl AddressKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Billing, Self::Delivery, Self::Both];

    /// The word in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Billing => "billing",
            Self::Delivery => "delivery",
            Self::Both => "both",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The words on screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Billing => "Billing",
            Self::Delivery => "Delivery",
            Self::Both => "Billing and delivery",
        }
    }

    /// Whether invoices can go there.
    #[must_use]
    pub fn is_for_billing(self) -> bool {
        self != Self::Delivery
    }

    /// Whether goods can go there.
    #[must_use]
    pub fn is_for_delivery(self) -> bool {
        self != Self::Billing
    }
}

/// What somebody typed about an address. Whatever else is sent is no part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    /// `billing`, `delivery` or `both`.
    pub kind: String,
    /// Who or what is there.
    pub name: String,
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
    /// State's or province's code, or its name.
    pub state: String,
    /// Country's code.
    pub country: String,
    /// `true` to bill there unless told otherwise.
    pub default_billing: String,
    /// `true` to deliver there unless told otherwise.
    pub default_delivery: String,
    /// The key of an address to be, so that it is added once however often the form is sent.
    pub key: String,
    /// The version that was edited.
    pub version: i64,
}

/// An address in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressRow {
    /// The address.
    pub id: AddressId,
    /// What it is for.
    pub kind: AddressKind,
    /// Who or what is there; the company where nothing was said.
    pub name: String,
    /// Its lines, as its country writes them.
    pub lines: Vec<String>,
    /// Phone.
    pub phone: String,
    /// Whether invoices go there unless told otherwise.
    pub is_default_billing: bool,
    /// Whether goods go there unless told otherwise.
    pub is_default_delivery: bool,
}

impl AddressRow {
    /// The address in a few words, to tell it from others.
    #[must_use]
    pub fn title(&self) -> String {
        let street = self.lines.first().map(|line| format!(", {line}")).unwrap_or_default();
        format!("{}{street}", self.name)
    }
}

/// `/my/addresses`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressBook {
    /// The company.
    pub company: String,
    /// The company's main address, if it is complete; it is part of the details.
    pub main: Vec<String>,
    /// Whether the reader may change the company's main address.
    pub may_edit_main: bool,
    /// The addresses, defaults first.
    pub addresses: Vec<AddressRow>,
    /// Whether the reader may add, edit and remove.
    pub may_edit: bool,
}

/// The form of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressFormPage {
    /// Its fields with what is saved, for the country that was asked for.
    pub sections: Vec<FormSection>,
    /// What it is called; nothing for a new one.
    pub title: Option<String>,
    /// Whether the reader chooses the company's defaults.
    pub may_set_default: bool,
    /// Whether invoices go there unless told otherwise.
    pub is_default_billing: bool,
    /// Whether goods go there unless told otherwise.
    pub is_default_delivery: bool,
    /// The key of an address to be.
    pub key: String,
    /// Its version.
    pub version: i64,
}

impl AddressForm {
    /// The form as it was sent; whatever else was sent is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name| get(name).unwrap_or_default();
        Self {
            kind: text("kind"),
            name: text("name"),
            phone: text("phone"),
            street: text("street"),
            street2: text("street2"),
            zip: text("zip"),
            city: text("city"),
            state: text("state"),
            country: text("country"),
            default_billing: text("default_billing"),
            default_delivery: text("default_delivery"),
            key: text("key"),
            version: text("version").parse().unwrap_or(0),
        }
    }
}
