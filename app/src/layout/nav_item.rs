//! Somewhere that a shell's navigation or user menu leads.

use crate::ui::Glyph;

/// A link of a shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Its text.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// An icon before the text.
    pub glyph: Option<Glyph>,
    /// Leads to the other root.
    pub external: bool,
    /// The heading of the part that begins with it.
    pub heading: Option<&'static str>,
}

impl NavItem {
    /// A link within the root.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), glyph: None, external: false, heading: None }
    }

    /// A link to the other root, which the browser loads anew.
    #[must_use]
    pub fn external(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { external: true, ..Self::new(label, href) }
    }

    /// The same with an icon.
    #[must_use]
    pub fn with(mut self, glyph: Glyph) -> Self {
        self.glyph = Some(glyph);
        self
    }

    /// The same as the first of a part with a heading.
    #[must_use]
    pub fn under(mut self, heading: &'static str) -> Self {
        self.heading = Some(heading);
        self
    }

    /// Whether it leads to `path` or above it. The roots `/my` and `/staff` are above nothing.
    #[must_use]
    pub fn is_current(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let Some(rest) = path.strip_prefix(self.href.as_str()) else { return false };
        rest.is_empty() || rest.starts_with('/') && self.href.trim_start_matches('/').contains('/')
    }
}

impl<L: Into<String>, H: Into<String>> From<(L, H)> for NavItem {
    fn from((label, href): (L, H)) -> Self {
        Self::new(label, href)
    }
}

impl<L: Into<String>, H: Into<String>> From<(L, H, Glyph)> for NavItem {
    fn from((label, href, glyph): (L, H, Glyph)) -> Self {
        Self::new(label, href).with(glyph)
    }
}

#[cfg(test)]
mod tests {
    use super::NavItem;

    #[test]
    fn knows_where_we_are() {
        let invoices = NavItem::new("Invoices", "/my/invoices");
        assert!(invoices.is_current("/my/invoices"));
        assert!(invoices.is_current("/my/invoices/"));
        assert!(invoices.is_current("/my/invoices/1"));
        assert!(!invoices.is_current("/my/invoices-old"));
        assert!(!invoices.is_current("/my"));
        let home = NavItem::new("Home", "/my");
        assert!(home.is_current("/my"));
        assert!(home.is_current("/my/"));
        assert!(!home.is_current("/my/invoices"));
    }
}
