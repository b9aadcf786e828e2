//! CSV as RFC 4180 has it, with a separator of one's choice, and nothing else.
//!
//! The `csv` crate finds some reading for every text: after a stray quote it would import half a file as one
//! cell. An import refuses such a file instead, and says for each row on which line of the file it starts,
//! also after cells of several lines, blank lines and line ends of either kind.

use std::borrow::Cow;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CsvRow<'a> {
    /// The line of the file on which it starts; the first is 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<Cow<'a, str>>,
}

/// A quote that is not where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum QuotingError {
    #[error("the quote that opens on line {0} is never closed")]
    Unclosed(u64),
    #[error("line {0} has a quote in the middle of a cell")]
    Stray(u64),
}

/// Every row of a text that is not blank, its cells separated by commas.
pub(super) fn read_rows(text: &str) -> Result<Vec<CsvRow<'_>>, QuotingError> {
    read_separated_rows(text, ',')
}

/// Every row of a text that is not blank.
pub(crate) fn read_separated_rows(text: &str, separator: char) -> Result<Vec<CsvRow<'_>>, QuotingError> {
    let mut reader = Reader { rest: text, line: 1, separator };
    let mut rows = Vec::new();
    while let Some(row) = reader.row()? {
        rows.push(row);
    }
    Ok(rows)
}

struct Reader<'a> {
    rest: &'a str,
    line: u64,
    separator: char,
}

impl<'a> Reader<'a> {
    fn row(&mut self) -> Result<Option<CsvRow<'a>>, QuotingError> {
        while self.eat_line_end() {}
        if self.rest.is_empty() {
            return Ok(None);
        }
        let line = self.line;
        let mut cells = vec![self.cell()?];
        while self.eat(self.separator) {
            cells.push(self.cell()?);
        }
        self.eat_line_end();
        Ok(Some(CsvRow { line, cells }))
    }

    fn cell(&mut self) -> Result<Cow<'a, str>, QuotingError> {
        if self.eat('"') {
            return self.quoted();
        }
        let end = self.rest.find([self.separator, '\n', '\r', '"']).unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        if rest.starts_with('"') { Err(QuotingError::Stray(self.line)) } else { Ok(Cow::Borrowed(cell)) }
    }

    fn quoted(&mut self) -> Result<Cow<'a, str>, QuotingError> {
        let opened_on = self.line;
        let mut cell = Cow::Borrowed("");
        loop {
            let (piece, rest) = self.rest.split_once('"').ok_or(QuotingError::Unclosed(opened_on))?;
            self.rest = rest;
            self.line += u64::try_from(piece.matches('\n').count()).unwrap_or(u64::MAX);
            cell += piece;
            if !self.eat('"') {
                break;
            }
            cell += "\"";
        }
        if self.rest.is_empty() || self.rest.starts_with([self.separator, '\n', '\r']) {
            Ok(cell)
        } else {
            Err(QuotingError::Stray(self.line))
        }
    }

    fn eat_both(&mut self) -> bool {
        let after = self.rest.strip_prefix("\r\n");
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn eat(&mut self, token: char) -> bool {
        let after = self.rest.strip_prefix(token);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn eat_line_end(&mut self) -> bool {
        let eaten = self.eat_both() || self.eat('\n') || self.eat('\r');
        self.line += u64::from(eaten);
        eaten
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let rows = read_rows(text).expect("well quoted");
        rows.into_iter().map(|row| (row.line, row.cells.into_iter().map(Cow::into_owned).collect())).collect()
    }

    fn cells(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn knows_the_line_on_which_a_row_starts() {
        let text = "a,b\r\n1,\"x\r\n\"\"y\"\"\"\r\n\r\n2,\n\n3,z";
        let expected = [
            (1, cells(&["a", "b"])),
            (2, cells(&["1", "x\r\n\"y\""])),
            (5, cells(&["2", ""])),
            (7, cells(&["3", "z"])),
        ];
        assert_eq!(rows(text), expected);
        assert_eq!(rows("\n\n"), []);
        assert_eq!(rows(",\n"), [(1, cells(&["", ""]))]);
        assert_eq!(rows("\"\""), [(1, cells(&[""]))]);
    }

    #[test]
    fn refuses_ragged_quoting_and_says_where() {
        for (text, error) in [
            ("a,b\n\"1,2\n3,4\n", QuotingError::Unclosed(2)),
            ("a,b\n1,2\n3\"x,4", QuotingError::Stray(3)),
            ("\"a\"x,b", QuotingError::Stray(1)),
            ("\"a\nb\"c", QuotingError::Stray(2)),
            ("\"", QuotingError::Unclosed(1)),
        ] {
            assert_eq!(read_rows(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_another_program_writes(
            table in proptest::collection::vec(proptest::collection::vec("[a-c,\"\n\r é]{0,6}", 2), 1..8),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).expect("writes");
            }
            let text = String::from_utf8(writer.into_inner().expect("flushes")).expect("UTF-8");
            let read: Vec<Vec<String>> = rows(&text).into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(read, table);
        }

        #[test]
        fn no_text_brings_it_down(text in "[a,\"\n\r]{0,40}") {
            let _ = read_rows(&text);
        }
    }
}
