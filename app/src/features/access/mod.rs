//! Granting portal access.

pub mod api;
mod dialog_state;
mod grant_dialog;
mod grant_row;

pub use grant_dialog::GrantDialog;
