//! Files that documents carry: kept outside of the database, and named by what is in them.
//!
//! Whose a file is and who may read it is said by the rows that name it, and decided by the use cases that read those:
//! nothing here asks who wants to know.

mod content_hash;
mod store;

pub use content_hash::ContentHash;
pub use store::{Files, OpenFile};
