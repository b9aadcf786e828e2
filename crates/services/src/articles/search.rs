//! Finding articles by words.

use domain::articles::ArticleForm;
use entities::article;
use sea_orm::{
    QueryFilter, QueryOrder, Select,
    sea_query::{Expr, ExprTrait},
};

use crate::like::containing;

/// Words that a search looks for.
const WORDS: usize = 8;

/// Whatever of an article is searched.
pub(super) fn text_of(form: &ArticleForm) -> String {
    format!("{}\n{}\n{}\n{}", form.title, form.category(), form.summary, form.body).to_lowercase()
}

/// Leaves those with all words.
pub(super) fn having(mut query: Select<article::Entity>, words: &str) -> Select<article::Entity> {
    for word in words.split_whitespace().take(WORDS) {
        let has =
            Expr::col((article::Entity, article::Column::Search)).like(containing(&word.to_lowercase()));
        query = query.filter(has);
    }
    query
}

/// In the order of reading: category by category.
pub(super) fn in_order(query: Select<article::Entity>) -> Select<article::Entity> {
    query
        .order_by_asc(article::Column::Category)
        .order_by_asc(article::Column::Place)
        .order_by_asc(article::Column::Title)
        .order_by_asc(article::Column::Id)
}
