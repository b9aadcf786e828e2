//! Conditions of one's own on users: a field, an operator, a value.

use serde::{Deserialize, Serialize};
use time::Date;

use super::UserStatus;
use crate::{FieldErrors, date};

/// Longest value of a condition, in characters.
const MAX_VALUE: usize = 100;

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
                    LastTest::Before(day) => (field, Operator::Before, date::to_iso(*day)),
                    LastTest::After(day) => (field, Operator::After, date::to_iso(*day)),
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

    /// The condition as its address has it.
    pub(super) fn to_word(&self) -> String {
        let (field, operator, value) = self.words();
        format!("{}.{}.{value}", field.code(), operator.code())
    }

    /// The condition of an address.
    pub(super) fn from_word(word: &str) -> Option<Self> {
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
    let day = || {
        date::parse_iso(value).ok_or_else(|| FieldErrors::one("value", "Enter a date such as 2026-11-22."))
    };
    let is_never = value.eq_ignore_ascii_case("never");
    let test = match operator {
        Operator::Before => LastTest::Before(day()?),
        Operator::After => LastTest::After(day()?),
        Operator::Text(TextTest::Is) if is_never => LastTest::Never,
        Operator::Text(TextTest::IsNot) if is_never => LastTest::Ever,
        Operator::Text(_) => {
            let text = "Latest authentication takes: before or after a date, is never, is not never.";
            return Err(FieldErrors::one("operator", text));
        }
    };
    Ok(UserCondition::LastAuthentication(test))
}
