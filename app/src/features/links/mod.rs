//! Secure links of customers: their page, and the section on a customer's page.

mod link_page;
mod notice;
mod secure_link_panel;

pub use link_page::{LinkContext, LinkPage, Occupied};
pub(crate) use notice::ContactNotice;
pub(crate) use secure_link_panel::SecureLinkPanel;
