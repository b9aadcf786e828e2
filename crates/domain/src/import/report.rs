//! What an import did, or would do.

use serde::{Deserialize, Serialize};

use crate::{Instant, ids::ImportRunId};

/// Counts for one kind of record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindCount {
    /// What was read, in plain words: `contacts`, `invoices`.
    pub name: String,
    /// Records in the file.
    pub read: u32,
    /// Records that were new.
    pub created: u32,
    /// Records that differed from before.
    pub changed: u32,
    /// Records that were as before.
    pub unchanged: u32,
    /// Records that were left out, each with an error.
    pub failed: u32,
}

/// Whether a row was left out or kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Severity {
    /// The row was left out.
    Error,
    /// The row was kept as it is.
    Warning,
}

/// Something odd about one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowNote {
    /// Whether the row was left out.
    pub severity: Severity,
    /// The file's name.
    pub file: String,
    /// The line on which the record starts; the header is line 1.
    pub line: u64,
    /// The column's header, where one is to blame.
    pub column: Option<String>,
    /// The reason, with the value.
    pub reason: String,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Counts, in the order of import.
    pub counts: Vec<KindCount>,
    /// Errors and warnings, in the order of import.
    pub notes: Vec<RowNote>,
}

impl ImportReport {
    /// Sum over all kinds of one count.
    pub fn total(&self, count: impl Fn(&KindCount) -> u32) -> u32 {
        self.counts.iter().map(count).sum()
    }

    /// How many notes are of a severity.
    pub fn notes_of(&self, severity: Severity) -> usize {
        self.notes.iter().filter(|note| note.severity == severity).count()
    }
}

/// How far a running import is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportStatus {
    /// Records done of all.
    Running {
        /// Records done.
        done: u32,
        /// Records in all files.
        of: u32,
    },
    /// It ended, with this report.
    Finished(ImportReport),
    /// It stopped and changed nothing; the text says why.
    Failed(String),
}

/// A run in the list of imports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRun {
    /// The run.
    pub id: ImportRunId,
    /// Whether nothing was to be written.
    pub dry_run: bool,
    /// Who started it.
    pub started_by: String,
    /// When.
    pub started_at: Instant,
    /// How it went.
    pub summary: ImportSummary,
}

/// How a run went, without its notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportSummary {
    /// It is still running.
    Running {
        /// Records done.
        done: u32,
        /// Records in all files.
        of: u32,
    },
    /// It ended.
    Finished {
        /// Records that were new.
        created: u32,
        /// Records that differed from before.
        changed: u32,
        /// Records that were as before.
        unchanged: u32,
        /// Records that were left out.
        failed: u32,
    },
    /// It stopped and changed nothing; the text says why.
    Failed(String),
}
