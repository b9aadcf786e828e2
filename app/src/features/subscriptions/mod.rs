//! Managing a subscription.

mod manage_page;

pub use manage_page::SubscriptionManagePage;
