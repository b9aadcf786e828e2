//! The business's colour.

use std::fmt;

/// The least contrast of text (WCAG 2.2, 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;

/// The colour of an installation that chose none. The same stands in `style/tokens.css` and in the mails' layout.
pub const DEFAULT_ACCENT: Accent = Accent([0x34, 0x57, 0xd5]);

/// A colour that white text can stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent([u8; 3]);

/// Why a text is no accent; it says what to do.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum AccentError {
    /// No colour in hexadecimal digits.
    #[error("Write the colour as # and six digits or letters a to f, such as #3457d5.")]
    NoColour,
    /// White text on it could hardly be read.
    #[error(
        "White text on this colour has a contrast of only {0:.1} to 1; at least 4.5 to 1 is needed to read it. Choose a darker one."
    )]
    TooLight(f64),
}

impl Accent {
    /// Parses `#3457d5`, `3457D5` or `#35d`.
    ///
    /// # Errors
    /// [`AccentError`] for what is no colour, or too light a one.
    pub fn parse(text: &str) -> Result<Self, AccentError> {
        let text = text.trim();
        let digits: Vec<u8> = text
            .strip_prefix('#')
            .unwrap_or(text)
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()))
            .collect::<Option<_>>()
            .ok_or(AccentError::NoColour)?;
        let accent = match *digits.as_slice() {
            [r, g, b] => Self([r * 17, g * 17, b * 17]),
            [r, s, g, h, b, c] => Self([r * 16 + s, g * 16 + h, b * 16 + c]),
            _ => return Err(AccentError::NoColour),
        };
        let contrast = accent.contrast_with_white();
        // Rounded down, so that nobody reads that 4.5 is less than 4.5.
        if contrast < LEAST_CONTRAST {
            return Err(AccentError::TooLight((contrast * 10.0).floor() / 10.0));
        }
        Ok(accent)
    }

    /// The contrast ratio to white, from 1 to 21 (WCAG 2.2).
    #[must_use]
    pub fn contrast_with_white(self) -> f64 {
        let [r, g, b] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
    }
}

/// As style sheets have it: `#3457d5`.
impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_in_any_usual_form() {
        for text in ["#3457d5", "3457D5", "  #3457d5 "] {
            assert_eq!(Accent::parse(text), Ok(DEFAULT_ACCENT), "{text}");
        }
        assert_eq!(Accent::parse("#06c").map(|accent| accent.to_string()), Ok("#0066cc".to_owned()));
        for text in ["", "#", "blue", "#12345", "#1234567", "#3457d5;}", "rgb(0,0,0)", "#éé", "#+12345"] {
            assert_eq!(Accent::parse(text), Err(AccentError::NoColour), "{text}");
        }
    }

    #[test]
    fn white_text_must_be_readable_on_it() {
        assert!((Accent([0, 0, 0]).contrast_with_white() - 21.0).abs() < 0.001);
        assert!((Accent([255, 255, 255]).contrast_with_white() - 1.0).abs() < 0.001);
        // The grey on either side of 4.5.
        assert!(Accent::parse("#767676").is_ok());
        assert_eq!(Accent::parse("#777777"), Err(AccentError::TooLight(4.4)));
        let told = Accent::parse("#ffcc00").map_err(|error| error.to_string());
        assert!(told.is_err_and(|text| text.contains("1.5 to 1") && text.contains("darker")));
    }
}
