//! Mail templates: plain text with placeholders such as `{{name}}`, and nothing else.

use serde::{Deserialize, Serialize};

use crate::FieldErrors;

/// Longest subject.
const MAX_SUBJECT: usize = 150;
/// Longest text.
const MAX_TEXT: usize = 8_000;

/// A text with placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its lines, each in parts.
    pub lines: Vec<Vec<Piece>>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it stands.
    Text(String),
    /// To be filled in, by name.
    Placeholder(String),
}

/// Why a text is no template; it says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// `{{` without `}}` on the same line.
    #[error("In line {line} a placeholder is not closed: write it as {{{{name}}}}.")]
    Unclosed {
        /// Counted from 1.
        line: usize,
    },
    /// `}}` without `{{` before it.
    #[error("In line {line} there is }}}} without {{{{ before it.")]
    Unopened {
        /// Counted from 1.
        line: usize,
    },
    /// A placeholder that this mail does not know.
    #[error(
        "{{{{{name}}}}} in line {line} is no placeholder of this mail. Use those that are listed beside the text."
    )]
    Unknown {
        /// What stands between the braces.
        name: String,
        /// Counted from 1.
        line: usize,
    },
    /// A placeholder without which the mail is of no use.
    #[error("{{{{{name}}}}} is missing: without it the mail is of no use.")]
    Missing {
        /// Its name.
        name: String,
    },
}

impl Template {
    /// Parses a text in which only some placeholders may stand, and others have to.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str, allowed: &[&str], required: &[&str]) -> Result<Self, TemplateError> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<Vec<Piece>> = text
            .trim()
            .split('\n')
            .enumerate()
            .map(|(place, line)| pieces(line, place + 1, allowed))
            .collect::<Result<_, _>>()?;
        let template = Self { lines };
        match required.iter().find(|name| !template.has(name)) {
            Some(name) => Err(TemplateError::Missing { name: (*name).to_owned() }),
            None => Ok(template),
        }
    }

    fn has(&self, name: &str) -> bool {
        let is_it = |piece: &Piece| matches!(piece, Piece::Placeholder(found) if found == name);
        self.lines.iter().flatten().any(is_it)
    }
}

fn pieces(line: &str, number: usize, allowed: &[&str]) -> Result<Vec<Piece>, TemplateError> {
    let mut pieces = Vec::new();
    let mut rest = line;
    loop {
        let (before, after) = match rest.split_once("{{") {
            Some((before, after)) => (before, Some(after)),
            None => (rest, None),
        };
        if before.contains("}}") {
            return Err(TemplateError::Unopened { line: number });
        }
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        let Some(after) = after else { return Ok(pieces) };
        let (name, left) = after.split_once("}}").ok_or(TemplateError::Unclosed { line: number })?;
        let name = name.trim();
        if !allowed.contains(&name) {
            return Err(TemplateError::Unknown { name: name.chars().take(40).collect(), line: number });
        }
        pieces.push(Piece::Placeholder(name.to_owned()));
        rest = left;
    }
}

/// What a template's form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateForm {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// Which state it changes; 0 for the original.
    pub version: i64,
}

impl TemplateForm {
    /// The parsed subject and text.
    ///
    /// # Errors
    /// What is wrong with each.
    pub fn checked(&self, allowed: &[&str], required: &[&str]) -> Result<(Template, Template), FieldErrors> {
        let mut errors = FieldErrors::default();
        for (field, text, most) in [("subject", &self.subject, MAX_SUBJECT), ("text", &self.text, MAX_TEXT)] {
            if text.trim().is_empty() {
                errors.add(field, if field == "text" { "Enter a text." } else { "Enter a subject." });
            } else if text.chars().count() > most {
                errors.add(field, format!("Use at most {most} characters."));
            } else if text.chars().any(|c| c.is_control() && (field == "subject" || !"\r\n\t".contains(c))) {
                errors.add(field, "Use plain text.");
            }
        }
        // A link in a subject would end up in lists and logs.
        let in_subject: Vec<&str> = allowed.iter().copied().filter(|name| !required.contains(name)).collect();
        let subject = Template::parse(&self.subject, &in_subject, &[]);
        let text = Template::parse(&self.text, allowed, required);
        match (subject, text) {
            (Ok(subject), Ok(text)) => errors.into_result().map(|()| (subject, text)),
            (subject, text) => {
                for (field, error) in [("subject", subject.err()), ("text", text.err())] {
                    if let Some(error) = error.filter(|_| errors.get(field).is_none()) {
                        errors.add(field, error.to_string());
                    }
                }
                Err(errors)
            }
        }
    }
}

/// A placeholder as the page explains it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceholderHelp {
    /// Its name, without braces.
    pub name: String,
    /// What it becomes.
    pub meaning: String,
    /// The mail is of no use without it.
    pub is_required: bool,
}

/// What the page of mail templates shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailTemplatePage {
    /// Every mail: its word in addresses, its name, and whether staff changed it.
    pub kinds: Vec<(String, String, bool)>,
    /// The one that is shown: its word and name.
    pub kind: (String, String),
    /// When it is sent.
    pub occasion: String,
    /// As it is now.
    pub form: TemplateForm,
    /// What may stand in it.
    pub placeholders: Vec<PlaceholderHelp>,
    /// How it reads with sample values: subject and text.
    pub preview: (String, String),
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: &[&str] = &["name", "link"];

    fn error(text: &str) -> String {
        Template::parse(text, ALLOWED, &[]).expect_err("refused").to_string()
    }

    #[test]
    fn lines_fall_into_texts_and_placeholders() {
        let parsed =
            Template::parse("Hello {{name}},\r\n\r\n{{ link }}\n", ALLOWED, &["link"]).expect("parses");
        let text = |text: &str| Piece::Text(text.to_owned());
        let placeholder = |name: &str| Piece::Placeholder(name.to_owned());
        let expected =
            vec![vec![text("Hello "), placeholder("name"), text(",")], vec![], vec![placeholder("link")]];
        assert_eq!(parsed.lines, expected);
        let braces = Template::parse("{ not } one", ALLOWED, &[]).expect("parses");
        assert_eq!(braces.lines, [[text("{ not } one")]]);
    }

    #[test]
    fn what_is_malformed_says_where() {
        assert_eq!(error("a\nHello {{name"), "In line 2 a placeholder is not closed: write it as {{name}}.");
        assert_eq!(error("Hello name}}"), "In line 1 there is }} without {{ before it.");
        assert!(error("{{evil}}").starts_with("{{evil}} in line 1 is no placeholder"));
        assert!(error("{{na{{name}}me}}").contains("no placeholder"));
        assert!(error("{{}}").contains("{{}}"));
        assert!(error("{{Name}}").contains("{{Name}}"), "case counts");
        let missing = Template::parse("Hello {{name}}", ALLOWED, &["link"]).expect_err("refused");
        assert_eq!(missing.to_string(), "{{link}} is missing: without it the mail is of no use.");
    }

    #[test]
    fn forms_are_refused_field_by_field_and_links_stay_out_of_subjects() {
        let form = |subject: &str, text: &str| TemplateForm {
            subject: subject.to_owned(),
            text: text.to_owned(),
            version: 0,
        };
        let errors = |subject, text| form(subject, text).checked(ALLOWED, &["link"]).expect_err("refused");
        assert!(form("To {{name}}", "{{link}}").checked(ALLOWED, &["link"]).is_ok());
        assert!(errors("{{link}}", "{{link}}").get("subject").is_some());
        let both = errors(" ", "no link");
        assert_eq!((both.get("subject"), both.get("text").is_some()), (Some("Enter a subject."), true));
        assert!(errors("a\nb", "{{link}}").get("subject").is_some());
        assert!(errors("a", &format!("{{{{link}}}}{}", "x".repeat(9_000))).get("text").is_some());
    }
}
