//! Patterns for texts, whatever signs are in what is looked for.

use sea_orm::sea_query::LikeExpr;

/// Texts that contain a word.
pub(crate) fn containing(word: &str) -> LikeExpr {
    LikeExpr::new(format!("%{}%", escaped(word))).escape('\\')
}

/// Texts that start with a prefix.
pub(crate) fn starting_with(prefix: &str) -> LikeExpr {
    LikeExpr::new(format!("{}%", escaped(prefix))).escape('\\')
}

/// PostgreSQL takes no NUL, and no text has one.
fn escaped(text: &str) -> String {
    text.replace('\0', "").replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
