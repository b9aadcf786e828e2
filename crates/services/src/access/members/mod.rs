//! Colleagues manage each other: who may what is the permission group's, and nobody gives more than they have.

mod edit_member;
mod invite_member;
mod list_members;
mod remove_member;
mod rules;

pub use edit_member::edit_member;
pub use invite_member::invite_member;
pub use list_members::list_members;
pub use remove_member::remove_member;
pub(in crate::access) use rules::{manages, somebody_manages, within};
