//! Changing the portal access of many contacts at once.

use serde::{Deserialize, Serialize};

use super::{GrantRow, GroupChoice, RowChange};
use crate::{
    contacts::ContactFilter,
    ids::{ContactId, GroupId},
};

/// Contacts that one change is for at most.
pub const MOST_IN_BULK: usize = 2_000;

/// Whose access changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BulkTargets {
    /// The ticked contacts.
    These(Vec<ContactId>),
    /// Every contact that a list's filter finds.
    Matching(ContactFilter),
}

/// What is to be done with all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkChange {
    /// What to do.
    pub change: RowChange,
    /// The permission group to grant or to change to; none for the one that fits each contact.
    pub group: Option<GroupId>,
    /// Added to the invitations.
    pub message: String,
}

/// What the bulk page begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkPage {
    /// The contacts, by name.
    pub rows: Vec<GrantRow>,
    /// The permission groups to choose from.
    pub groups: Vec<GroupChoice>,
    /// Whether there are more contacts than one change may be for.
    pub is_too_many: bool,
}

/// What became of a contact, or would.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BulkResult {
    /// It changes.
    Changed,
    /// It is so already.
    Unchanged,
    /// It cannot be done; the text says why.
    Refused,
}

/// What became of each contact, or would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkRow {
    /// The contact.
    pub contact: ContactId,
    /// Its name.
    pub name: String,
    /// What became of it.
    pub result: BulkResult,
    /// In a sentence.
    pub text: String,
}

impl RowChange {
    /// The changes that can be made to many at once.
    pub const IN_BULK: [Self; 4] = [Self::Grant, Self::Reinvite, Self::Regroup, Self::Revoke];

    /// The word in a form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Reinvite => "reinvite",
            Self::Revoke => "revoke",
            Self::UndoRevoke => "undo_revoke",
            Self::Regroup => "regroup",
        }
    }

    /// The change of a word in a form, if it can be made to many at once.
    pub fn parse_bulk(code: &str) -> Option<Self> {
        Self::IN_BULK.into_iter().find(|change| change.code() == code)
    }
}
