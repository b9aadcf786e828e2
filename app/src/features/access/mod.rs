//! Who may see what: granting portal access, portal users, members, and the choice of a company.

pub mod api;
mod bulk_page;
mod bulk_results;
mod bulk_run;
mod companies_page;
mod dialog_state;
mod grant_dialog;
mod grant_row;
mod members_page;
mod portal_user_fields;
mod portal_user_page;
mod portal_user_panel;
mod portal_users_panel;

pub use bulk_page::{BulkAccessPage, BulkReply};
pub use companies_page::CompaniesPage;
pub use grant_dialog::GrantDialog;
pub use members_page::MembersPage;
pub use portal_user_page::{NewPortalUserPage, PortalUserPage};

pub(crate) use portal_user_panel::PersonAccessPanel;
pub(crate) use portal_users_panel::{AccessNotice, PortalUsersPanel};
