//! What customers and staff write to each other on a document.

mod list_messages;
mod list_staff_messages;
mod post_message;
mod post_staff_message;
mod stored;

pub use list_messages::list_messages;
pub use list_staff_messages::list_staff_messages;
pub use post_message::post_message;
pub use post_staff_message::post_staff_message;
