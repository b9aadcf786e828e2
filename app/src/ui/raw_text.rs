//! Text where Leptos writes it as it is.

/// A text for inside of `<textarea>` and `<title>`, which the server's renderer does not escape: a text with
/// `</textarea>` in it would end the element. Browsers turn it back.
pub(crate) fn raw_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::raw_text;

    #[test]
    fn no_text_ends_its_element_and_entities_stay_what_was_typed() {
        assert_eq!(raw_text("</textarea><b> &lt;"), "&lt;/textarea&gt;&lt;b&gt; &amp;lt;");
    }
}
