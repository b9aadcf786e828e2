//! Bank statements: what came in is found by its reference, and booked once.

mod book_statement;
mod find;
mod read;

pub use book_statement::{book_by_hand, book_statement};
