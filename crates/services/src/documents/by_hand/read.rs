//! From what was typed to what a document says.

use domain::{
    Currency, FieldErrors,
    date::parse_iso,
    documents::{
        Direction, DocumentDetails, DocumentKind, DocumentState, StaffOnly, TypedDocument, TypedLine,
    },
    typed_number::parse_typed,
};
use time::Date;

use super::{layout::has_lines, lines};
use crate::documents::{lines::NewLine, write::Content};

/// Longest line of text.
const MAX_LINE: usize = 200;
/// Longest text.
const MAX_TEXT: usize = 20_000;

/// What a form says, less whom it is for.
pub(crate) struct Written {
    /// What it says.
    pub(crate) content: Content,
    /// The lines, for kinds that have any.
    pub(crate) lines: Option<Vec<NewLine>>,
}

/// Reads a form of a kind. `before` is what the document says, with its lines and their amounts.
///
/// # Errors
/// Each field that is wrong, with what to do.
pub(crate) fn read(
    kind: DocumentKind,
    typed: &TypedDocument,
    before: Option<&Content>,
    lines_before: &[(TypedLine, i64)],
) -> Result<Written, FieldErrors> {
    let mut form = Form { typed, errors: FieldErrors::default() };
    let state = form.state(kind, before.map(|before| before.state));
    let (number, mut title) = (form.line("number"), form.line("title"));
    let (dated_on, due_on) = (form.day("dated_on"), form.day("due_on"));
    let currency = if has_lines(kind) || kind == DocumentKind::Lead { form.currency() } else { None };
    let details = form.details(kind, currency, due_on, dated_on, before);
    form.require_names(kind, state, &number, &title, dated_on);
    let mut written = Content {
        kind,
        number,
        title: String::new(),
        state,
        dated_on,
        due_on,
        currency,
        untaxed: None,
        tax: None,
        total: None,
        residual: None,
        details,
    };
    let mut new_lines = None;
    if let Some(currency) = currency.filter(|_| has_lines(kind)) {
        let lines = lines::read_lines(typed, currency, lines_before, &mut form.errors);
        form.sums(&mut written, &lines, currency);
        if title.is_empty() {
            let first = lines.first().and_then(|line| line.description.lines().next());
            title = first.unwrap_or(written.details.noun()).chars().take(MAX_LINE).collect();
        }
        new_lines = Some(lines);
    }
    written.title = title;
    form.errors.into_result()?;
    Ok(Written { content: written, lines: new_lines })
}

struct Form<'a> {
    typed: &'a TypedDocument,
    errors: FieldErrors,
}

impl Form<'_> {
    fn line(&mut self, name: &str) -> String {
        let text = self.typed.get(name).trim();
        if text.chars().count() > MAX_LINE {
            self.errors.add(name, format!("Use at most {MAX_LINE} characters."));
        } else if text.chars().any(char::is_control) {
            self.errors.add(name, "Use one line of plain text.");
        }
        text.to_owned()
    }

    fn text(&mut self, name: &str) -> String {
        let text = self.typed.get(name).trim().replace("\r\n", "\n");
        if text.chars().count() > MAX_TEXT {
            self.errors.add(name, format!("Use at most {MAX_TEXT} characters."));
        }
        text
    }

    fn day(&mut self, name: &str) -> Option<Date> {
        let text = self.typed.get(name).trim();
        let day = parse_iso(text);
        if day.is_none() && !text.is_empty() {
            self.errors.add(name, "Enter a day such as 2026-11-22.");
        }
        day
    }

    fn currency(&mut self) -> Option<Currency> {
        let currency = Currency::parse(self.typed.get("currency")).ok();
        if currency.is_none() {
            self.errors.add("currency", "Enter the three letters of a currency, such as EUR.");
        }
        currency
    }

    fn number(&mut self, name: &str, decimals: u32, example: &str) -> Option<i64> {
        let text = self.typed.get(name).trim();
        let number = parse_typed(text, decimals);
        if number.is_none() && !text.is_empty() {
            self.errors.add(name, format!("Enter a number such as {example}."));
        }
        number
    }

    /// `1:30` or `1.5`.
    fn minutes(&mut self, name: &str) -> i64 {
        let text = self.typed.get(name).trim().trim_end_matches('h').trim();
        if text.is_empty() {
            return 0;
        }
        let minutes = match text.split_once(':') {
            Some((hours, minutes)) => clock(hours, minutes),
            None => parse_typed(text, 2).map(|hundredths| (hundredths * 60 + 50) / 100),
        };
        let minutes = minutes.filter(|minutes| (0..=6_000_000).contains(minutes));
        minutes.unwrap_or_else(|| {
            self.errors.add(name, "Enter hours such as 1:30 or 1.5.");
            0
        })
    }

    fn state(&mut self, kind: DocumentKind, before: Option<DocumentState>) -> DocumentState {
        let state = DocumentState::parse(self.typed.get("state"));
        let known = state.filter(|state| DocumentState::of(kind).contains(state) || before == Some(*state));
        known.unwrap_or_else(|| {
            self.errors.add("state", "Choose a status from the list.");
            DocumentState::Draft
        })
    }

    /// What a kind must have to be found again.
    fn require_names(
        &mut self,
        kind: DocumentKind,
        state: DocumentState,
        number: &str,
        title: &str,
        dated_on: Option<Date>,
    ) {
        let needs_number = match kind {
            DocumentKind::Sale | DocumentKind::Purchase => true,
            DocumentKind::Invoice => state == DocumentState::Posted,
            _ => false,
        };
        if needs_number && number.is_empty() {
            self.errors.add("number", "Enter the number that the customer knows it by.");
        }
        if !has_lines(kind) && title.is_empty() || kind == DocumentKind::Subscription && title.is_empty() {
            self.errors.add("title", "Say in a few words what it is about.");
        }
        if kind == DocumentKind::Timesheet && dated_on.is_none() && self.errors.get("dated_on").is_none() {
            self.errors.add("dated_on", "Enter the day of the work.");
        }
    }

    fn sums(&mut self, content: &mut Content, lines: &[NewLine], currency: Currency) {
        let counted = lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(line.subtotal));
        let untaxed = self.number("untaxed", currency.decimals(), "1,250.50").or(counted);
        let Some(untaxed) = untaxed else {
            self.errors.add("untaxed", "That is too much.");
            return;
        };
        let tax = self.tax(untaxed, currency);
        let Some(total) = untaxed.checked_add(tax) else {
            self.errors.add("tax", "That is too much.");
            return;
        };
        content.untaxed = Some(untaxed);
        content.tax = Some(tax);
        content.total = Some(total);
        if content.kind == DocumentKind::Invoice {
            let paid = self.number("paid", currency.decimals(), "1,250.50").unwrap_or(0);
            if paid < 0 || paid > total.max(0) {
                self.errors.add("paid", "Enter no more than the total.");
            }
            content.residual = Some(total.saturating_sub(paid));
        }
    }

    /// An amount, or a rate such as `19 %`.
    fn tax(&mut self, untaxed: i64, currency: Currency) -> i64 {
        let text = self.typed.get("tax").trim().to_owned();
        let Some(rate) = text.strip_suffix('%') else {
            return self.number("tax", currency.decimals(), "1,250.50, or a rate such as 19 %").unwrap_or(0);
        };
        let rate = parse_typed(rate, 2).filter(|rate| (0..=10_000).contains(rate));
        rate.and_then(|rate| lines::share_of(untaxed, rate)).unwrap_or_else(|| {
            self.errors.add("tax", "Enter an amount, or a rate such as 19 %.");
            0
        })
    }

    fn details(
        &mut self,
        kind: DocumentKind,
        currency: Option<Currency>,
        due_on: Option<Date>,
        dated_on: Option<Date>,
        before: Option<&Content>,
    ) -> DocumentDetails {
        match kind {
            DocumentKind::Lead => self.lead(currency),
            DocumentKind::Sale => DocumentDetails::Sale {
                salesperson: self.line("salesperson"),
                valid_until: due_on,
                customer_reference: self.line("customer_reference"),
                note: self.text("note"),
            },
            DocumentKind::Purchase => DocumentDetails::Purchase { planned_on: due_on },
            DocumentKind::Invoice => self.invoice(before),
            DocumentKind::Project => DocumentDetails::Project {
                manager: self.line("manager"),
                starts_on: dated_on,
                ends_on: due_on,
                description: self.text("description"),
            },
            DocumentKind::Task => DocumentDetails::Task {
                stage: self.line("stage"),
                assignees: self.line("assignees"),
                priority: self.line("priority"),
                allocated_minutes: self.minutes("allocated"),
                spent_minutes: self.minutes("spent"),
                description: self.text("description"),
            },
            DocumentKind::Timesheet => {
                DocumentDetails::Timesheet { employee: self.line("employee"), minutes: self.minutes("spent") }
            }
            DocumentKind::Ticket => DocumentDetails::Ticket {
                priority: self.line("priority"),
                description: self.text("description"),
            },
            DocumentKind::Signature => DocumentDetails::Signature { description: self.text("description") },
            DocumentKind::Subscription => {
                DocumentDetails::Subscription { recurrence: self.line("recurrence"), next_invoice_on: due_on }
            }
        }
    }

    fn lead(&mut self, currency: Option<Currency>) -> DocumentDetails {
        let is_opportunity = self.typed.get("type") == "opportunity";
        let salesperson = Some(self.line("salesperson")).filter(|name| !name.is_empty());
        let decimals = currency.map_or(2, Currency::decimals);
        let probability = self.number("probability", 2, "12.5");
        if probability.is_some_and(|share| !(0..=10_000).contains(&share)) {
            self.errors.add("probability", "Enter a share from 0 to 100.");
        }
        DocumentDetails::Lead {
            is_opportunity,
            stage: self.line("stage"),
            contact_name: self.line("contact_name"),
            email: self.line("email"),
            salesperson: StaffOnly(salesperson),
            expected_revenue: StaffOnly(self.number("expected_revenue", decimals, "1,250.50")),
            probability: StaffOnly(probability),
        }
    }

    fn invoice(&mut self, before: Option<&Content>) -> DocumentDetails {
        let (direction, is_credit) = match self.typed.get("type") {
            "invoice" => (Direction::Receivable, false),
            "credit-note" => (Direction::Receivable, true),
            "bill" => (Direction::Payable, false),
            "vendor-credit-note" => (Direction::Payable, true),
            _ => {
                self.errors.add("type", "Choose a type from the list.");
                (Direction::Receivable, false)
            }
        };
        // What another system called it stays until that system says otherwise.
        let payment_state = match before.map(|before| &before.details) {
            Some(DocumentDetails::Invoice { payment_state, .. }) => payment_state.clone(),
            _ => String::new(),
        };
        let (reference, origin) = (self.line("reference"), self.line("origin"));
        DocumentDetails::Invoice { direction, is_credit, payment_state, reference, origin }
    }
}

fn clock(hours: &str, minutes: &str) -> Option<i64> {
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(hours) || !are_digits(minutes) || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
    (minutes < 60).then(|| hours.checked_mul(60)?.checked_add(minutes)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> TypedDocument {
        TypedDocument(fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
    }

    fn refused(kind: DocumentKind, fields: &[(&str, &str)]) -> Vec<String> {
        let errors = read(kind, &typed(fields), None, &[]).err().expect("is refused");
        errors.iter().map(|(field, _)| field.to_owned()).collect()
    }

    #[test]
    fn an_invoice_adds_up() {
        let fields = [
            ("type", "invoice"),
            ("state", "posted"),
            ("number", "INV/1"),
            ("currency", "eur"),
            ("dated_on", "2026-11-22"),
            ("line.1.description", "Bolts\nM6"),
            ("line.1.quantity", "3"),
            ("line.1.price", "33.33"),
            ("tax", "19 %"),
            ("paid", "18.99"),
        ];
        let written = read(DocumentKind::Invoice, &typed(&fields), None, &[]).expect("reads");
        let content = written.content;
        assert_eq!((content.untaxed, content.tax, content.total), (Some(9_999), Some(1_900), Some(11_899)));
        assert_eq!((content.residual, content.title.as_str()), (Some(10_000), "Bolts"));
        let more = [&fields[..], &[("tax", "-5 %"), ("untaxed", "x")]].concat();
        let more: Vec<_> =
            more.into_iter().filter(|(name, value)| *name != "tax" || *value == "-5 %").collect();
        assert_eq!(refused(DocumentKind::Invoice, &more), ["untaxed", "tax"]);
    }

    #[test]
    fn what_is_missing_is_said() {
        assert_eq!(refused(DocumentKind::Sale, &[]), ["state", "currency", "number"]);
        let bare = [("state", "draft"), ("currency", "USD"), ("type", "invoice")];
        assert!(read(DocumentKind::Invoice, &typed(&bare), None, &[]).is_ok(), "a draft needs no number");
        assert_eq!(
            refused(DocumentKind::Project, &[("state", "open"), ("due_on", "soon")]),
            ["due_on", "title"]
        );
        let work = [("state", "recorded"), ("title", "Welding"), ("spent", "1:75")];
        assert_eq!(refused(DocumentKind::Timesheet, &work), ["spent", "dated_on"]);
        assert_eq!(refused(DocumentKind::Ticket, &[("state", "posted"), ("title", "x")]), ["state"]);
    }

    #[test]
    fn hours_are_read_both_ways() {
        for (text, expected) in [("1:30", 90), ("1.5", 90), ("0,25", 15), ("2 h", 120), ("", 0)] {
            let fields = [("state", "recorded"), ("title", "x"), ("dated_on", "2026-11-22"), ("spent", text)];
            let written = read(DocumentKind::Timesheet, &typed(&fields), None, &[]).expect("reads");
            let DocumentDetails::Timesheet { minutes, .. } = written.content.details else {
                panic!("a kind")
            };
            assert_eq!(minutes, expected, "{text}");
        }
    }
}
