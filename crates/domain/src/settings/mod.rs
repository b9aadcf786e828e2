//! What staff set for the whole installation.

mod accent;
mod general;
mod template;

pub use accent::{Accent, AccentError, DEFAULT_ACCENT};
pub use general::{GeneralForm, GeneralPage};
pub use template::{MailTemplatePage, Piece, PlaceholderHelp, Template, TemplateError, TemplateForm};
