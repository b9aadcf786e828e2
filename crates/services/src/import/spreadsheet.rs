//! A plain spreadsheet as the file of an export: its columns renamed, its numbers with a decimal point.
//!
//! Rows stay on their lines, so that notes point into the file as it is.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    SourceFile,
    csv_rows::{CsvRow, read_separated_rows},
    file_kind::FileKind,
    notes::quote,
};
use crate::{ServiceError, ServiceResult};

/// Columns of numbers; those of lines by what follows their prefix.
const NUMBERS: [&str; 14] = [
    "amount_total",
    "amount_untaxed",
    "amount_tax",
    "amount_residual",
    "expected_revenue",
    "probability",
    "allocated_hours",
    "effective_hours",
    "unit_amount",
    "product_uom_qty",
    "product_qty",
    "quantity",
    "price_unit",
    "discount",
];
const LINE_SUBTOTAL: &str = "price_subtotal";

/// What people write above a column, in small letters and digits only, and the columns that it may be.
const HEADINGS: [(&str, &[&str]); 24] = [
    ("externalid", &["id"]),
    ("title", &["name"]),
    ("number", &["name"]),
    ("company", &["is_company"]),
    ("parentid", &["parent_id/id"]),
    ("mail", &["email", "email_from"]),
    ("telephone", &["phone"]),
    ("postcode", &["zip"]),
    ("postalcode", &["zip"]),
    ("statecode", &["state_id/code"]),
    ("countrycode", &["country_id/code"]),
    ("vatnumber", &["vat"]),
    ("taxid", &["vat"]),
    ("reference", &["ref", "client_order_ref"]),
    ("language", &["lang"]),
    ("tags", &["category_id/name"]),
    ("customerid", &["partner_id/id"]),
    ("contactid", &["partner_id/id"]),
    ("vendorid", &["partner_id/id"]),
    ("projectid", &["project_id/id"]),
    ("currency", &["currency_id/name"]),
    ("total", &["amount_total"]),
    ("duedate", &["invoice_date_due", "date_deadline"]),
    ("amountdue", &["amount_residual"]),
];

/// How to read a spreadsheet.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// What its rows are: `contacts`, `invoices` and so on.
    pub kind: String,
    /// Headings, and the columns that they are. What is not here is guessed.
    pub map: Vec<(String, String)>,
    /// Columns that the file lacks, and what every record has there.
    pub set: Vec<(String, String)>,
    /// Between cells; found in the first line where it is not told.
    pub separator: Option<char>,
    /// Whether 1.234,50 is a little more than a thousand.
    pub decimal_comma: bool,
}

/// A spreadsheet whose columns are known.
#[derive(Debug)]
pub struct Spreadsheet {
    source: SourceFile,
}

impl Spreadsheet {
    /// Finds out what the columns are.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] with what is wrong with the file or the layout, and what to do.
    pub(super) fn read(file: &SourceFile, layout: &Layout) -> ServiceResult<Self> {
        let kind = kind(&layout.kind)?;
        let refused = |reason: String| ServiceError::refused(format!("{} {reason}.", file.name));
        let text = std::str::from_utf8(&file.bytes)
            .map_err(|_no_text| refused("is not UTF-8 text; save it again as CSV in UTF-8".to_owned()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let separator = layout.separator.unwrap_or_else(|| separator_of(text));
        let mut rows = read_separated_rows(text, separator)
            .map_err(|error| refused(format!("is no well-formed CSV: {error}")))?
            .into_iter();
        let head = rows
            .next()
            .ok_or_else(|| refused("is empty; its first line must name the columns".to_owned()))?;
        let columns = columns(kind, &head, layout)?;
        let id = columns.iter().position(|column| column == "id");
        let mut lines = Lines::default();
        let set_names = layout.set.iter().map(|(column, _value)| column.as_str());
        lines.row(head.line, columns.iter().map(String::as_str).chain(set_names));
        for row in rows {
            let mut cells = Vec::new();
            for (place, cell) in row.cells.iter().enumerate() {
                let column = columns.get(place).map_or("", String::as_str);
                let number = layout.decimal_comma && is_number(kind, column);
                cells.push(if number {
                    point(cell, row.line, column).map_err(refused)?
                } else {
                    cell.clone()
                });
            }
            // A row that lacks cells is told of by the import: it must not be mended by those that are set.
            if cells.len() == columns.len() {
                let has_id = id.and_then(|id| cells.get(id)).is_some_and(|id| !id.trim().is_empty());
                let set = layout.set.iter().map(|(_column, value)| if has_id { value.as_str() } else { "" });
                cells.extend(set.map(|value| Cow::Owned(value.to_owned())));
            }
            lines.row(row.line, cells.iter().map(Cow::as_ref));
        }
        let name = format!("{}.csv", kind.stem());
        Ok(Self { source: SourceFile { name, bytes: lines.text.into_bytes() } })
    }

    /// The file as an export would have it.
    pub(super) fn into_source(self) -> SourceFile {
        self.source
    }
}

fn kind(name: &str) -> ServiceResult<FileKind> {
    FileKind::ALL.into_iter().find(|kind| kind.stem() == name).ok_or_else(|| {
        let known: Vec<&str> = FileKind::ALL.into_iter().map(FileKind::stem).collect();
        ServiceError::refused(format!(
            "{} cannot be imported; choose one of {}.",
            quote(name),
            known.join(", ")
        ))
    })
}

fn known(kind: FileKind) -> impl Iterator<Item = &'static str> {
    let columns = kind.columns();
    columns.required.iter().chain(columns.optional).copied()
}

fn check_known(kind: FileKind, column: &str) -> ServiceResult<()> {
    if known(kind).any(|known| known == column) {
        return Ok(());
    }
    let all: Vec<&str> = known(kind).collect();
    let stem = kind.stem();
    Err(ServiceError::refused(format!(
        "There is no field {} of {stem}; choose one of {}.",
        quote(column),
        all.join(", ")
    )))
}

/// What each column of the file is: a known name, or else its heading.
fn columns(kind: FileKind, head: &CsvRow<'_>, layout: &Layout) -> ServiceResult<Vec<String>> {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for (column, _value) in &layout.set {
        check_known(kind, column)?;
        if owners.insert(column, "the value set for all").is_some() {
            return Err(ServiceError::refused(format!("{} is set twice; set it once.", quote(column))));
        }
    }
    let headings: Vec<&str> = head.cells.iter().map(|heading| heading.trim()).collect();
    for (heading, column) in &layout.map {
        check_known(kind, column)?;
        if !headings.contains(&heading.as_str()) {
            return Err(ServiceError::refused(format!(
                "The file has no column {}; it has {}.",
                quote(heading),
                headings.join(", ")
            )));
        }
    }
    let told = |heading: &str| layout.map.iter().find(|(from, _column)| from == heading);
    let is_told = |column: &str| layout.map.iter().any(|(_heading, to)| to == column);
    let mut columns = Vec::new();
    for heading in headings {
        let guessed = || guess(kind, heading).filter(|column| !is_told(column));
        let column = told(heading).map(|(_heading, column)| column.as_str()).or_else(guessed);
        let Some(column) = column else {
            // By its own name it would be taken for the column that another heading was told to be.
            let is_taken = known(kind).any(|known| known == heading);
            columns.push(if is_taken { format!("{heading} (not used)") } else { heading.to_owned() });
            continue;
        };
        if let Some(other) = owners.insert(column, heading) {
            return Err(ServiceError::refused(format!(
                "Both {} and {} would be {column}; say which one is, with --map or without --set.",
                quote(other),
                quote(heading)
            )));
        }
        columns.push(column.to_owned());
    }
    Ok(columns)
}

/// The column that a heading names, or probably means.
fn guess(kind: FileKind, heading: &str) -> Option<&'static str> {
    let plain = plain(heading);
    let same = known(kind).find(|column| *column == heading);
    let alike = || known(kind).find(|column| self::plain(column) == plain);
    let meant = || {
        let (_heading, columns) = HEADINGS.iter().find(|(heading, _columns)| *heading == plain)?;
        known(kind).find(|column| columns.contains(column))
    };
    same.or_else(alike).or_else(meant)
}

fn plain(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What the first line has most of, outside quotes.
fn separator_of(text: &str) -> char {
    let line = text.trim_start().lines().next().unwrap_or_default();
    let mut counts = [(',', 0_u32), (';', 0), ('\t', 0)];
    let mut is_quoted = false;
    for c in line.chars() {
        is_quoted ^= c == '"';
        for (separator, count) in &mut counts {
            *count += u32::from(!is_quoted && c == *separator);
        }
    }
    // Of equals the last is taken, and commas come first: turned round, commas win.
    counts.into_iter().rev().max_by_key(|(_separator, count)| *count).map_or(',', |(separator, _)| separator)
}

fn is_number(kind: FileKind, column: &str) -> bool {
    let name = kind.columns().line_prefix.and_then(|prefix| column.strip_prefix(prefix)).unwrap_or(column);
    name == LINE_SUBTOTAL || NUMBERS.contains(&name)
}

/// A number with a decimal comma as one with a decimal point. A guess would be wrong by a factor of a thousand.
fn point<'a>(cell: &str, line: u64, column: &str) -> Result<Cow<'a, str>, String> {
    let number: String = cell.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
    let (whole, part) = number.split_once(',').unwrap_or((&number, ""));
    let mut groups = whole.trim_start_matches(['-', '+']).split('.');
    let first = groups.next().unwrap_or_default();
    let groups: Vec<&str> = groups.collect();
    let is_grouped =
        groups.is_empty() || ((1..=3).contains(&first.len()) && groups.iter().all(|group| group.len() == 3));
    if !is_grouped || part.contains(['.', ',']) {
        return Err(format!(
            "has {} on line {line}, column {column}, which is no number with a decimal comma",
            quote(cell)
        ));
    }
    let whole = whole.replace('.', "");
    Ok(Cow::Owned(if part.is_empty() { whole } else { format!("{whole}.{part}") }))
}

/// CSV whose rows are on given lines.
#[derive(Debug)]
struct Lines {
    text: String,
    line: u64,
}

impl Default for Lines {
    fn default() -> Self {
        Self { text: String::new(), line: 1 }
    }
}

impl Lines {
    fn row<'c>(&mut self, line: u64, cells: impl Iterator<Item = &'c str>) {
        while self.line < line {
            self.text.push('\n');
            self.line += 1;
        }
        let cells: Vec<String> = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        let row = cells.join(",");
        self.line += u64::try_from(row.matches('\n').count()).unwrap_or(u64::MAX).saturating_add(1);
        self.text.push_str(&row);
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_found_outside_quotes() {
        assert_eq!(separator_of("id;\"a,b,c\";x\n1,2,3,4"), ';');
        assert_eq!(separator_of("id\tname"), '\t');
        assert_eq!(separator_of("id"), ',');
    }

    #[test]
    fn headings_are_guessed_and_every_guess_is_a_column() {
        assert_eq!(guess(FileKind::Contacts, "External ID"), Some("id"));
        assert_eq!(guess(FileKind::Contacts, "E-Mail"), Some("email"));
        assert_eq!(guess(FileKind::Invoices, "Due date"), Some("invoice_date_due"));
        assert_eq!(guess(FileKind::Contacts, "Shoe size"), None);
        for (_heading, columns) in HEADINGS {
            for column in columns {
                assert!(
                    FileKind::ALL.into_iter().any(|kind| known(kind).any(|known| known == *column)),
                    "{column}"
                );
            }
        }
    }

    #[test]
    fn a_decimal_comma_is_read_or_refused_and_never_guessed() {
        let read = |cell| point(cell, 1, "x").map(Cow::into_owned).ok();
        assert_eq!(read("1.234,50").as_deref(), Some("1234.50"));
        assert_eq!(read("-12,5").as_deref(), Some("-12.5"));
        assert_eq!(read("1 234 567").as_deref(), Some("1234567"));
        assert_eq!(read("").as_deref(), Some(""));
        for wrong in ["12.50", "1,234.50", "1,2,3", ".5", "1.2345,00"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
