//! One file: its columns, and its rows put together to records.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use super::{
    csv_rows::{CsvRow, read_rows},
    file_kind::FileKind,
    notes::Place,
    source::SourceFile,
};

/// A file whose columns are known.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub kind: FileKind,
    pub file: Arc<str>,
    /// Columns that nothing is done with.
    pub unknown: Vec<String>,
    places: HashMap<&'static str, usize>,
    width: usize,
    rows: Vec<CsvRow<'a>>,
}

/// The rows of one record: the first, and those that only carry further lines.
#[derive(Clone, Debug)]
pub(super) struct Group<'t, 'a> {
    pub rows: Vec<&'t CsvRow<'a>>,
    /// Why the record cannot be read at all: on which line, in which column, and the reason.
    pub broken: Option<Breakage>,
}

/// Why a record cannot be read at all.
#[derive(Clone, Debug)]
pub(super) struct Breakage {
    pub line: u64,
    pub column: Option<&'static str>,
    pub reason: String,
}

impl<'a> Table<'a> {
    /// Reads a file whole; the error says why that is impossible.
    pub(super) fn read(source: &'a SourceFile) -> Result<Self, String> {
        let text = std::str::from_utf8(&source.bytes)
            .map_err(|_no_text| "is not UTF-8 text; export it again as CSV in UTF-8".to_owned())?;
        if text.contains('\0') {
            return Err("is not UTF-8 text; export it again as CSV in UTF-8".to_owned());
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut rows = read_rows(text).map_err(|error| format!("is no well-formed CSV: {error}"))?;
        if rows.is_empty() {
            return Err("is empty; its first line must name the columns".to_owned());
        }
        let headers: Vec<String> =
            rows.remove(0).cells.into_iter().map(|header| header.trim().to_owned()).collect();
        let kind = source.kind.or_else(|| FileKind::recognise(&source.name, &headers));
        let kind = kind.ok_or_else(|| {
            let known: Vec<&str> = FileKind::ALL.into_iter().map(FileKind::stem).collect();
            format!(
                "is none of the known exports ({}), neither by its name nor by its columns",
                known.join(", ")
            )
        })?;
        let mut table = Self {
            kind,
            file: source.name.as_str().into(),
            unknown: Vec::new(),
            places: HashMap::new(),
            width: headers.len(),
            rows,
        };
        table.place(headers)?;
        Ok(table)
    }

    fn place(&mut self, headers: Vec<String>) -> Result<(), String> {
        let columns = self.kind.columns();
        for (place, header) in headers.into_iter().enumerate() {
            let known = columns.required.iter().chain(columns.optional).copied();
            match known.into_iter().find(|column| *column == header) {
                Some(column) if self.places.insert(column, place).is_some() => {
                    return Err(format!("has the column {column} twice"));
                }
                Some(_) => {}
                None if columns.unused.contains(&header.as_str()) || header.is_empty() => {}
                None => self.unknown.push(header),
            }
        }
        let missing: Vec<&str> =
            columns.required.iter().filter(|column| !self.places.contains_key(*column)).copied().collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(format!(
            "has no column {}; the first line must name the columns, separated by commas",
            missing.join(", ")
        ))
    }

    /// Whether the file has a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.places.contains_key(column)
    }

    /// Whether the file has columns of lines.
    pub(super) fn has_lines(&self) -> bool {
        self.places.keys().any(|column| self.is_of_lines(column))
    }

    /// A row's cell as it is in the file; empty where the file lacks the column.
    pub(super) fn cell<'t>(&self, row: &'t CsvRow<'a>, column: &str) -> &'t str {
        self.places.get(column).and_then(|place| row.cells.get(*place)).map_or("", Cow::as_ref)
    }

    /// Where a row is.
    pub(super) fn place_of(&self, line: u64) -> Place {
        Place { file: Arc::clone(&self.file), line }
    }

    /// Whether a row has something in a column of lines.
    pub(super) fn has_line_cells(&self, row: &CsvRow<'a>) -> bool {
        self.places.keys().any(|column| self.is_of_lines(column) && !self.cell(row, column).trim().is_empty())
    }

    fn is_of_lines(&self, column: &str) -> bool {
        self.kind.columns().line_prefix.is_some_and(|prefix| column.starts_with(prefix))
    }

    /// The records: a row without an id that has nothing but columns of lines belongs to the record above it.
    pub(super) fn groups(&self) -> Vec<Group<'_, 'a>> {
        let mut groups: Vec<Group<'_, 'a>> = Vec::new();
        for row in self.rows.iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())) {
            let breakage =
                |column, reason: &str| Some(Breakage { line: row.line, column, reason: reason.to_owned() });
            let has_id = !self.cell(row, "id").trim().is_empty();
            let has_own_cells = self
                .places
                .keys()
                .any(|column| !self.is_of_lines(column) && !self.cell(row, column).trim().is_empty());
            if row.cells.len() != self.width {
                let reason = format!("has {} cells where the first line has {}", row.cells.len(), self.width);
                let broken = breakage(None, &reason);
                match groups.last_mut() {
                    Some(above) if !has_own_cells => above.broken = above.broken.take().or(broken),
                    _ => groups.push(Group { rows: vec![row], broken }),
                }
            } else if has_id {
                groups.push(Group { rows: vec![row], broken: None });
            } else if has_own_cells {
                let broken =
                    breakage(Some("id"), "is empty: a record without an id cannot be told from others");
                groups.push(Group { rows: vec![row], broken });
            } else if self.has_line_cells(row) {
                match groups.last_mut() {
                    Some(above) => above.rows.push(row),
                    None => {
                        let broken = breakage(Some("id"), "is empty, and there is no record above");
                        groups.push(Group { rows: vec![row], broken });
                    }
                }
            }
        }
        groups
    }
}
