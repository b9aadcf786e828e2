//! Granting portal access.

pub mod api;
mod grant_dialog;
mod grant_state;

pub use grant_dialog::GrantDialog;
