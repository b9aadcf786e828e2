//! Documentation: articles that staff write and customers read.

use serde::{Deserialize, Serialize};

use crate::{
    FieldErrors,
    access::GroupChoice,
    contacts::MAX_LINE,
    ids::{ArticleId, GroupId},
};

/// Longest article.
pub const MAX_BODY: usize = 100_000;
/// Where an article without a category stands.
pub const NO_CATEGORY: &str = "General";

/// An article as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArticleForm {
    /// Its title.
    pub title: String,
    /// Articles of one category stand together.
    pub category: String,
    /// What it is about, in a sentence.
    pub summary: String,
    /// Its place within the category, a number; the lowest stands first.
    pub place: String,
    /// Its text, in Markdown.
    pub body: String,
    /// Whether it is only for some groups.
    pub is_for_groups: bool,
    /// Those groups.
    pub groups: Vec<GroupId>,
    /// The version that is changed.
    pub version: i64,
    /// By which the same new article that is sent twice is known.
    pub key: String,
}

impl ArticleForm {
    /// The form that was sent; groups come as several fields of one name.
    #[must_use]
    pub fn read(fields: &[(String, String)]) -> Self {
        let get = |name: &str| {
            fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let groups = fields.iter().filter(|(field, _)| field == "group");
        Self {
            title: get("title"),
            category: get("category"),
            summary: get("summary"),
            place: get("place"),
            body: get("body"),
            is_for_groups: get("audience") == "groups",
            groups: groups.filter_map(|(_, id)| id.parse().ok()).collect(),
            version: get("version").parse().unwrap_or(0),
            key: get("key"),
        }
    }

    /// The category, which is never empty.
    #[must_use]
    pub fn category(&self) -> &str {
        let category = self.category.trim();
        if category.is_empty() { NO_CATEGORY } else { category }
    }

    /// Its place within the category.
    #[must_use]
    pub fn place(&self) -> Option<i32> {
        let place = self.place.trim();
        if place.is_empty() { Some(0) } else { place.parse().ok() }
    }

    /// Looks for what is wrong.
    ///
    /// # Errors
    /// Each field that is wrong, with what to do.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.title.trim().is_empty() {
            errors.add("title", "Enter a title.");
        }
        for (field, text) in
            [("title", &self.title), ("category", &self.category), ("summary", &self.summary)]
        {
            if text.trim().chars().count() > MAX_LINE {
                errors.add(field, format!("Use at most {MAX_LINE} characters."));
            } else if text.trim().chars().any(char::is_control) {
                errors.add(field, "Use one line of plain text.");
            }
        }
        if self.place().is_none() {
            errors.add("place", "Enter a whole number, or nothing.");
        }
        if self.body.trim().is_empty() {
            errors.add("body", "Write something.");
        } else if self.body.chars().count() > MAX_BODY {
            errors.add("body", format!("Use at most {MAX_BODY} characters."));
        } else if self.body.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            // PostgreSQL keeps no zero character, and nobody means the others.
            errors.add("body", "Use plain text: there are control characters in it.");
        }
        if self.is_for_groups && self.groups.is_empty() {
            errors.add("group", "Choose at least one group, or let everybody read it.");
        }
        errors.into_result()
    }
}

/// Which articles staff look for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArticleFilter {
    /// Words in title, category or text.
    pub search: String,
}

/// An article in the staff's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffArticleRow {
    /// The article.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: String,
    /// What it is about.
    pub summary: String,
    /// Who reads it, once it is published.
    pub readers: String,
    /// Since when it is published.
    pub published: Option<String>,
    /// When it was changed last.
    pub updated: String,
}

/// An article's form for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleFormPage {
    /// The article; none yet for a new one.
    pub id: Option<ArticleId>,
    /// What it says.
    pub form: ArticleForm,
    /// Since when it is published.
    pub published: Option<String>,
    /// Groups to choose from.
    pub choices: Vec<GroupChoice>,
    /// Categories that there are.
    pub categories: Vec<String>,
}

/// An article in the customers' list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRow {
    /// The article.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
}

/// The customers' list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Documentation {
    /// The articles, category by category.
    pub categories: Vec<(String, Vec<ArticleRow>)>,
    /// Whether there are more than are shown.
    pub has_more: bool,
}

/// An article as customers read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: String,
    /// What it is about.
    pub summary: String,
    /// Its text, as clean HTML.
    pub html: String,
    /// When it was changed last.
    pub updated: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_form_is_read_and_checked() {
        let group = Uuid::from_u128(7).to_string();
        let fields = [
            ("title", "How to pay"),
            ("category", " "),
            ("place", "2"),
            ("body", "Text"),
            ("audience", "groups"),
            ("group", group.as_str()),
            ("group", "rubbish"),
            ("version", "3"),
        ];
        let form = ArticleForm::read(&fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(
            (form.category(), form.place(), form.groups.len(), form.version),
            ("General", Some(2), 1, 3)
        );
        assert_eq!(form.check(), Ok(()));
        let bad = ArticleForm {
            title: "a\nb".into(),
            place: "x".into(),
            is_for_groups: true,
            ..ArticleForm::default()
        };
        let errors = bad.check().expect_err("is refused");
        let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["title", "place", "body", "group"]);
        let with_zero = ArticleForm { title: "a".into(), body: "a\0b".into(), ..ArticleForm::default() };
        assert!(with_zero.check().expect_err("is refused").get("body").is_some());
        let lines = ArticleForm { title: "a".into(), body: "a\r\n\tb".into(), ..ArticleForm::default() };
        assert_eq!(lines.check(), Ok(()));
    }
}
