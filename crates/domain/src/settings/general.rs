//! The business, as its settings page has it.

use serde::{Deserialize, Serialize};

use super::Accent;
use crate::{
    Email, FieldErrors,
    payments::{Bic, Iban},
};

/// Longest single line.
const MAX_LINE: usize = 120;
/// Longest address.
const MAX_ADDRESS: usize = 500;

/// What the settings page's form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GeneralForm {
    /// The name on screens and in mails.
    pub business: String,
    /// The full legal name, where it is another.
    pub legal_name: String,
    /// The registered address.
    pub legal_address: String,
    /// The VAT number.
    pub vat: String,
    /// The company's registration.
    pub registration: String,
    /// Where customers ask for help.
    pub support_email: String,
    /// The same by telephone.
    pub support_phone: String,
    /// Where customers pay to by bank transfer; nothing where they do not.
    pub iban: String,
    /// The bank's code.
    pub bic: String,
    /// The account's holder, where it is not the business by its legal name.
    pub account_holder: String,
    /// The least that may be paid on an invoice at once, in percent of its total; nothing for any amount.
    pub least_payment: String,
    /// What is paid of a quotation to confirm it, in percent of its total; nothing where orders are not paid here.
    pub down_payment: String,
    /// How many days before an invoice is due customers are reminded; nothing for never.
    pub remind_before: String,
    /// How many days after: several, with commas between.
    pub remind_after: String,
    /// The time zone's IANA name.
    pub time_zone: String,
    /// The currency's ISO 4217 code.
    pub currency: String,
    /// The colour, or nothing for the original one.
    pub accent: String,
    /// Staff have to use two-factor authentication.
    pub require_two_factor: bool,
    /// Which state the form changes.
    pub version: i64,
}

/// What the settings page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeneralPage {
    /// What is set.
    pub form: GeneralForm,
    /// The time zones to choose from.
    pub time_zones: Vec<String>,
    /// The currencies to choose from: code and name.
    pub currencies: Vec<(String, String)>,
    /// The logo's address.
    pub logo: Option<String>,
}

impl GeneralForm {
    /// The texts with their fields' names and labels, in the page's order.
    #[must_use]
    pub fn texts(&self) -> [(&'static str, &'static str, &str); 17] {
        [
            ("business", "Business name", &self.business),
            ("legal_name", "Legal name", &self.legal_name),
            ("legal_address", "Legal address", &self.legal_address),
            ("vat", "VAT number", &self.vat),
            ("registration", "Registration", &self.registration),
            ("support_email", "Support email", &self.support_email),
            ("support_phone", "Support phone", &self.support_phone),
            ("iban", "IBAN", &self.iban),
            ("bic", "BIC", &self.bic),
            ("account_holder", "Account holder", &self.account_holder),
            ("least_payment", "Smallest part payment", &self.least_payment),
            ("down_payment", "Down payment", &self.down_payment),
            ("remind_before", "Remind before the due date", &self.remind_before),
            ("remind_after", "Remind after the due date", &self.remind_after),
            ("time_zone", "Time zone", &self.time_zone),
            ("currency", "Currency", &self.currency),
            ("accent", "Accent colour", &self.accent),
        ]
    }

    /// The same without blanks around texts, and with the colour in one form; or what is wrong with it. That
    /// time zone and currency exist is checked where their lists are.
    ///
    /// # Errors
    /// The fields that are missing, too long or no valid value.
    pub fn checked(self) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        for (field, _, text) in self.texts() {
            let text = text.trim();
            let (most, is_line) =
                if field == "legal_address" { (MAX_ADDRESS, false) } else { (MAX_LINE, true) };
            if text.chars().count() > most {
                errors.add(field, format!("Use at most {most} characters."));
            } else if text.chars().any(|c| c.is_control() && (is_line || !matches!(c, '\n' | '\r' | '\t'))) {
                errors.add(field, if is_line { "Use one line of plain text." } else { "Use plain text." });
            }
        }
        if self.business.trim().is_empty() {
            errors.add("business", "Enter the name that customers know you by.");
        }
        let mut support_email = self.support_email.trim().to_owned();
        if !support_email.is_empty() {
            match Email::parse(&support_email) {
                Ok(email) => email.as_str().clone_into(&mut support_email),
                Err(error) => errors.add("support_email", error.to_string()),
            }
        }
        let mut accent = String::new();
        if !self.accent.trim().is_empty() {
            match Accent::parse(&self.accent) {
                Ok(colour) => accent = colour.to_string(),
                Err(error) => errors.add("accent", error.to_string()),
            }
        }
        let mut iban = String::new();
        if !self.iban.trim().is_empty() {
            match Iban::parse(&self.iban) {
                Ok(account) => iban = account.to_string(),
                Err(error) => errors.add("iban", error.to_string()),
            }
        }
        let mut bic = String::new();
        if !self.bic.trim().is_empty() {
            match Bic::parse(&self.bic) {
                Ok(bank) => bank.as_str().clone_into(&mut bic),
                Err(error) => errors.add("bic", error.to_string()),
            }
        }
        for (field, text) in [("least_payment", &self.least_payment), ("down_payment", &self.down_payment)] {
            if !text.trim().is_empty() && percent(text).is_none() {
                errors.add(field, "Enter a number of percent from 1 to 100, or nothing.");
            }
        }
        for (field, text) in [("remind_before", &self.remind_before), ("remind_after", &self.remind_after)] {
            let is_single = field == "remind_before";
            if days(text).is_none_or(|days| days.len() > if is_single { 1 } else { MOST_REMINDERS }) {
                let wanted = if is_single {
                    "Enter a number of days"
                } else {
                    "Enter numbers of days, such as 7, 14, 30"
                };
                errors.add(field, format!("{wanted}, from 1 to {MOST_DAYS}, or nothing."));
            }
        }
        errors.into_result()?;
        let line = |text: &str| text.trim().to_owned();
        Ok(Self {
            business: line(&self.business),
            legal_name: line(&self.legal_name),
            legal_address: line(&self.legal_address.replace("\r\n", "\n")),
            vat: line(&self.vat),
            registration: line(&self.registration),
            support_phone: line(&self.support_phone),
            time_zone: line(&self.time_zone),
            currency: line(&self.currency),
            account_holder: line(&self.account_holder),
            least_payment: line(&self.least_payment),
            down_payment: line(&self.down_payment),
            remind_before: line(&self.remind_before),
            remind_after: line(&self.remind_after),
            support_email,
            iban,
            bic,
            accent,
            ..self
        })
    }
}

impl GeneralForm {
    /// The least that may be paid on a total at once, in minor units: at least one.
    #[must_use]
    pub fn least_of(&self, total: i64) -> i64 {
        percent(&self.least_payment).map_or(1, |percent| share(total, percent)).max(1)
    }

    /// What is paid of an order's total to confirm it; nothing where orders are not paid here.
    #[must_use]
    pub fn down_payment_of(&self, total: i64) -> Option<i64> {
        percent(&self.down_payment).map(|percent| share(total, percent).max(1))
    }
}

impl GeneralForm {
    /// The days on which customers are reminded of an invoice, counted from its due date.
    #[must_use]
    pub fn reminder_steps(&self) -> Vec<i32> {
        let before = days(&self.remind_before).unwrap_or_default().into_iter().map(|days| -days);
        before.chain(days(&self.remind_after).unwrap_or_default()).collect()
    }
}

/// Longest time before or after a due date that a reminder is sent.
const MOST_DAYS: i32 = 365;
/// Most reminders after a due date.
const MOST_REMINDERS: usize = 6;

/// Numbers of days with commas between.
fn days(text: &str) -> Option<Vec<i32>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let number = |part: &str| part.trim().parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
    text.split(',').map(number).collect()
}

/// Whole percent, from 1 to 100.
fn percent(text: &str) -> Option<i64> {
    let text = text.trim();
    let number: i64 = text.strip_suffix('%').unwrap_or(text).trim_end().parse().ok()?;
    (1..=100).contains(&number).then_some(number)
}

/// So many percent of a total, rounded up: what is asked for is never less.
fn share(total: i64, percent: i64) -> i64 {
    let exact = (i128::from(total) * i128::from(percent) + 99) / 100;
    i64::try_from(exact).unwrap_or(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> GeneralForm {
        GeneralForm { business: " Rivet Works ".into(), ..GeneralForm::default() }
    }

    #[test]
    fn texts_are_trimmed_and_values_brought_to_one_form() {
        let typed = GeneralForm {
            legal_address: "1 Road\r\nTown \r\n".into(),
            support_email: " Help@Rivet.example ".into(),
            accent: "06C".into(),
            ..form()
        };
        let checked = typed.checked().expect("fine");
        assert_eq!(checked.business, "Rivet Works");
        assert_eq!(checked.legal_address, "1 Road\nTown");
        assert_eq!(checked.support_email, "help@rivet.example");
        assert_eq!(checked.accent, "#0066cc");
        assert_eq!(form().checked().map(|form| form.accent), Ok(String::new()), "none is the original one");
    }

    #[test]
    fn reminders_are_days_around_the_due_date() {
        let form = |before: &str, after: &str| GeneralForm {
            remind_before: before.into(),
            remind_after: after.into(),
            ..form()
        };
        assert_eq!(form("3", "7, 14,30").reminder_steps(), [-3, 7, 14, 30]);
        assert!(form("", "").checked().is_ok() && form("", "").reminder_steps().is_empty());
        for (before, after) in
            [("3, 4", ""), ("", "0"), ("", "7;14"), ("-1", ""), ("", "1,2,3,4,5,6,7"), ("", "366")]
        {
            assert!(form(before, after).checked().is_err(), "{before} {after}");
        }
    }

    #[test]
    fn shares_of_totals_are_rounded_up() {
        let form = |least: &str, down: &str| GeneralForm {
            least_payment: least.into(),
            down_payment: down.into(),
            ..form()
        };
        assert_eq!(form("", "").least_of(999), 1);
        assert_eq!(form("25 %", "").least_of(999), 250);
        assert_eq!(form("", "30").down_payment_of(999), Some(300));
        assert_eq!(form("", "100").down_payment_of(i64::MAX), Some(i64::MAX));
        assert_eq!(form("", "").down_payment_of(999), None);
        for wrong in ["0", "101", "x", "-5", "1.5"] {
            let errors = form(wrong, wrong).checked().expect_err("wrong");
            assert!(errors.get("least_payment").is_some() && errors.get("down_payment").is_some(), "{wrong}");
        }
    }

    #[test]
    fn each_wrong_field_says_so() {
        let wrong = GeneralForm {
            business: " ".into(),
            vat: "x\ny".into(),
            support_email: "nobody".into(),
            accent: "yellow".into(),
            registration: "x".repeat(121),
            legal_address: "a\u{7}".into(),
            iban: "DE89 3704 0044 0532 0130 01".into(),
            bic: "COBA".into(),
            ..GeneralForm::default()
        };
        let errors = wrong.checked().expect_err("wrong");
        let fields =
            ["business", "vat", "support_email", "accent", "registration", "legal_address", "iban", "bic"];
        for field in fields {
            assert!(errors.get(field).is_some(), "{field}");
        }
        assert_eq!(errors.iter().count(), 8);
    }
}
