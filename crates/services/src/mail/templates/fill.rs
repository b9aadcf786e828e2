//! Fills a template in: once as text, once as HTML. Only what we write here is markup; texts of staff and values
//! are escaped.

use std::collections::BTreeMap;

use domain::settings::{Piece, Template};

/// What a placeholder becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Value {
    pub text: String,
    /// The same as markup.
    pub html: String,
}

/// What the placeholders of a mail become, by name.
pub(super) type Values = BTreeMap<&'static str, Value>;

impl Value {
    /// A text that stays a text.
    pub(super) fn line(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { html: escape(&text), text }
    }

    /// An address to open.
    pub(super) fn link(address: &str) -> Self {
        Self { text: address.to_owned(), html: anchor(address, address) }
    }

    /// An address to write to.
    pub(super) fn email(address: &str) -> Self {
        let html =
            if address.is_empty() { String::new() } else { anchor(&format!("mailto:{address}"), address) };
        Self { text: address.to_owned(), html }
    }

    /// Somebody's own words, below a line that says whose; nothing where there are none.
    pub(super) fn quote(lead: &str, lines: &[String]) -> Self {
        if lines.is_empty() {
            return Self::default();
        }
        let quoted =
            lines.iter().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") });
        let text = format!("{lead}\n\n{}", quoted.collect::<Vec<_>>().join("\n"));
        let inner = lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>");
        let html = format!(
            "<span class=\"muted\" style=\"display: block; margin: 0 0 4px; color: #5a606c; font-size: 13px;\">{}</span>{inner}",
            escape(lead)
        );
        Self { text, html }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// The template as plain text. Lines that hold nothing but empty placeholders vanish.
pub(super) fn text(template: &Template, values: &Values) -> String {
    let mut text = String::new();
    for line in template.lines.iter().filter(|line| !vanishes(line, values)) {
        let line = filled(line, values, |text| text.to_owned(), |value| value.text.clone());
        // At most one empty line at a time.
        if !(line.is_empty() && text.ends_with("\n\n")) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text.trim().to_owned()
}

/// The template as the markup of a mail's card. `{{link}}` alone on a line becomes a button.
pub(super) fn html(template: &Template, values: &Values, button: &str) -> String {
    let mut blocks: Vec<String> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut has_button = false;
    let close = |open: &mut Vec<String>, blocks: &mut Vec<String>| {
        if !open.is_empty() {
            blocks.push(format!("<p style=\"margin: 0 0 16px;\">{}</p>", open.join("<br>")));
            open.clear();
        }
    };
    for line in &template.lines {
        let alone = alone(line);
        let value = alone.and_then(|name| values.get(name));
        match (alone, value) {
            _ if vanishes(line, values) => {}
            (Some("link"), Some(link)) => {
                close(&mut open, &mut blocks);
                blocks.push(button_to(&link.text, button));
                has_button = true;
            }
            (Some("message"), Some(message)) => {
                close(&mut open, &mut blocks);
                blocks.push(boxed(&message.html));
            }
            _ => {
                let line = filled(line, values, linked, |value| value.html.clone());
                if line.is_empty() { close(&mut open, &mut blocks) } else { open.push(line) }
            }
        }
    }
    close(&mut open, &mut blocks);
    if let Some(link) = values.get("link").filter(|_| has_button) {
        blocks.push(format!(
            "<div class=\"line muted\" style=\"margin: 24px 0 0; padding: 16px 0 0; border-top: 1px solid #e3e5ea; color: #5a606c; font-size: 13px;\">Should the button not work, open this address:<br><span style=\"word-break: break-all;\">{}</span></div>",
            escape(&link.text)
        ));
    }
    blocks.join("\n")
}

/// A line's parts put together. Before an empty placeholder, the blank goes too: `Hello {{name}},` is `Hello,`.
fn filled(
    line: &[Piece],
    values: &Values,
    text: impl Fn(&str) -> String,
    value: impl Fn(&Value) -> String,
) -> String {
    let mut filled = String::new();
    for piece in line {
        match piece {
            Piece::Text(piece) => filled.push_str(&text(piece)),
            Piece::Placeholder(name) => match values.get(name.as_str()).filter(|value| !value.is_empty()) {
                Some(found) => filled.push_str(&value(found)),
                None => filled.truncate(filled.trim_end().len()),
            },
        }
    }
    filled.trim_end().to_owned()
}

/// Whether a line holds placeholders, all empty, and nothing else.
fn vanishes(line: &[Piece], values: &Values) -> bool {
    let is_nothing = |piece: &Piece| match piece {
        Piece::Text(text) => text.trim().is_empty(),
        Piece::Placeholder(name) => values.get(name.as_str()).is_none_or(Value::is_empty),
    };
    line.iter().any(|piece| matches!(piece, Piece::Placeholder(_))) && line.iter().all(is_nothing)
}

/// The placeholder that stands alone on a line.
fn alone(line: &[Piece]) -> Option<&str> {
    let mut told = line.iter().filter(|piece| !matches!(piece, Piece::Text(text) if text.trim().is_empty()));
    match (told.next(), told.next()) {
        (Some(Piece::Placeholder(name)), None) => Some(name),
        _ => None,
    }
}

fn button_to(address: &str, label: &str) -> String {
    format!(
        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin: 24px 0;\">\n<tr>\n<td bgcolor=\"#3457d5\" style=\"border-radius: 7px; background: #3457d5;\"><a class=\"button\" href=\"{}\" style=\"display: inline-block; padding: 12px 24px; border-radius: 7px; color: #ffffff; font-weight: 600; text-decoration: none;\">{}</a></td>\n</tr>\n</table>",
        escape(address),
        escape(label)
    )
}

fn boxed(html: &str) -> String {
    format!(
        "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin: 0 0 16px;\">\n<tr>\n<td class=\"soft ink\" style=\"padding: 14px 18px; background: #f3f5fb; border-left: 3px solid #3457d5; color: #1d212b;\">{html}</td>\n</tr>\n</table>"
    )
}

fn anchor(address: &str, text: &str) -> String {
    format!(
        "<a href=\"{}\" style=\"color: #2f4fc4; word-break: break-all;\">{}</a>",
        escape(address),
        escape(text)
    )
}

/// A text of staff with its web addresses made links.
fn linked(text: &str) -> String {
    let mut html = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let start = ["https://", "http://"].iter().filter_map(|scheme| word.find(scheme)).min();
        let Some((before, address)) = start.and_then(|start| word.split_at_checked(start)) else {
            html.push_str(&escape(word));
            continue;
        };
        let is_end = |c: char| c.is_whitespace() || ".,;:!?)]}>\"'”’»".contains(c);
        let target = address.trim_end_matches(is_end);
        let after = address.get(target.len()..).unwrap_or_default();
        html.push_str(&escape(before));
        html.push_str(&if target.ends_with("//") { escape(target) } else { anchor(target, target) });
        html.push_str(&escape(after));
    }
    html
}

/// A text that markup takes for nothing but text.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&#38;"),
            '<' => escaped.push_str("&#60;"),
            '>' => escaped.push_str("&#62;"),
            '"' => escaped.push_str("&#34;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        Values::from([
            ("name", Value::line("Ann <b>")),
            ("company", Value::line("")),
            ("link", Value::link("https://p.example/accept/x?a=1&b=2")),
            ("message", Value::quote("Rivet adds:", &["one".to_owned(), String::new(), "<two>".to_owned()])),
        ])
    }

    fn parse(text: &str) -> Template {
        Template::parse(text, &["name", "company", "link", "message"], &[]).expect("parses")
    }

    #[test]
    fn what_is_empty_takes_its_blank_and_its_line_with_it() {
        let template = parse("Hello {{company}},\n\nfor {{name}} {{company}}.\n\n{{company}}\n\nBye");
        assert_eq!(text(&template, &values()), "Hello,\n\nfor Ann <b>.\n\nBye");
        let markup = html(&template, &values(), "Go");
        assert_eq!(markup.matches("<p ").count(), 3, "{markup}");
        assert!(markup.contains("for Ann &#60;b&#62;.") && !markup.contains("<b>"), "{markup}");
    }

    #[test]
    fn a_link_alone_is_a_button_and_one_among_words_a_link() {
        let values = values();
        let target = "href=\"https://p.example/accept/x?a=1&#38;b=2\"";
        let alone = html(&parse("Open:\n{{link}}\nand go"), &values, "Go <on>");
        assert!(alone.contains("class=\"button\"") && alone.contains("Go &#60;on&#62;</a>"), "{alone}");
        assert!(alone.contains(target) && alone.contains("Should the button not work"), "{alone}");
        let among = html(&parse("Open {{link}} now"), &values, "Go");
        assert!(among.contains(target) && !among.contains("class=\"button\""), "{among}");
    }

    #[test]
    fn addresses_in_the_text_are_links_and_nothing_else_is() {
        let html = html(
            &parse("See https://x.example/a?b=1&c=2. (http://y.example) javascript:alert(1) https://"),
            &values(),
            "Go",
        );
        assert!(html.contains("<a href=\"https://x.example/a?b=1&#38;c=2\""), "{html}");
        assert!(html.contains("<a href=\"http://y.example\"") && html.contains("</a>) "), "{html}");
        assert_eq!(html.matches("<a ").count(), 2, "{html}");
        let evil = self::html(
            &parse("https://x.example/\"onmouseover=\"alert(1) <script>{{name}}"),
            &values(),
            "Go",
        );
        assert!(!evil.contains("\"onmouseover") && !evil.contains("<script>"), "{evil}");
    }

    #[test]
    fn a_message_is_quoted() {
        let template = parse("Hi\n\n{{message}}");
        assert_eq!(text(&template, &values()), "Hi\n\nRivet adds:\n\n> one\n>\n> <two>");
        assert!(html(&template, &values(), "Go").contains("one<br><br>&#60;two&#62;"));
    }
}
