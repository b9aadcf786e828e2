//! What a badge, an alert or a toast says before it is read.

use super::Glyph;

/// The mood of a badge, an alert or a toast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to say about it.
    #[default]
    Neutral,
    /// It worked, it is paid, it is active.
    Good,
    /// Look at it soon.
    Warn,
    /// It failed, it is overdue, it is refused.
    Bad,
    /// Worth knowing.
    Info,
}

impl Tone {
    /// The name used in class names, such as `badge good`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
        }
    }

    /// The icon that stands for it.
    #[must_use]
    pub const fn glyph(self) -> Glyph {
        match self {
            Self::Neutral | Self::Info => Glyph::Info,
            Self::Good => Glyph::CheckCircle,
            Self::Warn | Self::Bad => Glyph::Alert,
        }
    }
}
