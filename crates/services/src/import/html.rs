//! HTML from outside as plain text: cleaned first, then with its paragraphs as blank lines.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::Builder;

/// What the text is made from. Everything else is dropped but for its text, scripts and styles altogether.
const TAGS: [&str; 30] = [
    "a",
    "article",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "footer",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .generic_attributes(HashSet::new())
        .link_rel(None)
        .add_clean_content_tags(["script", "style", "title", "template", "noscript", "iframe", "svg", "math"])
        .url_schemes(HashSet::from(["http", "https"]));
    builder
});

/// A text in HTML as plain text; one without any tag is taken as it is.
pub(super) fn to_text(html: &str) -> String {
    let mut text = Text::default();
    if looks_like_html(html) {
        text.add_clean(&CLEANER.clean(html).to_string());
    } else {
        for line in html.lines() {
            text.add(line);
            text.end(if line.trim().is_empty() { Gap::Paragraph } else { Gap::Line });
        }
    }
    text.written
}

fn looks_like_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
        next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(next))
    })
}

/// What is between two pieces of text, the stronger one last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

#[derive(Debug, Default)]
struct Text {
    written: String,
    gap: Gap,
    /// An item of a list begins with the next text.
    item: bool,
    /// How deep in preformatted text.
    preformatted: u32,
    /// The address of the link that is open.
    link: Option<String>,
}

impl Text {
    /// Adds HTML as the cleaner writes it: well-formed, with every `<` of a text escaped.
    fn add_clean(&mut self, html: &str) {
        let mut rest = html;
        while let Some((text, after)) = rest.split_once('<') {
            self.add(&unescape(text));
            let (tag, after) = match after.strip_prefix("a href=\"").and_then(|link| link.split_once("\">")) {
                Some((link, after)) => {
                    self.link = Some(unescape(link));
                    ("a", after)
                }
                None => after.split_once('>').unwrap_or((after, "")),
            };
            self.tag(tag);
            rest = after;
        }
        self.add(&unescape(rest));
    }

    fn tag(&mut self, tag: &str) {
        match tag {
            "pre" => self.preformatted += 1,
            "/pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "li" => self.item = true,
            "/li" => self.item = false,
            "/a" => self.end_link(),
            _ => {}
        }
        self.end(match tag.trim_start_matches('/') {
            "a" => Gap::None,
            "td" | "th" => Gap::Space,
            "li" | "tr" | "br" | "div" | "dt" | "dd" | "thead" | "tbody" | "tfoot" => Gap::Line,
            _ => Gap::Paragraph,
        });
    }

    /// The address behind a link, unless the text names it.
    fn end_link(&mut self) {
        if let Some(link) = self.link.take()
            && !self.written.ends_with(link.trim_end_matches('/'))
            && !self.written.ends_with(&link)
        {
            self.add(&format!(" ({link})"));
        }
    }

    fn end(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn add(&mut self, text: &str) {
        for c in text.chars() {
            if c == '\n' && self.preformatted > 0 {
                self.end(Gap::Line);
            } else if c.is_whitespace() {
                self.end(Gap::Space);
            } else if !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}') {
                self.push(c);
            }
        }
    }

    fn push(&mut self, c: char) {
        let gap = std::mem::take(&mut self.gap);
        if !self.written.is_empty() {
            self.written.push_str(match gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        if std::mem::take(&mut self.item) {
            self.written.push_str("- ");
        }
        self.written.push(c);
    }
}

/// The references that the cleaner writes.
fn unescape(text: &str) -> String {
    text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keeps_paragraphs_lines_and_lists() {
        let html = "<h3>Check\n list</h3>\n<p>One<br>two&nbsp; </p><p><br></p>\
                    <ul class=\"o_checklist\">\n <li>Measure <b>it</b></li>\n <li></li><li>R&amp;D</li></ul><div>a</div><div>b</div>";
        assert_eq!(to_text(html), "Check list\n\nOne\ntwo\n\n- Measure it\n- R&D\n\na\nb");
        assert_eq!(to_text("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"), "1 2\n3");
        assert_eq!(to_text("<pre>a\n  b</pre>"), "a\nb");
    }

    #[test]
    fn scripts_and_handlers_are_gone() {
        let html = "<p onclick=\"x()\">Hi<script>alert(1)</script><style>p{}</style> \
                    <img src=x onerror=alert(2)>there<svg><script>alert(3)</script></svg></p><!-- no -->";
        assert_eq!(to_text(html), "Hi there");
        assert_eq!(to_text("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"), "<script>alert(1)</script>");
    }

    #[test]
    fn links_keep_their_address() {
        assert_eq!(
            to_text("<a href=\"https://x.example/?a=1&amp;b=2\">See</a>!"),
            "See (https://x.example/?a=1&b=2)!"
        );
        assert_eq!(to_text("<a href=\"https://x.example/\">https://x.example</a>"), "https://x.example");
        assert_eq!(to_text("<a href=\"javascript:alert(1)\">See</a>"), "See");
        assert_eq!(to_text("<a href=\"https://x.example/a>b\">See</a> it"), "See (https://x.example/a>b) it");
    }

    #[test]
    fn text_without_tags_keeps_its_lines() {
        assert_eq!(to_text(" a < b &amp;\r\nc\n\n\nd "), "a < b &amp;\nc\n\nd");
        assert_eq!(to_text("  \n "), "");
    }

    proptest! {
        #[test]
        fn no_tag_survives(html in "(<[a-z/!]{1,7}( [a-z]{1,5}=\"[^<>]{0,5}\")?>|[a-z &;\n]{0,6}|&lt;){0,12}") {
            // What remains of a tag was text, and stays text when it is read again.
            let text = to_text(&html);
            let escaped = format!("<p>{}</p>", text.replace('&', "&amp;").replace('<', "&lt;"));
            let flat: Vec<String> = text.split_whitespace().map(ToOwned::to_owned).collect();
            prop_assert_eq!(to_text(&escaped).split_whitespace().map(ToOwned::to_owned).collect::<Vec<_>>(), flat);
        }

        #[test]
        fn no_text_brings_it_down(html in "\\PC{0,60}") {
            let text = to_text(&html);
            prop_assert_eq!(text.trim(), &text);
        }
    }
}
