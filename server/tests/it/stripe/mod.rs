//! Payments by card through Stripe: against its stand-in, and against answers of its documentation.

mod process;
mod script;
mod wire;
