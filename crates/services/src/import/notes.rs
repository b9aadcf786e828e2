//! What is said about rows, and how many there were of each kind.

use std::{collections::BTreeMap, sync::Arc};

use domain::import::{ImportReport, KindCount, RowNote, Severity};

use super::file_kind::FileKind;

/// Longest value that a note repeats, in characters.
const LONGEST_VALUE: usize = 80;

/// Where a record comes from.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The file's name.
    pub file: Arc<str>,
    /// The line on which it starts.
    pub line: u64,
}

impl Place {
    /// A reason to leave the record out.
    pub(super) fn error(&self, column: Option<&str>, reason: impl Into<String>) -> RowNote {
        self.note(Severity::Error, column, reason.into())
    }

    /// Something odd about a record that is kept.
    pub(super) fn warning(&self, column: Option<&str>, reason: impl Into<String>) -> RowNote {
        self.note(Severity::Warning, column, reason.into())
    }

    fn note(&self, severity: Severity, column: Option<&str>, reason: String) -> RowNote {
        RowNote {
            severity,
            file: self.file.to_string(),
            line: self.line,
            column: column.map(ToOwned::to_owned),
            reason,
        }
    }
}

/// A value as a note quotes it.
pub(super) fn quote(value: &str) -> String {
    let value = value.trim();
    match value.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("“{}…”", value.get(..end).unwrap_or_default()),
        None => format!("“{value}”"),
    }
}

/// Counts and notes, while an import goes on.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counts: BTreeMap<FileKind, KindCount>,
    notes: Vec<RowNote>,
    files: Vec<Arc<str>>,
}

impl Tally {
    /// A file is read next; its notes come after those of the files before.
    pub(super) fn open(&mut self, kind: FileKind, file: &Arc<str>) {
        self.of(kind);
        self.files.push(Arc::clone(file));
    }

    /// The counts of a kind.
    pub(super) fn of(&mut self, kind: FileKind) -> &mut KindCount {
        self.counts
            .entry(kind)
            .or_insert_with(|| KindCount { name: kind.stem().to_owned(), ..KindCount::default() })
    }

    /// Adds what is said about rows.
    pub(super) fn say(&mut self, notes: impl IntoIterator<Item = RowNote>) {
        self.notes.extend(notes);
    }

    /// A record of a kind is left out, for these reasons.
    pub(super) fn fail(&mut self, kind: FileKind, reasons: impl IntoIterator<Item = RowNote>) {
        self.of(kind).failed += 1;
        self.say(reasons);
    }

    /// Records that were read.
    pub(super) fn read(&self) -> u32 {
        self.counts.values().map(|count| count.read).sum()
    }

    /// The report, its notes in the order of files and lines.
    pub(super) fn into_report(mut self, dry_run: bool) -> ImportReport {
        let position = |file: &str| self.files.iter().position(|known| &**known == file);
        self.notes.sort_by_cached_key(|note| (position(&note.file), note.line));
        ImportReport { dry_run, counts: self.counts.into_values().collect(), notes: self.notes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_between_characters() {
        assert_eq!(quote(" abc "), "“abc”");
        assert_eq!(quote(&"é".repeat(81)), format!("“{}…”", "é".repeat(80)));
    }
}
