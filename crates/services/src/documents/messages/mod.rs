//! What customers and staff write to each other on a document, with what they send along, and who is told of it.

mod attachments;
mod export_messages;
mod follow;
mod get_attachment;
mod parts;
mod post_message;
mod post_staff_message;
mod tell;
mod write;

pub(super) use attachments::keep;
pub use attachments::{KINDS_OF_FILES, Upload};
pub(crate) use export_messages::{ExportedFile, export_messages};
pub(crate) use follow::begin_to_follow;
pub use follow::{follow_document, follow_staff_document};
pub use get_attachment::{AttachedFile, get_attachment, get_staff_attachment};
pub(super) use parts::{Found, Reader, conversation, follow_part, message_part};
pub use post_message::{may_post_message, post_message};
pub use post_staff_message::{may_post_staff_message, post_staff_message};
pub(crate) use tell::{Audience, Said, audience, tell_followers};
pub(crate) use write::{Author, By, plain_text};
pub(super) use write::{checked, write, write_files};
