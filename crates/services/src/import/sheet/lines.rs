//! CSV whose rows stay on their lines, so that notes point into the file as it was.

/// The text so far.
#[derive(Debug)]
pub(super) struct Lines {
    text: String,
    line: u64,
}

impl Default for Lines {
    fn default() -> Self {
        Self { text: String::new(), line: 1 }
    }
}

impl Lines {
    /// Writes a row onto its line; lines between stay empty.
    pub(super) fn row<'c>(&mut self, line: u64, cells: impl Iterator<Item = &'c str>) {
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

    /// What was written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}
