//! Lines as they are typed, and what they add up to.

use std::collections::HashMap;

use domain::{
    Currency, FieldErrors,
    documents::{MOST_LINES, TypedDocument, TypedLine},
    typed_number::parse_typed,
};

use crate::documents::lines::NewLine;

/// Longest description of a line.
const MAX_DESCRIPTION: usize = 4_000;
/// A quantity of one.
const ONE: i64 = 1_000;
/// All of it, in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// Reads the lines. One that says the same as before keeps its amount, however that was rounded elsewhere.
pub(super) fn read_lines(
    typed: &TypedDocument,
    currency: Currency,
    before: &[(TypedLine, i64)],
    errors: &mut FieldErrors,
) -> Vec<NewLine> {
    let lines = typed.lines();
    if typed.last_line() > MOST_LINES {
        errors.add("lines", format!("Use at most {MOST_LINES} lines."));
        return Vec::new();
    }
    let mut kept: HashMap<&TypedLine, i64> =
        before.iter().map(|(line, subtotal)| (line, *subtotal)).collect();
    let mut all = Vec::with_capacity(lines.len());
    for (number, line) in &lines {
        let Some(mut new) = read_line(*number, line, currency, errors) else { continue };
        if let Some(subtotal) = kept.remove(line) {
            new.subtotal = subtotal;
        }
        all.push(new);
    }
    all
}

fn read_line(
    number: usize,
    line: &TypedLine,
    currency: Currency,
    errors: &mut FieldErrors,
) -> Option<NewLine> {
    let before = errors.iter().count();
    let description = line.description.trim().replace("\r\n", "\n");
    if description.is_empty() {
        errors.add(&TypedLine::field(number, "description"), "Say what it is for.");
    } else if description.chars().count() > MAX_DESCRIPTION {
        let text = format!("Use at most {MAX_DESCRIPTION} characters.");
        errors.add(&TypedLine::field(number, "description"), text);
    }
    let mut figure = |part: &str, decimals: u32, when_empty: i64, example: &str| {
        let text = line.part(part).trim().trim_end_matches('%');
        if text.trim().is_empty() {
            return when_empty;
        }
        parse_typed(text, decimals).unwrap_or_else(|| {
            errors.add(&TypedLine::field(number, part), format!("Enter a number such as {example}."));
            0
        })
    };
    // What has no price says something and costs nothing.
    let is_remark = line.price.trim().is_empty() && line.quantity.trim().is_empty();
    let quantity = figure("quantity", 3, if is_remark { 0 } else { ONE }, "2.5");
    let unit_price = figure("price", currency.decimals(), 0, "1,250.50");
    let discount = figure("discount", 2, 0, "12.5");
    if !(0..=WHOLE).contains(&discount) {
        errors.add(&TypedLine::field(number, "discount"), "Enter a share from 0 to 100.");
    }
    let subtotal = subtotal(quantity, unit_price, discount);
    if subtotal.is_none() {
        errors.add(&TypedLine::field(number, "price"), "That is too much.");
    }
    let subtotal = subtotal.unwrap_or(0);
    (errors.iter().count() == before).then_some(NewLine {
        description,
        quantity,
        unit_price,
        discount,
        subtotal,
    })
}

/// Quantity times price less the discount, rounded half away from zero.
fn subtotal(quantity: i64, unit_price: i64, discount: i64) -> Option<i64> {
    let exact = i128::from(quantity) * i128::from(unit_price) * i128::from(WHOLE - discount);
    rounded(exact, i128::from(ONE) * i128::from(WHOLE))
}

/// A share of an amount, in hundredths of a percent, rounded half away from zero.
pub(super) fn share_of(amount: i64, share: i64) -> Option<i64> {
    rounded(i128::from(amount) * i128::from(share), i128::from(WHOLE))
}

fn rounded(exact: i128, unit: i128) -> Option<i64> {
    let half = if exact < 0 { -(unit / 2) } else { unit / 2 };
    i64::try_from((exact + half) / unit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(lines: &[[&str; 4]]) -> TypedDocument {
        let mut fields = Vec::new();
        for (number, parts) in (1..).zip(lines) {
            for (part, value) in TypedLine::PARTS.iter().zip(parts) {
                fields.push((TypedLine::field(number, part), (*value).to_owned()));
            }
        }
        TypedDocument(fields)
    }

    #[test]
    fn lines_add_up_to_the_cent() {
        let mut errors = FieldErrors::default();
        let typed = typed(&[
            ["Bolts", "2.5", "10.01", ""],
            ["Nuts\r\nM6", "", "7", "12.5 %"],
            ["", "", "", ""],
            ["A remark", "", "", ""],
            ["Back", "-1", "1,000.00", ""],
        ]);
        let lines = read_lines(&typed, Currency::USD, &[], &mut errors);
        assert!(errors.is_empty(), "{errors:?}");
        let subtotals: Vec<i64> = lines.iter().map(|line| line.subtotal).collect();
        assert_eq!(subtotals, [2_503, 613, 0, -100_000]);
        assert_eq!(lines[1].description, "Nuts\nM6");
        assert_eq!(lines[2].quantity, 0);
        assert_eq!(share_of(2_503, 1_900), Some(476));
    }

    #[test]
    fn what_is_wrong_is_said_beside_it() {
        let mut errors = FieldErrors::default();
        let typed = typed(&[["", "1", "5", ""], ["Bolts", "many", "5", "101"], ["Bolts", "1", "1.005", ""]]);
        assert_eq!(read_lines(&typed, Currency::USD, &[], &mut errors).len(), 0);
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["line.1.description", "line.2.quantity", "line.2.discount", "line.3.price"]);
    }

    #[test]
    fn an_unchanged_line_keeps_its_amount() {
        let line = TypedLine {
            description: "Rounded elsewhere".into(),
            quantity: "3".into(),
            price: "0.33".into(),
            discount: String::new(),
        };
        let typed = typed(&[["Rounded elsewhere", "3", "0.33", ""], ["Rounded elsewhere", "4", "0.33", ""]]);
        let lines = read_lines(&typed, Currency::USD, &[(line, 100)], &mut FieldErrors::default());
        assert_eq!(lines.iter().map(|line| line.subtotal).collect::<Vec<_>>(), [100, 132]);
    }
}
