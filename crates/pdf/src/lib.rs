//! Paper: a template and a document in, the bytes of a PDF out.
//!
//! The one crate that knows typst, and only the server depends on it. Nothing here reaches the network, and no file
//! is read but those below the folder of templates.

mod desk;
mod error;
mod fonts;
mod original;
mod press;
mod sheet;
mod templates;

pub use error::PrintError;
pub use original::page_count;
pub use press::{Press, Printed};
pub use sheet::{Attachment, Sheet};
