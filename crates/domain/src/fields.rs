//! What is wrong with a form, field by field.

use serde::{Deserialize, Serialize};

/// Errors that belong next to the fields they name. Each text says what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(Vec<(String, String)>);

impl FieldErrors {
    /// One error on one field.
    pub fn one(field: &str, text: impl Into<String>) -> Self {
        Self(vec![(field.to_owned(), text.into())])
    }

    /// Adds an error to a field.
    pub fn add(&mut self, field: &str, text: impl Into<String>) {
        self.0.push((field.to_owned(), text.into()));
    }

    /// The first error of a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, text)| text.as_str())
    }

    /// The same errors, those of one field under another name.
    #[must_use]
    pub fn renamed(self, from: &str, to: &str) -> Self {
        let name = |field: String| if field == from { to.to_owned() } else { field };
        Self(self.0.into_iter().map(|(field, text)| (name(field), text)).collect())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every field with its text, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, text)| (field.as_str(), text.as_str()))
    }

    /// `Ok` when nothing is wrong, else the errors.
    ///
    /// # Errors
    /// Itself, unless empty.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}
