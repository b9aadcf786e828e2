//! Pages of long lists, by key and never by offset.

use serde::{Deserialize, Serialize};

/// How many rows a page of a list shows.
pub const PAGE_SIZE: u64 = 50;

/// Which page of a list is asked for. Cursors are opaque texts that a [`Page`] handed out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageRequest {
    /// Rows after this cursor.
    pub after: Option<String>,
    /// Rows before this cursor; ignored when `after` is given.
    pub before: Option<String>,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, in the list's order.
    pub items: Vec<T>,
    /// Cursor for the page before this one, if there is one.
    pub previous: Option<String>,
    /// Cursor for the page after this one, if there is one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The same page with each row turned into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(turn).collect(), previous: self.previous, next: self.next }
    }
}
