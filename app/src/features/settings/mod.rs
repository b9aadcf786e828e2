//! What is set for the whole installation.

pub mod api;
mod general_fields;
mod general_page;
mod logo_panel;
mod mail_template_form;
mod mail_template_page;

pub use general_page::GeneralSettingsPage;
pub use mail_template_page::MailTemplatePage;
