//! One row's cells as values. What is wrong with a cell is noted, and the reading goes on, so that one look at
//! the report tells everything about a row.

use std::fmt::Display;

use domain::import::{RowNote, parse_date, parse_flag};
use time::Date;

use super::{csv_rows::CsvRow, html, notes::quote, table::Table};

/// Longest text of one line, in characters. PostgreSQL's indexes take no longer ones.
const LONGEST_LINE: usize = 500;
/// Longest title of a document, in characters.
const LONGEST_TITLE: usize = 10_000;

/// The cells of a row.
#[derive(Debug)]
pub(super) struct Cells<'r, 'a> {
    table: &'r Table<'a>,
    row: &'r CsvRow<'a>,
    notes: &'r mut Vec<RowNote>,
}

impl<'r, 'a> Cells<'r, 'a> {
    pub(super) fn of(table: &'r Table<'a>, row: &'r CsvRow<'a>, notes: &'r mut Vec<RowNote>) -> Self {
        Self { table, row, notes }
    }

    /// The cells of another row of the same record.
    pub(super) fn at<'s>(&'s mut self, row: &'s CsvRow<'a>) -> Cells<'s, 'a> {
        Cells { table: self.table, row, notes: self.notes }
    }

    /// The file of the row.
    pub(super) fn table(&self) -> &'r Table<'a> {
        self.table
    }

    /// Notes a reason to leave the record out.
    pub(super) fn error(&mut self, column: &str, reason: impl Into<String>) {
        self.notes.push(self.table.place_of(self.row.line).error(Some(column), reason));
    }

    fn raw(&self, column: &str) -> &'r str {
        self.table.cell(self.row, column)
    }

    /// A text of one line, its blanks run together; empty where the file has none.
    pub(super) fn line(&mut self, column: &str) -> String {
        self.one_line(column, LONGEST_LINE)
    }

    /// Like [`Self::line`], for what may be as long as a sentence.
    pub(super) fn title(&mut self, column: &str) -> String {
        self.one_line(column, LONGEST_TITLE)
    }

    fn one_line(&mut self, column: &str, longest: usize) -> String {
        let words: Vec<&str> =
            self.raw(column).split(|c: char| c.is_whitespace() || c.is_control()).collect();
        let line = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if line.chars().count() > longest {
            self.error(column, format!("is longer than {longest} characters: {}", quote(&line)));
        }
        line
    }

    /// Like [`Self::line`]; `None` where the file lacks the column.
    pub(super) fn line_if_any(&mut self, column: &str) -> Option<String> {
        self.table.has(column).then(|| self.line(column))
    }

    /// Like [`Self::line`], and must not be empty.
    pub(super) fn required(&mut self, column: &str) -> String {
        let line = self.line(column);
        if line.is_empty() {
            self.error(column, "is empty");
        }
        line
    }

    /// The external id of another record.
    pub(super) fn reference(&mut self, column: &str) -> Option<String> {
        Some(self.line(column)).filter(|id| !id.is_empty())
    }

    /// A text of several lines, as it is.
    pub(super) fn lines(&self, column: &str) -> String {
        self.raw(column).trim().replace("\r\n", "\n").replace(|c: char| c.is_control() && c != '\n', "")
    }

    /// HTML as plain text.
    pub(super) fn html(&self, column: &str) -> String {
        html::to_text(self.raw(column))
    }

    /// Like [`Self::html`]; `None` where the file lacks the column.
    pub(super) fn html_if_any(&self, column: &str) -> Option<String> {
        self.table.has(column).then(|| self.html(column))
    }

    /// A day, if there is one.
    pub(super) fn date(&mut self, column: &str) -> Option<Date> {
        self.parsed(column, parse_date)
    }

    /// A yes or no; nothing is no.
    pub(super) fn flag(&mut self, column: &str) -> bool {
        self.known(column, parse_flag, "True or False").unwrap_or_default()
    }

    /// A value, if there is one.
    pub(super) fn parsed<T, E: Display>(
        &mut self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let raw = self.raw(column).trim();
        if raw.is_empty() {
            return None;
        }
        match parse(raw) {
            Ok(value) => Some(value),
            Err(error) => {
                self.error(column, format!("{} {error}", quote(raw)));
                None
            }
        }
    }

    /// Like [`Self::parsed`], and must not be empty.
    pub(super) fn required_parsed<T, E: Display>(
        &mut self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if self.raw(column).trim().is_empty() {
            self.error(column, "is empty");
        }
        self.parsed(column, parse)
    }

    /// One of the words that are known.
    pub(super) fn known<T>(
        &mut self,
        column: &str,
        parse: impl FnOnce(&str) -> Option<T>,
        expected: &str,
    ) -> Option<T> {
        let raw = self.raw(column);
        let value = parse(raw);
        if value.is_none() {
            self.error(column, format!("{} is not known here; expected {expected}", quote(raw)));
        }
        value
    }
}
