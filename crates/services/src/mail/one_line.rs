/// Longest name or subject that a header carries.
const MAX_LENGTH: usize = 150;

/// A text as one line of a header: without line breaks, control characters and marks that turn the
/// direction of what follows, all of which could pass for something else than a name.
pub(super) fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if is_visible(c) { c } else { ' ' })
        .collect::<String>()
        .replace('\u{feff}', " ");
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// A text of several lines, without control characters.
pub(super) fn lines(text: &str) -> Vec<String> {
    let clean = text.replace("\r\n", "\n").replace('\r', "\n");
    clean
        .trim()
        .lines()
        .map(|line| line.chars().filter(|c| is_visible(*c) || *c == '\t').collect::<String>())
        .map(|line| line.trim_end().to_owned())
        .collect()
}

fn is_visible(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line("Ann\r\nBcc: eve@evil.example"), "Ann Bcc: eve@evil.example");
        assert_eq!(one_line(" \u{202e}Ann\0  Good\u{2028}\t"), "Ann Good");
        assert_eq!(one_line(&"é".repeat(400)).chars().count(), MAX_LENGTH + 1);
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(lines("\nHello\r\n\r\n  there\u{7}\rend \n"), ["Hello", "", "  there", "end"]);
        assert!(lines(" \n ").is_empty());
    }
}
