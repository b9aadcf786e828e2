//! A plain spreadsheet as the file of an export: its columns renamed, its numbers with a decimal point.

mod fields;
mod kept;
mod layout;
mod lines;
mod numbers;

use std::{borrow::Cow, collections::BTreeMap};

pub(super) use self::kept::{KeptSheet, check, choices, columns, separator_word};
pub use self::layout::Layout;
use self::{
    fields::{fields, guess, label, same_for_all, words},
    lines::Lines,
    numbers::{is_number, point},
};
use super::{
    SourceFile,
    csv_rows::{CsvRow, read_separated_rows},
    file_kind::FileKind,
    notes::quote,
};
use crate::{ServiceError, ServiceResult};

/// A spreadsheet as it was read: what stands above its columns, and its rows.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    pub headings: Vec<String>,
    pub rows: Vec<CsvRow<'a>>,
    pub separator: char,
    first_line: u64,
}

impl<'a> Sheet<'a> {
    /// Reads a file; the separator is found where it is not told.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] with what is wrong with the file, and what to do.
    pub(super) fn read(name: &str, bytes: &'a [u8], separator: Option<char>) -> ServiceResult<Self> {
        let refused = |reason: String| ServiceError::refused(format!("{name} {reason}."));
        let no_text = || refused("is not UTF-8 text; save it again as CSV in UTF-8".to_owned());
        let text = std::str::from_utf8(bytes).map_err(|_no_text| no_text())?;
        if text.contains('\0') {
            return Err(no_text());
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let separator = separator.unwrap_or_else(|| separator_of(text));
        let mut rows = read_separated_rows(text, separator)
            .map_err(|error| refused(format!("is no well-formed CSV: {error}")))?;
        if rows.is_empty() {
            return Err(refused("is empty; its first line must name the columns".to_owned()));
        }
        let head = rows.remove(0);
        let headings = head.cells.iter().map(|heading| heading.trim().to_owned()).collect();
        Ok(Self { headings, rows, separator, first_line: head.line })
    }

    /// The file that an export would have.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] with what is wrong with the layout, and what to do.
    pub(super) fn into_source(self, name: &str, layout: &Layout) -> ServiceResult<SourceFile> {
        let kind = kind_of(&layout.kind)?;
        let columns = as_fields(kind, &self.headings, layout)?;
        let id = match &layout.id {
            Some(heading) => Some(place_of(&self.headings, heading)?),
            None => columns.iter().position(|column| column == "id"),
        };
        let mut lines = Lines::default();
        let is_copied = layout.id.is_some();
        let more = is_copied.then_some("id").into_iter();
        let more = more.chain(layout.set.iter().map(|(column, _value)| column.as_str()));
        lines.row(self.first_line, columns.iter().map(String::as_str).chain(more));
        for row in self.rows {
            let mut cells = Vec::new();
            for (place, cell) in row.cells.iter().enumerate() {
                let column = columns.get(place).map_or("", String::as_str);
                let number = layout.decimal_comma && is_number(kind, column);
                cells.push(if number {
                    point(cell, row.line, label_of(kind, column))
                        .map_err(|reason| ServiceError::refused(format!("{name} {reason}.")))?
                } else {
                    cell.clone()
                });
            }
            // A row that lacks cells is told of by the import: it must not be mended by those that are added.
            if cells.len() == columns.len() {
                let id = id.and_then(|id| row.cells.get(id)).cloned().unwrap_or_default();
                let has_id = !id.trim().is_empty();
                cells.extend(is_copied.then_some(id));
                let set = layout.set.iter().map(|(_column, value)| if has_id { value.as_str() } else { "" });
                cells.extend(set.map(|value| Cow::Owned(value.to_owned())));
            }
            lines.row(row.line, cells.iter().map(Cow::as_ref));
        }
        Ok(SourceFile { name: name.to_owned(), bytes: lines.into_bytes(), kind: Some(kind) })
    }
}

/// The kind of a word such as `invoices`.
///
/// # Errors
/// [`ServiceError::Refused`] with those that there are.
pub(super) fn kind_of(name: &str) -> ServiceResult<FileKind> {
    FileKind::ALL.into_iter().find(|kind| kind.stem() == name).ok_or_else(|| {
        let known: Vec<&str> = FileKind::ALL.into_iter().map(FileKind::stem).collect();
        ServiceError::refused(format!(
            "{} cannot be imported; choose one of {}.",
            quote(name),
            known.join(", ")
        ))
    })
}

fn label_of(kind: FileKind, column: &str) -> &'static str {
    fields(kind).find(|field| *field == column).map_or("", |field| label(kind, field))
}

fn check_known(kind: FileKind, column: &str) -> ServiceResult<()> {
    if fields(kind).any(|known| known == column) {
        return Ok(());
    }
    let all: Vec<&str> = fields(kind).collect();
    let stem = kind.stem();
    Err(ServiceError::refused(format!(
        "There is no field {} of {stem}; choose one of {}.",
        quote(column),
        all.join(", ")
    )))
}

fn place_of(headings: &[String], heading: &str) -> ServiceResult<usize> {
    headings.iter().position(|known| known == heading).ok_or_else(|| {
        let (heading, all) = (quote(heading), headings.join(", "));
        ServiceError::refused(format!("The file has no column {heading}; it has {all}."))
    })
}

/// What each column of the file is: a field, or else its heading.
fn as_fields(kind: FileKind, headings: &[String], layout: &Layout) -> ServiceResult<Vec<String>> {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    let ids = layout.id.as_ref().map(|heading| ("id", heading.as_str()));
    owners.extend(ids);
    for (field, _value) in &layout.set {
        check_known(kind, field)?;
        if owners.insert(field, "the value set for all").is_some() {
            let label = quote(label_of(kind, field));
            return Err(ServiceError::refused(format!("{label} is set twice; set it once.")));
        }
    }
    for (heading, field) in &layout.map {
        if !field.is_empty() {
            check_known(kind, field)?;
        }
        place_of(headings, heading)?;
    }
    let told = |heading: &str| layout.map.iter().find(|(from, _field)| from == heading);
    let is_told = |field: &str| {
        layout.map.iter().any(|(_heading, to)| to == field) || (layout.id.is_some() && field == "id")
    };
    let mut columns = Vec::new();
    for heading in headings {
        let guessed = || guess(kind, heading).filter(|field| !layout.only_told && !is_told(field));
        let field = match told(heading) {
            Some((_heading, field)) => Some(field.as_str()).filter(|field| !field.is_empty()),
            None => guessed(),
        };
        let Some(field) = field else {
            // By its own name it would be taken for the field that another heading was told to be. One that was told
            // to be nothing needs no note.
            let is_taken = fields(kind).any(|known| known == heading);
            let is_quiet = told(heading).is_some();
            columns.push(match (is_quiet, is_taken) {
                (true, _) => String::new(),
                (false, true) => format!("{heading} (not used)"),
                (false, false) => heading.clone(),
            });
            continue;
        };
        if let Some(other) = owners.insert(field, heading) {
            return Err(ServiceError::refused(format!(
                "Both {} and {} would be {}; choose one of them.",
                quote(other),
                quote(heading),
                label_of(kind, field)
            )));
        }
        columns.push(field.to_owned());
    }
    Ok(columns)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_found_outside_quotes() {
        assert_eq!(separator_of("id;\"a,b,c\";x\n1,2,3,4"), ';');
        assert_eq!(separator_of("id\tname"), '\t');
        assert_eq!(separator_of("id"), ',');
    }
}
