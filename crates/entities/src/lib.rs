//! The tables as SeaORM entities, one file each. Columns hold plain values; `services` turns them into
//! `domain` types.

pub mod address;
pub mod audit_event;
pub mod contact;
pub mod device;
pub mod document;
pub mod document_counter;
pub mod document_line;
pub mod group;
pub mod group_permission;
pub mod import_run;
pub mod logo;
pub mod mail_choice;
pub mod mail_outbox;
pub mod membership;
pub mod passkey;
pub mod passkey_ceremony;
pub mod recovery_code;
pub mod reset_request;
pub mod session;
pub mod setting;
pub mod sign_in_throttle;
pub mod token;
pub mod totp;
pub mod user;
