//! Dresses mails in the business's colour and logo.
//!
//! Templates are written in the original colours and with a mark where the logo goes. Every mail passes here
//! when it is queued, so that no template has to know of either.

use crate::settings::Settings;

/// The name by which a mail's markup shows the logo that travels with it.
pub(super) const LOGO_ID: &str = "business-logo";

/// Where the logo goes.
const LOGO_MARK: &str = "<!--logo-->";
// The original colours: of buttons, of links, and of bars and links on dark ground.
const SOLID: &str = "#3457d5";
const INK: &str = "#2f4fc4";
const DARK_BAR: &str = "#5f79e6";
const DARK_INK: &str = "#a9bcff";

/// A mail's markup in the business's colour, with its logo.
pub(super) fn dress(settings: &Settings, html: &str) -> String {
    let mut dressed = html.to_owned();
    if let Some(accent) = settings.accent() {
        let accent = accent.to_string();
        for original in [SOLID, INK, DARK_BAR] {
            dressed = dressed.replace(original, &accent);
        }
        // Which of its shades can be read on dark ground is not known: links there look like text.
        dressed = dressed.replace(DARK_INK, "#eceef2");
    }
    let logo = if settings.logo.is_some() {
        format!(
            "<img src=\"cid:{LOGO_ID}\" alt=\"\" height=\"36\" style=\"height: 36px; max-width: 200px; margin: 0 10px 0 0; vertical-align: middle; border: 0;\">"
        )
    } else {
        String::new()
    };
    dressed.replacen(LOGO_MARK, &logo, 1)
}
