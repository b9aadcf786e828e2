use std::fmt;

use sha2::{Digest, Sha256};

/// The SHA-256 of a file's bytes, in lower-case hexadecimal digits: the name that the file is kept under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContentHash(String);

impl ContentHash {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// As it is written in a row; `None` for what is no such hash, so that no path can be made of it.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hash = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_hash.then(|| Self(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_sha_256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(ContentHash::of(b"").as_str(), empty);
        assert_eq!(ContentHash::parse(empty), Some(ContentHash::of(b"")));
    }

    #[test]
    fn nothing_else_is_one() {
        for other in
            ["", "../../secret.key", &"A".repeat(64), &"a".repeat(63), &format!("../{}", "a".repeat(61))]
        {
            assert_eq!(ContentHash::parse(other), None, "{other}");
        }
    }
}
