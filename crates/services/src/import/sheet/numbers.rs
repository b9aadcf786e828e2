//! Numbers with a decimal comma.

use std::borrow::Cow;

use crate::import::{file_kind::FileKind, notes::quote};

/// Columns of numbers; those of lines by what follows their prefix.
const NUMBERS: [&str; 14] = [
    "amount_total",
    "amount_untaxed",
    "amount_tax",
    "amount_residual",
    "expected_revenue",
    "probability",
    "allocated_hours",
    "effective_hours",
    "unit_amount",
    "product_uom_qty",
    "product_qty",
    "quantity",
    "price_unit",
    "discount",
];
const LINE_SUBTOTAL: &str = "price_subtotal";

/// Whether a column has numbers.
pub(super) fn is_number(kind: FileKind, column: &str) -> bool {
    let name = kind.columns().line_prefix.and_then(|prefix| column.strip_prefix(prefix)).unwrap_or(column);
    name == LINE_SUBTOTAL || NUMBERS.contains(&name)
}

/// A number with a decimal comma as one with a decimal point. A guess would be wrong by a factor of a thousand.
pub(super) fn point<'a>(cell: &str, line: u64, column: &str) -> Result<Cow<'a, str>, String> {
    let number: String = cell.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
    let (whole, part) = number.split_once(',').unwrap_or((&number, ""));
    let mut groups = whole.trim_start_matches(['-', '+']).split('.');
    let first = groups.next().unwrap_or_default();
    let groups: Vec<&str> = groups.collect();
    let is_grouped =
        groups.is_empty() || ((1..=3).contains(&first.len()) && groups.iter().all(|group| group.len() == 3));
    if !is_grouped || part.contains(['.', ',']) {
        return Err(format!(
            "has {} on line {line}, column {column}, which is no number with a decimal comma",
            quote(cell)
        ));
    }
    let whole = whole.replace('.', "");
    Ok(Cow::Owned(if part.is_empty() { whole } else { format!("{whole}.{part}") }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_comma_is_read_or_refused_and_never_guessed() {
        let read = |cell| point(cell, 1, "x").map(Cow::into_owned).ok();
        assert_eq!(read("1.234,50").as_deref(), Some("1234.50"));
        assert_eq!(read("-12,5").as_deref(), Some("-12.5"));
        assert_eq!(read("1 234 567").as_deref(), Some("1234567"));
        assert_eq!(read("").as_deref(), Some(""));
        for wrong in ["12.50", "1,234.50", "1,2,3", ".5", "1.2345,00"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
