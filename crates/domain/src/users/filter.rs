//! Which users a list shows, and how its address says so.
//!
//! | in the address | meaning |
//! | --- | --- |
//! | `q=ann good` | words that must all occur in login, name or company |
//! | `is=portal` | a ready-made filter; several are joined by *and*, but `portal` and `internal` by *or* |
//! | `where=groups.contains.portal` | a condition of one's own: field, operator, value |
//! | `match=any` | conditions are joined by *or*; without it by *and* |
//! | `after=…`, `before=…` | the page |
//!
//! `field`, `operator` and `value` are one more condition in pieces, as the dialog's form sends it.

use serde::{Deserialize, Serialize};
use time::{Date, macros::format_description};

use super::UserStatus;
use crate::{FieldErrors, PageRequest};

/// Most conditions of one's own.
const MOST_CONDITIONS: usize = 10;
/// Longest value of a condition, in characters.
const MAX_VALUE: usize = 100;

/// A ready-made filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum QuickFilter {
    /// Customers.
    Portal,
    /// Staff.
    Internal,
    /// Disabled ones.
    Inactive,
    /// Who never signed in.
    NeverConnected,
    /// Without two-factor authentication.
    TwoFactorOff,
}

impl QuickFilter {
    /// All, in the order of the menu.
    pub const ALL: [Self; 5] =
        [Self::Portal, Self::Internal, Self::Inactive, Self::NeverConnected, Self::TwoFactorOff];

    /// The word in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Internal => "internal",
            Self::Inactive => "inactive",
            Self::NeverConnected => "never-connected",
            Self::TwoFactorOff => "two-factor-off",
        }
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Portal => "Portal Users",
            Self::Internal => "Internal Users",
            Self::Inactive => "Inactive Users",
            Self::NeverConnected => "Never connected",
            Self::TwoFactorOff => "Two-factor off",
        }
    }
}

/// How conditions are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Join {
    /// All must hold.
    #[default]
    All,
    /// One is enough.
    Any,
}

/// What a condition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserField {
    /// A text.
    Text(TextField),
    /// Where the user stands.
    Status,
    /// Whether two-factor authentication is on.
    TwoFactor,
    /// When the user last signed in.
    LastAuthentication,
}

/// A text that a condition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextField {
    /// What they sign in with.
    Login,
    /// Their name.
    Name,
    /// Their system group, or a permission group of theirs.
    Groups,
    /// A company that they see.
    Company,
}

impl UserField {
    /// All, in the order of the dialog.
    pub const ALL: [Self; 7] = [
        Self::Text(TextField::Groups),
        Self::Text(TextField::Login),
        Self::Text(TextField::Name),
        Self::Text(TextField::Company),
        Self::Status,
        Self::TwoFactor,
        Self::LastAuthentication,
    ];

    /// The word in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text(TextField::Login) => "login",
            Self::Text(TextField::Name) => "name",
            Self::Text(TextField::Groups) => "groups",
            Self::Text(TextField::Company) => "company",
            Self::Status => "status",
            Self::TwoFactor => "two-factor",
            Self::LastAuthentication => "last",
        }
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text(TextField::Login) => "Login",
            Self::Text(TextField::Name) => "Name",
            Self::Text(TextField::Groups) => "Groups",
            Self::Text(TextField::Company) => "Company",
            Self::Status => "Status",
            Self::TwoFactor => "Two-factor",
            Self::LastAuthentication => "Latest authentication",
        }
    }
}

/// How a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// A text.
    Text(TextTest),
    /// Earlier than a date.
    Before,
    /// Later than a date.
    After,
}

/// How a text is compared, without case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextTest {
    /// Occurs in it.
    Contains,
    /// Does not occur in it.
    Lacks,
    /// Is all of it.
    Is,
    /// Is not all of it.
    IsNot,
}

impl TextTest {
    /// Whether it says what is not.
    pub fn is_negative(self) -> bool {
        matches!(self, Self::Lacks | Self::IsNot)
    }
}

impl Operator {
    /// All, in the order of the dialog.
    pub const ALL: [Self; 6] = [
        Self::Text(TextTest::Contains),
        Self::Text(TextTest::Lacks),
        Self::Text(TextTest::Is),
        Self::Text(TextTest::IsNot),
        Self::Before,
        Self::After,
    ];

    /// The word in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text(TextTest::Contains) => "contains",
            Self::Text(TextTest::Lacks) => "lacks",
            Self::Text(TextTest::Is) => "is",
            Self::Text(TextTest::IsNot) => "not",
            Self::Before => "before",
            Self::After => "after",
        }
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text(TextTest::Contains) => "contains",
            Self::Text(TextTest::Lacks) => "does not contain",
            Self::Text(TextTest::Is) => "is",
            Self::Text(TextTest::IsNot) => "is not",
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

/// When somebody last signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LastTest {
    /// Earlier than a date.
    Before(Date),
    /// Later than a date.
    After(Date),
    /// Not once.
    Never,
    /// At least once.
    Ever,
}

/// A condition of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserCondition {
    /// On a text.
    Text {
        /// Which.
        field: TextField,
        /// How it is compared.
        test: TextTest,
        /// With what.
        value: String,
    },
    /// On where the user stands.
    Status {
        /// There, or anywhere else.
        is: bool,
        /// Where.
        status: UserStatus,
    },
    /// On whether two-factor authentication is on.
    TwoFactor {
        /// On or off.
        on: bool,
    },
    /// On when the user last signed in.
    LastAuthentication(LastTest),
}

/// A condition as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConditionDraft {
    /// The field's word.
    pub field: String,
    /// The operator's word.
    pub operator: String,
    /// The value.
    pub value: String,
    /// What is wrong with it.
    pub errors: FieldErrors,
}

impl UserCondition {
    /// The condition of three words.
    ///
    /// # Errors
    /// Errors for `field`, `operator` and `value`.
    pub fn parse(field: &str, operator: &str, value: &str) -> Result<Self, FieldErrors> {
        let field = UserField::ALL
            .into_iter()
            .find(|known| known.code() == field)
            .ok_or_else(|| FieldErrors::one("field", "Choose a field from the list."))?;
        let operator = Operator::ALL
            .into_iter()
            .find(|known| known.code() == operator)
            .ok_or_else(|| FieldErrors::one("operator", "Choose an operator from the list."))?;
        let value = value.trim();
        if value.is_empty() {
            return Err(FieldErrors::one("value", "Enter a value to compare with."));
        }
        if value.chars().count() > MAX_VALUE || value.chars().any(char::is_control) {
            return Err(FieldErrors::one(
                "value",
                format!("Use one line of at most {MAX_VALUE} characters."),
            ));
        }
        match field {
            UserField::Text(field) => text_condition(field, operator, value),
            UserField::Status => status_condition(operator, value),
            UserField::TwoFactor => two_factor_condition(operator, value),
            UserField::LastAuthentication => last_condition(operator, value),
        }
    }

    /// Field, operator and value, in their words.
    pub fn words(&self) -> (UserField, Operator, String) {
        let is = |is: bool| Operator::Text(if is { TextTest::Is } else { TextTest::IsNot });
        match self {
            Self::Text { field, test, value } => {
                (UserField::Text(*field), Operator::Text(*test), value.clone())
            }
            Self::Status { is: yes, status } => (UserField::Status, is(*yes), status.code().to_owned()),
            Self::TwoFactor { on } => {
                (UserField::TwoFactor, is(true), if *on { "on" } else { "off" }.to_owned())
            }
            Self::LastAuthentication(test) => {
                let field = UserField::LastAuthentication;
                match test {
                    LastTest::Before(date) => (field, Operator::Before, date_text(*date)),
                    LastTest::After(date) => (field, Operator::After, date_text(*date)),
                    LastTest::Never => (field, is(true), "never".to_owned()),
                    LastTest::Ever => (field, is(false), "never".to_owned()),
                }
            }
        }
    }

    /// The condition as people read it: *Groups contains portal*.
    pub fn describe(&self) -> String {
        let (field, operator, value) = self.words();
        format!("{} {} {value}", field.label(), operator.label())
    }

    fn to_word(&self) -> String {
        let (field, operator, value) = self.words();
        format!("{}.{}.{value}", field.code(), operator.code())
    }

    fn from_word(word: &str) -> Option<Self> {
        let (field, rest) = word.split_once('.')?;
        let (operator, value) = rest.split_once('.')?;
        Self::parse(field, operator, value).ok()
    }
}

fn text_condition(field: TextField, operator: Operator, value: &str) -> Result<UserCondition, FieldErrors> {
    let Operator::Text(test) = operator else {
        let text = format!("{} is a text: choose contains, or is.", UserField::Text(field).label());
        return Err(FieldErrors::one("operator", text));
    };
    Ok(UserCondition::Text { field, test, value: value.to_owned() })
}

/// Whether an operator says *is* or *is not*.
fn is_or_not(field: UserField, operator: Operator) -> Result<bool, FieldErrors> {
    match operator {
        Operator::Text(TextTest::Is) => Ok(true),
        Operator::Text(TextTest::IsNot) => Ok(false),
        _ => Err(FieldErrors::one("operator", format!("{} takes: is, is not.", field.label()))),
    }
}

fn status_condition(operator: Operator, value: &str) -> Result<UserCondition, FieldErrors> {
    let is = is_or_not(UserField::Status, operator)?;
    let status = UserStatus::parse(&value.to_lowercase())
        .ok_or_else(|| FieldErrors::one("value", "Enter invited, active or disabled."))?;
    Ok(UserCondition::Status { is, status })
}

fn two_factor_condition(operator: Operator, value: &str) -> Result<UserCondition, FieldErrors> {
    let is = is_or_not(UserField::TwoFactor, operator)?;
    let on = match value.to_lowercase().as_str() {
        "on" | "yes" | "true" => true,
        "off" | "no" | "false" => false,
        _ => return Err(FieldErrors::one("value", "Enter on or off.")),
    };
    Ok(UserCondition::TwoFactor { on: on == is })
}

fn last_condition(operator: Operator, value: &str) -> Result<UserCondition, FieldErrors> {
    let date = || {
        Date::parse(value, format_description!("[year]-[month]-[day]"))
            .map_err(|_| FieldErrors::one("value", "Enter a date such as 2026-11-22."))
    };
    let is_never = value.eq_ignore_ascii_case("never");
    let test = match operator {
        Operator::Before => LastTest::Before(date()?),
        Operator::After => LastTest::After(date()?),
        Operator::Text(TextTest::Is) if is_never => LastTest::Never,
        Operator::Text(TextTest::IsNot) if is_never => LastTest::Ever,
        Operator::Text(_) => {
            let text = "Latest authentication takes: before or after a date, is never, is not never.";
            return Err(FieldErrors::one("operator", text));
        }
    };
    Ok(UserCondition::LastAuthentication(test))
}

fn date_text(date: Date) -> String {
    date.format(format_description!("[year]-[month]-[day]")).unwrap_or_default()
}

/// Which users a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserFilter {
    /// Words that must all occur in login, name or company.
    pub search: String,
    /// Ready-made filters, each once, in the menu's order.
    pub quick: Vec<QuickFilter>,
    /// Conditions of one's own.
    pub conditions: Vec<UserCondition>,
    /// How the conditions are joined.
    pub join: Join,
    /// Which page.
    pub page: PageRequest,
}

/// What an address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedFilter {
    /// The filter.
    pub filter: UserFilter,
    /// A condition that was typed and makes no sense.
    pub draft: Option<ConditionDraft>,
}

impl UserFilter {
    /// Reads an address's query; what makes no sense is left out, but for a condition that was just typed.
    pub fn parse<'a>(query: impl Iterator<Item = (&'a str, &'a str)>) -> ParsedFilter {
        let mut filter = Self::default();
        let mut draft = None::<ConditionDraft>;
        for (name, value) in query {
            match name {
                "q" => value.clone_into(&mut filter.search),
                "is" => filter.quick.extend(QuickFilter::ALL.into_iter().find(|known| known.code() == value)),
                "where" => filter.conditions.extend(UserCondition::from_word(value)),
                "match" if value == "any" => filter.join = Join::Any,
                "after" => filter.page.after = Some(value.to_owned()),
                "before" => filter.page.before = Some(value.to_owned()),
                "field" => value.clone_into(&mut draft.get_or_insert_default().field),
                "operator" => value.clone_into(&mut draft.get_or_insert_default().operator),
                "value" => value.clone_into(&mut draft.get_or_insert_default().value),
                _ => {}
            }
        }
        filter.quick.sort_unstable();
        filter.quick.dedup();
        if let Some(typed) = &mut draft {
            match UserCondition::parse(&typed.field, &typed.operator, &typed.value) {
                Ok(_) if filter.conditions.len() >= MOST_CONDITIONS => {
                    typed.errors = FieldErrors::one("value", "Remove a filter first: there are ten already.");
                }
                Ok(condition) => {
                    filter.conditions.push(condition);
                    draft = None;
                }
                Err(errors) => typed.errors = errors,
            }
        }
        filter.conditions.truncate(MOST_CONDITIONS);
        ParsedFilter { filter, draft }
    }

    /// The filter as names and values, without the page.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.search.is_empty() {
            pairs.push(("q", self.search.clone()));
        }
        pairs.extend(self.quick.iter().map(|quick| ("is", quick.code().to_owned())));
        pairs.extend(self.conditions.iter().map(|condition| ("where", condition.to_word())));
        if self.join == Join::Any {
            pairs.push(("match", "any".to_owned()));
        }
        pairs
    }

    /// The filter as an address's query, with its question mark; empty for all users.
    pub fn to_query(&self) -> String {
        let mut pairs = self.pairs();
        match &self.page {
            PageRequest { after: Some(after), .. } => pairs.push(("after", after.clone())),
            PageRequest { before: Some(before), .. } => pairs.push(("before", before.clone())),
            PageRequest { .. } => {}
        }
        let mut query = String::new();
        for (name, value) in pairs {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(name);
            query.push('=');
            query.push_str(&escape(&value));
        }
        query
    }

    /// The first page of the filter with a ready-made one more, or less.
    #[must_use]
    pub fn toggled(&self, quick: QuickFilter) -> Self {
        let mut filter = Self { page: PageRequest::default(), ..self.clone() };
        if self.quick.contains(&quick) {
            filter.quick.retain(|known| *known != quick);
        } else {
            filter.quick.push(quick);
            filter.quick.sort_unstable();
        }
        filter
    }

    /// The first page of the filter without one of its conditions.
    #[must_use]
    pub fn without(&self, condition: usize) -> Self {
        let mut filter = Self { page: PageRequest::default(), ..self.clone() };
        if condition < filter.conditions.len() {
            filter.conditions.remove(condition);
        }
        if filter.conditions.len() < 2 {
            filter.join = Join::All;
        }
        filter
    }

    /// Whether every user is shown.
    pub fn is_empty(&self) -> bool {
        self.search.trim().is_empty() && self.quick.is_empty() && self.conditions.is_empty()
    }
}

/// A value as it stands in a query.
fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                escaped.push(char::from(byte));
            }
            b' ' => escaped.push('+'),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
