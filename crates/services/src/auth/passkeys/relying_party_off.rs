//! In place of `relying_party.rs` in a server that is built without the feature `passkeys`: there never is one.
#![allow(dead_code, reason = "nothing is ever asked or checked")]

use serde_json::Value;
use uuid::Uuid;

use crate::{PorticoConfig, ServiceResult};

/// Nothing.
#[derive(Debug)]
pub(super) enum RelyingParty {}

/// See `relying_party.rs`.
#[derive(Debug)]
pub(super) struct Asked {
    pub options: Value,
    pub state: String,
}

/// See `relying_party.rs`.
#[derive(Debug)]
pub(super) struct NewKey {
    pub credential_id: String,
    pub credential: String,
}

/// See `relying_party.rs`.
#[derive(Debug)]
pub(super) struct Claim {
    pub user: Uuid,
    pub credential_id: String,
}

/// See `relying_party.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NotVerified,
    NotKept,
    Wrong,
}

impl RelyingParty {
    pub(super) fn of(_config: &PorticoConfig) -> Option<Self> {
        None
    }

    pub(super) fn begin_registration(
        &self,
        _whom: (Uuid, &str, &str),
        _known: &[String],
    ) -> ServiceResult<Asked> {
        match *self {}
    }

    pub(super) fn finish_registration(
        &self,
        _state: &str,
        _answer: &str,
    ) -> ServiceResult<Result<NewKey, Fault>> {
        match *self {}
    }

    pub(super) fn begin_sign_in(&self) -> ServiceResult<Asked> {
        match *self {}
    }

    pub(super) fn claim(_answer: &str) -> Option<Claim> {
        None
    }

    pub(super) fn finish_sign_in(
        &self,
        _state: &str,
        _answer: &str,
        _credential: &str,
    ) -> ServiceResult<Result<String, Fault>> {
        match *self {}
    }
}
