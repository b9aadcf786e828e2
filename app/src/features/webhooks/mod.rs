//! Webhooks: addresses of other programs that are told what happens here.

mod deliveries;
mod list;
mod page;

pub use page::{FreshWebhook, WebhooksPage};

/// The page's address.
const PAGE: &str = "/staff/settings/webhooks";
