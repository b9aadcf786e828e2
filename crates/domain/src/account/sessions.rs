//! Where somebody is logged in.

use serde::{Deserialize, Serialize};

use crate::ids::{DeviceId, SessionId};

/// Where somebody is logged in, and the devices that they trust.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionList {
    /// Their sessions: the one at hand first, then those used last.
    pub sessions: Vec<OwnSession>,
    /// The devices on which no code is asked for.
    pub devices: Vec<TrustedDevice>,
    /// When a session ends by itself, in words.
    pub limits: String,
}

/// A browser in which somebody is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSession {
    /// A key to end it by; it opens nothing.
    pub id: SessionId,
    /// The browser.
    pub browser: String,
    /// The system.
    pub system: String,
    /// The network address that logged in.
    pub address: String,
    /// Since when, in the business's time.
    pub since: String,
    /// When it was last used, to the minute.
    pub last_seen: String,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// A device on which somebody is not asked for a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedDevice {
    /// Its key.
    pub id: DeviceId,
    /// Its browser and system.
    pub name: String,
    /// Since when it is trusted, in the business's time.
    pub since: String,
    /// Until when.
    pub until: String,
    /// Whether it is the one at hand.
    pub is_current: bool,
}
