//! How documents are searched: by the database's index, or along the list.

use entities::{document, document_search};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::search_text;
use crate::{like::containing, trigrams::Trigrams};

/// The words of a search and what the index is asked for.
pub(super) struct SearchPlan {
    words: Vec<String>,
    trigrams: Option<Trigrams>,
}

impl SearchPlan {
    /// The plan for a search; none for one without words.
    pub(super) fn of(search: &str) -> Option<Self> {
        let words = search_text::words(search);
        let trigrams = Trigrams::of("document_search_index", &words);
        (!words.is_empty()).then_some(Self { words, trigrams })
    }

    /// Counts what SQLite's index finds, to a limit; nothing where it cannot help.
    pub(super) fn count(&self) -> Option<SelectStatement> {
        self.trigrams.as_ref().map(Trigrams::count)
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
        match self.trigrams.as_ref().filter(|_| is_rare) {
            Some(trigrams) => {
                let key = Expr::col((document_search::Entity, document_search::Column::Id));
                texts.column(theirs).and_where(key.in_subquery(trigrams.rows()));
                document.in_subquery(texts)
            }
            None => {
                texts.expr(Expr::cust("1")).and_where(Expr::col(theirs).eq(document));
                Expr::exists(texts)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_words_there_is_no_plan_and_without_long_ones_no_count() {
        assert!(SearchPlan::of("  ").is_none());
        assert!(SearchPlan::of("de").is_some_and(|plan| plan.count().is_none()));
    }
}
