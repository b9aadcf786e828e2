//! Countries: what an address has there and in which order, and what a VAT number looks like.

mod country;
mod postal_address;
mod vat;

pub(crate) use country::{Country, Part};
pub(crate) use postal_address::PostalAddress;
pub(crate) use vat::check_vat;
