use serde::{Deserialize, Serialize};

/// How to read a spreadsheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// What its rows are: `contacts`, `invoices` and so on.
    pub kind: String,
    /// Headings, and the fields that they are; nothing for a column that is passed over.
    pub map: Vec<(String, String)>,
    /// Whether what `map` does not tell is passed over. Else it is guessed.
    pub only_told: bool,
    /// The heading by whose cells records are recognised, where they have no ids of their own: it may be a field, too.
    pub id: Option<String>,
    /// Fields that the file lacks, and what every record has there.
    pub set: Vec<(String, String)>,
    /// Between cells; found in the first line where it is not told.
    pub separator: Option<char>,
    /// Whether 1.234,50 is a little more than a thousand.
    pub decimal_comma: bool,
}
