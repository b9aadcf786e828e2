//! Who may see what: granting portal access, portal users, members, and the choice of a company.

pub mod api;
mod bulk_page;
mod bulk_results;
mod bulk_run;
#[cfg(feature = "ssr")]
mod companies_page;
mod dialog_state;
mod grant_dialog;
mod grant_row;
#[cfg(feature = "ssr")]
mod members_page;
mod new_portal_user_page;
mod portal_user_fields;
#[cfg(feature = "ssr")]
mod portal_user_page;
mod portal_user_panel;
mod portal_users_panel;

pub use bulk_page::{BulkAccessPage, BulkReply};
#[cfg(feature = "ssr")]
pub use companies_page::CompaniesPage;
pub use grant_dialog::GrantDialog;
#[cfg(feature = "ssr")]
pub use members_page::MembersPage;
pub use new_portal_user_page::NewPortalUserPage;
#[cfg(feature = "ssr")]
pub use portal_user_page::PortalUserPage;

pub(crate) use portal_user_panel::PersonAccessPanel;
pub(crate) use portal_users_panel::{AccessNotice, PortalUsersPanel};
