//! Subscriptions: what customers may do to theirs.

mod change_subscription;
mod get_subscription;

pub use change_subscription::change_subscription;
pub use get_subscription::get_subscription;

use domain::{access::Permission, subscriptions::SubscriptionAction};

/// What an action takes.
fn needed(action: SubscriptionAction) -> Permission {
    match action {
        SubscriptionAction::Pause | SubscriptionAction::Resume => Permission::SubscriptionsChange,
        SubscriptionAction::Cancel => Permission::SubscriptionsCancel,
    }
}
