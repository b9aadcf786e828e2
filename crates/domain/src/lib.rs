//! The pure rules and types of Portico, shared by the server and the browser.
//!
//! Nothing here does I/O, and all of it compiles to WebAssembly. Text from outside is parsed into
//! these types once, at the border, and is trusted afterwards.

pub mod access;
pub mod account;
pub mod addresses;
pub mod api;
pub mod articles;
pub mod audit;
pub mod auth;
pub mod contacts;
pub mod date;
pub mod details;
pub mod documents;
pub mod email;
pub mod fields;
pub mod form;
pub mod ids;
pub mod import;
pub mod instant;
pub mod links;
pub mod mail;
pub mod money;
pub mod page;
pub mod passkeys;
pub mod payments;
pub mod settings;
pub mod subscriptions;
pub mod typed_number;
pub mod users;
pub mod view_as;
pub mod wallet;
pub mod webhooks;

pub use email::{Email, Login, LoginError};
pub use fields::FieldErrors;
pub use instant::Instant;
pub use money::{Currency, Money};
pub use page::{Page, PageRequest};
