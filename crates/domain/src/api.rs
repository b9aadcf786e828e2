//! Keys of other programs, and what they may do.

use serde::{Deserialize, Serialize};

use crate::ids::ApiKeyId;

/// Something that a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ApiScope {
    /// Read contacts.
    ContactsRead,
    /// Create and change contacts.
    ContactsWrite,
    /// Read documents.
    DocumentsRead,
    /// Create and change documents.
    DocumentsWrite,
    /// Read documents' PDFs.
    FilesRead,
    /// Upload documents' PDFs.
    FilesWrite,
}

impl ApiScope {
    /// Every scope.
    pub const ALL: [Self; 6] = [
        Self::ContactsRead,
        Self::ContactsWrite,
        Self::DocumentsRead,
        Self::DocumentsWrite,
        Self::FilesRead,
        Self::FilesWrite,
    ];

    /// The word in the database and in answers.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ContactsRead => "contacts:read",
            Self::ContactsWrite => "contacts:write",
            Self::DocumentsRead => "documents:read",
            Self::DocumentsWrite => "documents:write",
            Self::FilesRead => "files:read",
            Self::FilesWrite => "files:write",
        }
    }

    /// The scope of a word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// The words on screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ContactsRead => "Read contacts",
            Self::ContactsWrite => "Create and change contacts",
            Self::DocumentsRead => "Read documents",
            Self::DocumentsWrite => "Create and change documents",
            Self::FilesRead => "Read PDFs of documents",
            Self::FilesWrite => "Upload PDFs of documents",
        }
    }
}

/// Longest name of a key.
pub const MAX_NAME: usize = 80;

/// A new key as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyForm {
    /// What people call it.
    pub name: String,
    /// Codes of scopes.
    pub scopes: Vec<String>,
    /// The last day on which it works; empty for no end.
    pub until: String,
}

/// Whether a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiKeyState {
    /// It works.
    Active,
    /// Its time is over.
    Expired,
    /// Somebody revoked it.
    Revoked,
}

/// A key as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyRow {
    /// Key.
    pub id: ApiKeyId,
    /// What people call it.
    pub name: String,
    /// How its secret begins.
    pub hint: String,
    /// What it may do.
    pub scopes: Vec<ApiScope>,
    /// Who made it, and when.
    pub made: String,
    /// When it ends or ended, in words.
    pub until: Option<String>,
    /// When it was used last.
    pub last_used: Option<String>,
    /// Whether it works.
    pub state: ApiKeyState,
}

/// The page of keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeysPage {
    /// Every key, working ones first.
    pub keys: Vec<ApiKeyRow>,
    /// Whether the password is asked for now.
    pub needs_password: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back_to_scopes() {
        for scope in ApiScope::ALL {
            assert_eq!(ApiScope::parse(scope.code()), Some(scope));
        }
        assert_eq!(ApiScope::parse("contacts"), None);
    }
}
