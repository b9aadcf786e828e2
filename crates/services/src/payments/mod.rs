//! Payments: what was paid, for what, and by which means.

mod provider;

pub use provider::{
    CardProvider, ChargeState, EnteredCard, MadeRefund, NewCharge, NewCustomer, NewRefund, ProviderError,
    Reply, Setup,
};
