//! Settings of the business that staff change while Portico runs.

mod currencies;
mod get_general;
mod get_logo;
mod get_mail_template;
mod picture;
mod preview_mail_template;
mod save_general;
mod save_logo;
mod save_mail_template;
mod seed_groups;
mod snapshot;
mod store;
pub(crate) mod zone;

pub use get_general::get_general;
pub use get_logo::get_logo;
pub use get_mail_template::get_mail_template;
pub use preview_mail_template::preview_mail_template;
pub use save_general::save_general;
pub use save_logo::{MAX_LOGO, remove_logo, save_logo};
pub use save_mail_template::{reset_mail_template, save_mail_template};
pub use seed_groups::seed_groups;
pub use snapshot::{Logo, Settings, refresh};

pub(crate) use snapshot::SettingsCache;
