//! Paths within a query.

/// A path as a query's value.
pub fn encode_path(path: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~".contains(c);
    path.chars()
        .map(|c| {
            if is_plain(c) {
                c.to_string()
            } else {
                c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
            }
        })
        .collect()
}
