//! The sums and lines of orders and invoices.

use domain::{
    Currency,
    import::{parse_amount, parse_percent, parse_quantity, parse_unit_price},
};

use crate::{
    documents::lines::NewLine,
    import::{cells::Cells, csv_rows::CsvRow},
};

/// The sums at the foot of a document, in minor units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sums {
    pub currency: Currency,
    pub untaxed: i64,
    pub tax: i64,
    pub total: i64,
}

/// What the columns of lines are called.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineColumns {
    pub description: &'static str,
    pub quantity: &'static str,
    pub unit_price: &'static str,
    pub discount: &'static str,
    pub subtotal: &'static str,
}

/// The currency and sums. Where only the total is given, there is no tax.
pub(super) fn sums(cells: &mut Cells<'_, '_>) -> Option<Sums> {
    let currency = cells.required_parsed("currency_id/name", Currency::parse)?;
    let total = cells.required_parsed("amount_total", |text| parse_amount(text, currency));
    let tax = cells.parsed("amount_tax", |text| parse_amount(text, currency));
    let untaxed = cells.parsed("amount_untaxed", |text| parse_amount(text, currency));
    let total = total?.minor;
    let (untaxed, tax) = match (untaxed, tax) {
        (Some(untaxed), Some(tax)) => (untaxed.minor, tax.minor),
        (Some(untaxed), None) => (untaxed.minor, total.saturating_sub(untaxed.minor)),
        (None, tax) => {
            let tax = tax.map_or(0, |tax| tax.minor);
            (total.saturating_sub(tax), tax)
        }
    };
    Some(Sums { currency, untaxed, tax, total })
}

/// The lines of a document's rows; `None` where the file has no columns of them.
pub(super) fn lines<'a>(
    cells: &mut Cells<'_, 'a>,
    rows: &[&CsvRow<'a>],
    columns: LineColumns,
    currency: Currency,
) -> Option<Vec<NewLine>> {
    let table = cells.table();
    if !table.has_lines() {
        return None;
    }
    let mut lines = Vec::new();
    for row in rows {
        if table.has_line_cells(row) {
            lines.push(line(&mut cells.at(row), columns, currency));
        }
    }
    Some(lines)
}

/// One line; a section or note has a description only.
fn line(cells: &mut Cells<'_, '_>, columns: LineColumns, currency: Currency) -> NewLine {
    let quantity = cells.parsed(columns.quantity, parse_quantity).unwrap_or_default();
    let price = cells.parsed(columns.unit_price, |text| parse_unit_price(text, currency));
    let unit_price = price.map_or(0, |price| price.minor);
    let discount = cells.parsed(columns.discount, parse_percent).unwrap_or_default();
    let subtotal = cells.parsed(columns.subtotal, |text| parse_amount(text, currency));
    NewLine {
        description: cells.lines(columns.description),
        quantity,
        unit_price,
        discount,
        subtotal: subtotal
            .map_or_else(|| computed(quantity, unit_price, discount), |subtotal| subtotal.minor),
    }
}

/// What a line comes to where the file does not say.
fn computed(quantity: i64, unit_price: i64, discount: i64) -> i64 {
    /// Thousandths of the quantity times ten-thousandths of the price.
    const UNIT: i128 = 10_000_000;
    let exact = i128::from(quantity) * i128::from(unit_price) * i128::from(10_000 - discount);
    let half = if exact < 0 { -UNIT / 2 } else { UNIT / 2 };
    i64::try_from((exact + half) / UNIT).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_to_quantity_times_price_less_discount() {
        assert_eq!(computed(3_000, 29_500, 0), 88_500);
        assert_eq!(computed(1_500, 1_001, 1_000), 1_351);
        assert_eq!(computed(-1_500, 1_001, 1_000), -1_351);
    }
}
