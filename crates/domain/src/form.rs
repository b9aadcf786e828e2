//! Forms that the server lays out: what is asked, in which order, differs by country and by person, and the table
//! behind it is too large for a browser.

use serde::{Deserialize, Serialize};

/// Fields that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSection {
    /// Its heading.
    pub legend: String,
    /// Its fields, in order.
    pub fields: Vec<FormField>,
    /// What to know of all of them.
    pub note: Option<String>,
}

impl FormSection {
    /// Fields under a heading.
    #[must_use]
    pub fn new(legend: &str, fields: Vec<FormField>) -> Self {
        Self { legend: legend.to_owned(), fields, note: None }
    }
}

/// A field as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// The name that is sent.
    pub name: String,
    /// The label.
    pub label: String,
    /// What it holds.
    pub value: String,
    /// How it is filled in.
    pub control: Control,
    /// Must be given.
    pub required: bool,
    /// What to know before filling it in, or why it cannot be changed.
    pub hint: Option<String>,
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Control {
    /// A line of text.
    Text,
    /// Several lines of text.
    Lines,
    /// A day.
    Date,
    /// One of several: value and words.
    Select(Vec<(String, String)>),
    /// Not at all: words that are shown instead of the value. It is not sent.
    Fixed,
}

impl FormField {
    /// An empty line of text.
    #[must_use]
    pub fn text(name: &str, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            label: label.into(),
            value: value.into(),
            control: Control::Text,
            required: false,
            hint: None,
        }
    }

    /// One of several.
    #[must_use]
    pub fn select(
        name: &str,
        label: impl Into<String>,
        value: impl Into<String>,
        options: Vec<(String, String)>,
    ) -> Self {
        Self { control: Control::Select(options), ..Self::text(name, label, value) }
    }

    /// Several lines of text.
    #[must_use]
    pub fn lines(name: &str, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { control: Control::Lines, ..Self::text(name, label, value) }
    }

    /// A day, as `2026-11-22`.
    #[must_use]
    pub fn date(name: &str, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { control: Control::Date, ..Self::text(name, label, value) }
    }

    /// The same, which must be given.
    #[must_use]
    pub fn required(self, required: bool) -> Self {
        Self { required, ..self }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same, which can be read only.
    #[must_use]
    pub fn fixed(self) -> Self {
        Self { value: self.words().to_owned(), control: Control::Fixed, required: false, ..self }
    }

    /// What it holds, in words.
    #[must_use]
    pub fn words(&self) -> &str {
        self.words_of(&self.value)
    }

    /// What a value of it means, in words.
    #[must_use]
    pub fn words_of<'a>(&'a self, value: &'a str) -> &'a str {
        let Control::Select(options) = &self.control else { return value };
        options.iter().find(|(key, _)| key == value).map_or(value, |(_, words)| words)
    }
}
