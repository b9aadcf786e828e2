//! What the columns of a spreadsheet are, as staff tell it.

use serde::{Deserialize, Serialize};

use crate::ids::ImportSheetId;

/// A column as it is in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetColumn {
    /// What stands above it.
    pub heading: String,
    /// What its first cells have.
    pub samples: Vec<String>,
    /// The field that it is; empty for none.
    pub field: String,
}

/// Something that a column can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetField {
    /// Its name in forms and commands.
    pub name: String,
    /// Its name on screen.
    pub label: String,
    /// Whether no record does without it.
    pub is_required: bool,
    /// Whether it is often the same for all records, so that the file lacks it.
    pub is_same_for_all: bool,
    /// The words that it takes, if it takes few.
    pub words: Vec<String>,
    /// What every record has there; empty where a column tells it.
    pub value: String,
}

/// A spreadsheet that was uploaded, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetPage {
    /// Key.
    pub id: ImportSheetId,
    /// The file's name.
    pub name: String,
    /// What its rows are: `contacts`, `invoices` and so on.
    pub kind: String,
    /// How many rows it has.
    pub rows: usize,
    /// Its columns, but for those without a heading.
    pub columns: Vec<SheetColumn>,
    /// What they can be.
    pub fields: Vec<SheetField>,
    /// The heading by which records are recognised; empty when nothing looks like it.
    pub id_heading: String,
    /// Between cells: `comma`, `semicolon` or `tab`.
    pub separator: String,
    /// Whether 1.234,50 is a little more than a thousand.
    pub decimal_comma: bool,
}

/// What was told of a spreadsheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetForm {
    /// The heading by which records are recognised.
    pub id_heading: String,
    /// The field of each column, in the file's order; empty for none.
    pub columns: Vec<String>,
    /// Fields, and what every record has there.
    pub set: Vec<(String, String)>,
    /// Between cells: `comma`, `semicolon` or `tab`.
    pub separator: String,
    /// Whether 1.234,50 is a little more than a thousand.
    pub decimal_comma: bool,
}

impl SheetForm {
    /// Reads the fields of a form as they were sent.
    #[must_use]
    pub fn read(fields: &[(String, String)]) -> Self {
        let plain = |value: &str| value.trim().replace(char::is_control, "");
        let one = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| plain(value));
        let set = fields.iter().filter_map(|(name, value)| {
            let (name, value) = (plain(name.strip_prefix("set.")?), plain(value));
            (!value.is_empty()).then_some((name, value))
        });
        Self {
            id_heading: one("id_heading").unwrap_or_default(),
            columns: (0..).map_while(|place| one(&format!("column.{place}"))).collect(),
            set: set.collect(),
            separator: one("separator").unwrap_or_default(),
            decimal_comma: one("decimal_comma").is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_sent() {
        let sent = [
            ("id_heading", "Nr"),
            ("column.0", ""),
            ("column.1", "name"),
            ("column.3", "zip"),
            ("set.state", " Posted "),
            ("set.lang", " "),
            ("decimal_comma", "on"),
        ];
        let fields: Vec<_> = sent.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let form = SheetForm::read(&fields);
        assert_eq!(form.id_heading, "Nr");
        assert_eq!(form.columns, ["", "name"]);
        assert_eq!(form.set, [("state".to_owned(), "Posted".to_owned())]);
        assert!(form.decimal_comma && form.separator.is_empty());
    }
}
