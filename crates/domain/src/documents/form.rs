//! A document as somebody writes it by hand. Which fields a kind has is laid out by the server.

use serde::{Deserialize, Serialize};

use super::DocumentKind;
use crate::{form::FormSection, ids::DocumentId};

/// No document that is written by hand has more lines.
pub const MOST_LINES: usize = 200;

/// What a document's form is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentFormRequest {
    /// The document that is changed; none for a new one.
    pub id: Option<DocumentId>,
    /// The kind of a new one.
    pub kind: Option<DocumentKind>,
    /// The contact that is chosen in the form as it was typed, or that a new one is for.
    pub contact: String,
    /// Words by which customers are looked for.
    pub customer: String,
}

/// A document's form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFormPage {
    /// The kind.
    pub kind: DocumentKind,
    /// What the document is called; nothing for a new one.
    pub name: Option<String>,
    /// The version that is changed.
    pub version: i64,
    /// By which the same new document that is sent twice is known.
    pub key: String,
    /// Its fields before the lines.
    pub head: Vec<FormSection>,
    /// Its lines, for kinds that have any.
    pub lines: Option<Vec<TypedLine>>,
    /// Its fields after the lines.
    pub foot: Vec<FormSection>,
    /// Whether it came from an import, which may change it again.
    pub is_imported: bool,
}

/// A line as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedLine {
    /// What it is for.
    pub description: String,
    /// How much of it.
    pub quantity: String,
    /// The price of one.
    pub price: String,
    /// The discount in percent.
    pub discount: String,
}

impl TypedLine {
    /// The parts, as fields call them.
    pub const PARTS: [&str; 4] = ["description", "quantity", "price", "discount"];

    /// The name of the field of a part; lines count from 1.
    #[must_use]
    pub fn field(number: usize, part: &str) -> String {
        format!("line.{number}.{part}")
    }

    /// The line of a number.
    pub fn read(number: usize, get: impl Fn(&str) -> Option<String>) -> Self {
        let part = |part| get(&Self::field(number, part)).unwrap_or_default();
        let [description, quantity, price, discount] = Self::PARTS.map(part);
        Self { description, quantity, price, discount }
    }

    /// A part of it.
    #[must_use]
    pub fn part(&self, part: &str) -> &str {
        match part {
            "description" => &self.description,
            "quantity" => &self.quantity,
            "price" => &self.price,
            _ => &self.discount,
        }
    }

    /// Whether it is left out: without description and price, there is nothing to say.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.description.trim().is_empty() && self.price.trim().is_empty()
    }
}

/// A document as it is typed: fields by name, however many lines there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TypedDocument(pub Vec<(String, String)>);

impl TypedDocument {
    /// What was typed into a field.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// The number of the last line of which anything was sent.
    #[must_use]
    pub fn last_line(&self) -> usize {
        let number = |name: &str| name.strip_prefix("line.")?.split_once('.')?.0.parse::<usize>().ok();
        self.0.iter().filter_map(|(name, _)| number(name)).max().unwrap_or(0)
    }

    /// The lines, with their numbers, less those that are left blank.
    #[must_use]
    pub fn lines(&self) -> Vec<(usize, TypedLine)> {
        let get = |name: &str| Some(self.get(name).to_owned());
        let last = self.last_line().min(MOST_LINES + 1);
        (1..=last)
            .map(|number| (number, TypedLine::read(number, get)))
            .filter(|(_, line)| !line.is_blank())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_left_out_and_numbers_stay() {
        let pairs =
            [("line.1.description", ""), ("line.1.quantity", "1"), ("line.3.price", "7"), ("title", "x")];
        let typed = TypedDocument(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
        assert_eq!(typed.last_line(), 3);
        let lines = typed.lines();
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].0, lines[0].1.price.as_str()), (3, "7"));
        assert_eq!(TypedDocument::default().last_line(), 0);
    }
}
