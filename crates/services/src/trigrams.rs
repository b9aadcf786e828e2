//! SQLite's index of every three letters in a row, by which parts of words are found.
//!
//! PostgreSQL, with an index of the same kind, chooses by itself when to use it. SQLite does not know how rare a text is, so that
//! what the index finds is counted first, to a limit: few are taken from the index, and where there are many, reading
//! along a list soon fills a page.

use sea_orm::sea_query::{Expr, Query, SelectStatement};

/// Up to so many that the index finds, it is used.
pub(crate) const FEW: i64 = 2_000;
/// Letters of the index's entries.
const LETTERS: usize = 3;
/// Entries that are looked up of a word; what they leave is compared anyway.
const MOST_ENTRIES: usize = 16;

/// What an index is asked for.
pub(crate) struct Trigrams {
    index: &'static str,
    entries: String,
}

impl Trigrams {
    /// What texts with all the words are found by, in the virtual table `index`; nothing where all words are shorter
    /// than an entry.
    pub fn of(index: &'static str, words: &[String]) -> Option<Self> {
        let mut entries: Vec<String> = words.iter().flat_map(|word| entries(word)).collect();
        entries.sort_unstable();
        entries.dedup();
        (!entries.is_empty()).then(|| Self { index, entries: entries.join(" AND ") })
    }

    /// The keys of the rows that the index finds.
    pub fn rows(&self) -> SelectStatement {
        let matches = Expr::cust_with_values(format!("{} MATCH ?", self.index), [self.entries.clone()]);
        Query::select().expr(Expr::cust("rowid")).from(self.index).and_where(matches).take()
    }

    /// How many those are, [`FEW`] and one more at most.
    pub fn count(&self) -> SelectStatement {
        self.some("COUNT(*)")
    }

    /// The same, and the greatest of their keys, which says how densely they lie: keys come in their order.
    pub fn spread(&self) -> SelectStatement {
        self.some("COUNT(*), COALESCE(MAX(rowid), 0)")
    }

    fn some(&self, what: &'static str) -> SelectStatement {
        let some = self.rows().limit(u64::try_from(FEW).unwrap_or_default() + 1).take();
        Query::select().expr(Expr::cust(what)).from_subquery(some, "some").take()
    }
}

/// A word's entries in the index, quoted; none for a word that is shorter than one.
fn entries(word: &str) -> Vec<String> {
    // No text has a NUL, and neither database takes one.
    let letters: Vec<char> = word.chars().filter(|c| *c != '\0').collect();
    let windows: Vec<&[char]> = letters.windows(LETTERS).collect();
    // Side by side and the last: what overlaps them says little more, and each is a list to be read.
    let last = windows.len().checked_sub(1).filter(|last| last % LETTERS != 0);
    let chosen =
        windows.iter().step_by(LETTERS).take(MOST_ENTRIES).chain(last.and_then(|last| windows.get(last)));
    chosen.map(|entry| format!("\"{}\"", entry.iter().collect::<String>().replace('"', "\"\""))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_entries_of_three_letters() {
        assert_eq!(entries("desk"), ["\"des\"", "\"esk\""]);
        assert_eq!(entries("invoice"), ["\"inv\"", "\"oic\"", "\"ice\""]);
        assert_eq!(entries("abcdef"), ["\"abc\"", "\"def\""]);
        assert_eq!(entries("a\"bü"), ["\"a\"\"b\"", "\"\"\"bü\""]);
        assert!(entries("de").is_empty());
        assert!(Trigrams::of("some", &["de".to_owned(), "k".to_owned()]).is_none());
    }
}
