//! How documents are searched: by the database's index, or along the list.
//!
//! PostgreSQL chooses by itself. SQLite does not know how rare a text is, so that the statement before the list's
//! counts what its index finds, to a limit: few are taken from the index, and where there are many, reading along
//! the list soon fills a page.

use entities::{document, document_search};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::search_text;
use crate::contacts::containing;

/// Up to so many that the index finds, it is used.
pub(super) const FEW: i64 = 2_000;
/// Letters of the index's entries.
const LETTERS: usize = 3;
/// Entries that are looked up of a word; what they leave is compared anyway.
const MOST_ENTRIES: usize = 16;

/// The words of a search and what the index is asked for.
pub(super) struct SearchPlan {
    words: Vec<String>,
    entries: Option<String>,
}

impl SearchPlan {
    /// The plan for a search; none for one without words.
    pub(super) fn of(search: &str) -> Option<Self> {
        let words = search_text::words(search);
        let mut entries: Vec<String> = words.iter().flat_map(|word| entries(word)).collect();
        entries.sort_unstable();
        entries.dedup();
        let entries = (!entries.is_empty()).then(|| entries.join(" AND "));
        (!words.is_empty()).then_some(Self { words, entries })
    }

    /// How many documents SQLite's index finds, [`FEW`] and one more at most; nothing where it cannot help.
    pub(super) fn count(&self) -> Option<SelectStatement> {
        let mut some = self.indexed()?;
        some.limit(u64::try_from(FEW).unwrap_or_default() + 1);
        Some(Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(some, "some").take())
    }

    fn indexed(&self) -> Option<SelectStatement> {
        let entries = self.entries.clone()?;
        let found = Query::select()
            .expr(Expr::cust("rowid"))
            .from("document_search_index")
            .and_where(Expr::cust_with_values("document_search_index MATCH ?", [entries]))
            .take();
        Some(found)
    }

    /// The condition for documents with all the words; `is_rare`, when SQLite's index is to find them.
    pub(super) fn condition(&self, is_rare: bool) -> Expr {
        let mut texts = Query::select().from(document_search::Entity).take();
        for word in &self.words {
            let text = Expr::col((document_search::Entity, document_search::Column::Text));
            texts.and_where(text.like(containing(word)));
        }
        let document = Expr::col((document::Entity, document::Column::Id));
        let theirs = (document_search::Entity, document_search::Column::DocumentId);
        match self.indexed().filter(|_| is_rare) {
            Some(found) => {
                let key = Expr::col((document_search::Entity, document_search::Column::Id));
                texts.column(theirs).and_where(key.in_subquery(found));
                document.in_subquery(texts)
            }
            None => {
                texts.expr(Expr::cust("1")).and_where(Expr::col(theirs).eq(document));
                Expr::exists(texts)
            }
        }
    }
}

/// A word's entries in the index, quoted; none for a word that is shorter than one.
fn entries(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters
        .windows(LETTERS)
        .take(MOST_ENTRIES)
        .map(|entry| format!("\"{}\"", entry.iter().collect::<String>().replace('"', "\"\"")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_entries_of_three_letters() {
        assert_eq!(entries("desk"), ["\"des\"", "\"esk\""]);
        assert_eq!(entries("a\"bü"), ["\"a\"\"b\"", "\"\"\"bü\""]);
        assert!(entries("de").is_empty());
        assert!(SearchPlan::of("  ").is_none());
        assert!(SearchPlan::of("de").is_some_and(|plan| plan.count().is_none()));
    }
}
