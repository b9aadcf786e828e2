//! Markdown as HTML that is safe to show: what is written as HTML stays text, and what is left is cleaned all the same.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

const TAGS: [&str; 25] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .allowed_classes(HashMap::from([("div", HashSet::from(["article-table"]))]))
        .generic_attributes(HashSet::new())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer"));
    builder
});

/// A text in Markdown as HTML. The page's title is its first heading, so that all others move one level down; pictures
/// from elsewhere are shown as their descriptions.
pub(super) fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let markdown = shallow(markdown);
    let mut rendered = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut rendered, Parser::new_ext(&markdown, options).map(tame).flat_map(wrapped));
    CLEANER.clean(&rendered).to_string()
}

/// Quotes and lists within each other, as deep as anybody reads: what is deeper takes the parser minutes.
const DEEPEST: usize = 12;

/// The text without what is deeper than [`DEEPEST`].
fn shallow(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for line in markdown.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
        let (lead, rest) = line.split_at(line.len() - rest.len());
        let markers = lead.matches(['>', '-', '*', '+']).count();
        // A rule is a line of marks as well, and nests nothing.
        let is_deep = markers > DEEPEST && !rest.trim().is_empty() || lead.matches('>').count() > DEEPEST;
        let indent = lead.chars().filter(|c| c.is_whitespace()).count();
        match (is_deep, indent > 4 * DEEPEST) {
            (true, _) => text.extend(lead.chars().take(DEEPEST)),
            (false, true) => text.extend(lead.chars().take(4 * DEEPEST)),
            (false, false) => text.push_str(lead),
        }
        text.push_str(rest);
    }
    text
}

fn tame(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: below(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        Event::Start(Tag::Image { .. }) => Event::Start(Tag::Emphasis),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Emphasis),
        other => other,
    }
}

/// Tables may be wider than a phone: they scroll by themselves.
fn wrapped(event: Event<'_>) -> Vec<Event<'_>> {
    match event {
        table @ Event::Start(Tag::Table(_)) => {
            vec![Event::Html("<div class=\"article-table\">".into()), table]
        }
        end @ Event::End(TagEnd::Table) => vec![end, Event::Html("</div>".into())],
        other => vec![other],
    }
}

fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markdown_becomes_html() {
        let html = to_html("# Top\n\n**bold** and [a link](/my/documentation \"t\")\n\n1. one\n2. two\n");
        assert!(html.contains("<h2>Top</h2>"), "{html}");
        assert!(html.contains("<strong>bold</strong>") && html.contains("<ol>\n<li>one</li>"), "{html}");
        assert!(
            html.contains("<a href=\"/my/documentation\" title=\"t\" rel=\"noopener noreferrer\">a link</a>")
        );
        let table = to_html("| a | b |\n|---|---|\n| 1 | ~~2~~ |\n");
        assert!(
            table.contains("<div class=\"article-table\"><table>") && table.contains("<del>2</del>"),
            "{table}"
        );
    }

    #[test]
    fn what_is_nested_without_end_takes_no_time() {
        for deep in [">".repeat(100_000), "> - ".repeat(25_000), format!("{}x", "- ".repeat(50_000))] {
            let started = std::time::Instant::now();
            to_html(&deep);
            assert!(started.elapsed().as_secs() < 5, "{}", &deep[..8]);
        }
        assert!(to_html("> > quoted").matches("<blockquote>").count() == 2);
        assert!(to_html("a\n\n--------------------\n\nb").contains("<hr>"));
    }

    #[test]
    fn nothing_active_comes_through() {
        for evil in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "a <b onclick=alert(1)>b</b>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:x)",
            "![x](https://elsewhere.example/pixel.png)",
            "<svg/onload=alert(1)>",
            "<style>*{display:none}</style>",
            "<a href=\"//evil.example\" style=\"position:fixed\">x</a>",
            "<iframe src=//evil.example></iframe>",
            "```\"><script>alert(1)</script>\nx\n```",
            "[x]: javascript:alert(1)\n\n[x]",
            "<https://a.example/\"onmouseover=alert(1)>",
        ] {
            let html = to_html(evil);
            let elements = html.replace("&lt;", "");
            for bad in [
                "<script",
                "<img",
                "<svg",
                "<style",
                "<iframe",
                "href=\"javascript",
                "href=\"data",
                "href=\"vb",
            ] {
                assert!(!elements.to_lowercase().contains(bad), "{evil}: {html}");
            }
            for attribute in ["onerror", "onclick", "onload", "style"] {
                let is_attribute = html
                    .split('<')
                    .skip(1)
                    .filter_map(|part| part.split_once('>'))
                    .any(|(tag, _)| tag.contains(&format!(" {attribute}=")));
                assert!(!is_attribute, "{evil}: {html}");
            }
        }
        assert!(to_html("![A red door](x.png)").contains("<em>A red door</em>"));
        assert!(to_html("a <b>b</b>").contains("&lt;b&gt;b&lt;/b&gt;"), "what was typed is shown");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_stays_tame(text in "[ -~\n]{0,400}") {
            let html = to_html(&text);
            for part in html.split('<').skip(1) {
                let tag = part.split(['>', ' ']).next().unwrap_or_default().trim_start_matches('/');
                prop_assert!(TAGS.contains(&tag), "{tag} in {html}");
            }
        }
    }
}
