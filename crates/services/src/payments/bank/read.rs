//! Reads a statement as banks give it: a table with headings of their own.

use std::collections::HashMap;

use domain::{Currency, Money, payments::BankLine, typed_number::parse_typed};
use time::{Date, Month};

use crate::{
    ServiceError, ServiceResult,
    import::{CsvRow, read_separated_rows},
};

/// Largest statement, in bytes.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Most lines.
const MOST_LINES: usize = 5_000;

/// What a column is called by banks: letters and digits alone, in lower case.
const DATE: &[&str] = &[
    "date",
    "bookingdate",
    "bookedon",
    "transactiondate",
    "valuedate",
    "buchungstag",
    "buchungsdatum",
    "valuta",
    "valutadatum",
];
const AMOUNT: &[&str] =
    &["amount", "credit", "betrag", "umsatz", "value", "betrageur", "amounteur", "paidin"];
const CURRENCY: &[&str] = &["currency", "ccy", "waehrung", "währung"];
const TEXT: &[&str] = &[
    "reference",
    "remittanceinformation",
    "remittance",
    "purpose",
    "verwendungszweck",
    "description",
    "details",
    "paymentreference",
    "text",
    "message",
    "memo",
];
const PAYER: &[&str] = &[
    "payer",
    "name",
    "counterparty",
    "debtor",
    "from",
    "auftraggeber",
    "zahlungspflichtiger",
    "namezahlungsbeteiligter",
    "beguenstigterzahlungspflichtiger",
    "begünstigterzahlungspflichtiger",
    "payee",
];

/// A statement that was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub lines: Vec<BankLine>,
    pub errors: Vec<(u64, String)>,
    pub passed_over: u64,
}

struct Columns {
    date: usize,
    amount: usize,
    currency: Option<usize>,
    texts: Vec<usize>,
    payer: Option<usize>,
}

/// Reads a statement; lines that cannot be read stop nothing else.
///
/// # Errors
/// [`ServiceError::Invalid`] at `file` when it is no such table.
pub(super) fn read(bytes: &[u8], usual: Currency) -> ServiceResult<Read> {
    let wrong = |text: &str| ServiceError::field("file", text.to_owned());
    if bytes.len() > MOST_BYTES {
        return Err(wrong("The file is too large for a statement: take a shorter time."));
    }
    let text = decoded(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let first = text.lines().next().unwrap_or_default();
    let separator =
        [';', '\t', ','].into_iter().max_by_key(|separator| first.matches(*separator).count()).unwrap_or(';');
    let rows = read_separated_rows(text, separator)
        .map_err(|error| wrong(&format!("The file cannot be read as a table: {error}.")))?;
    let mut rows = rows.into_iter();
    let head = rows.next().ok_or_else(|| wrong("The file is empty."))?;
    let columns = columns(&head).map_err(|missing| {
        wrong(&format!(
            "There is no column with {missing}. The first line has to name the columns, such as Date, Amount, Currency, \
             Reference and Name."
        ))
    })?;
    let rows: Vec<_> = rows.collect();
    if rows.len() > MOST_LINES {
        return Err(wrong(&format!("These are more than {MOST_LINES} lines: take a shorter time.")));
    }
    let mut read = Read::default();
    let mut seen: HashMap<String, u32> = HashMap::new();
    for row in rows {
        match line(&row, &columns, usual) {
            Ok(Some(mut line)) => {
                let same = seen
                    .entry(format!("{} {} {} {}", line.booked_on, line.amount, line.text, line.payer))
                    .or_default();
                line.repetition = *same;
                *same += 1;
                read.lines.push(line);
            }
            Ok(None) => read.passed_over += 1,
            Err(why) => read.errors.push((row.line, why)),
        }
    }
    Ok(read)
}

/// UTF-8, or what older programs of banks write.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // ISO 8859-1 has the first 256 characters in their order.
        Err(_other) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn columns(head: &CsvRow<'_>) -> Result<Columns, &'static str> {
    let names: Vec<String> = head
        .cells
        .iter()
        .map(|cell| cell.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
        .collect();
    // In the order of the words: of two that fit, the better one.
    let find = |words: &[&str]| words.iter().find_map(|word| names.iter().position(|name| name == word));
    let texts =
        (0..names.len()).filter(|at| names.get(*at).is_some_and(|name| TEXT.contains(&name.as_str())));
    Ok(Columns {
        date: find(DATE).ok_or("the date")?,
        amount: find(AMOUNT).ok_or("the amount")?,
        currency: find(CURRENCY),
        texts: texts.collect(),
        payer: find(PAYER),
    })
}

/// A line of what came in; nothing for what went out.
fn line(row: &CsvRow<'_>, columns: &Columns, usual: Currency) -> Result<Option<BankLine>, String> {
    let cell = |at: usize| row.cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
    let currency = match columns.currency.map(cell).filter(|code| !code.is_empty()) {
        Some(code) => Currency::parse(code).map_err(|_no_code| format!("“{code}” is no currency."))?,
        None => usual,
    };
    let amount = cell(columns.amount);
    let plain =
        amount.trim_start_matches('+').trim_matches(|c: char| c.is_alphabetic() || "€$£ ".contains(c));
    let minor = parse_typed(plain, currency.decimals()).ok_or_else(|| format!("“{amount}” is no amount."))?;
    if minor <= 0 {
        return Ok(None);
    }
    let day = cell(columns.date);
    let booked_on =
        parse_day(day).ok_or_else(|| format!("“{day}” is no date, such as 2026-11-22 or 22.11.2026."))?;
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let texts: Vec<&str> = columns.texts.iter().map(|at| cell(*at)).filter(|text| !text.is_empty()).collect();
    Ok(Some(BankLine {
        line: row.line,
        booked_on,
        amount: Money::new(minor, currency),
        text: one_line(&texts.join(" ")),
        payer: one_line(columns.payer.map(cell).unwrap_or_default()),
        repetition: 0,
    }))
}

/// `2026-11-22`, `22.11.2026`, `22.11.26` or `22/11/2026`: the day comes first where the year does not.
fn parse_day(text: &str) -> Option<Date> {
    if let Ok(day) = domain::import::parse_date(text) {
        return Some(day);
    }
    let mut parts = text.split(['.', '/', '-']).map(|part| part.trim().parse::<i32>());
    let (day, month, year) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let year = if year < 100 { 2_000 + year } else { year };
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok().filter(|_| parts.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn euro() -> Currency {
        Currency::parse("EUR").expect("a code")
    }

    #[test]
    fn statements_of_several_banks_are_read() {
        let german = "\u{feff}Buchungstag;Valutadatum;Beguenstigter/Zahlungspflichtiger;Verwendungszweck;Betrag;Waehrung\r\n\
                      22.11.26;22.11.26;Ann Euro;\"RF18 INV 2026;00012\";1.234,50;EUR\r\n\
                      23.11.26;23.11.26;Landlord;Rent;-900,00;EUR\r\n";
        let read = read(german.as_bytes(), euro()).expect("a statement");
        assert_eq!((read.lines.len(), read.passed_over, read.errors.len()), (1, 1, 0));
        let line = &read.lines[0];
        assert_eq!((line.booked_on, line.amount.minor, line.line), (date!(2026 - 11 - 22), 123_450, 2));
        assert_eq!((line.text.as_str(), line.payer.as_str()), ("RF18 INV 2026;00012", "Ann Euro"));

        let english =
            "Date,Amount,Reference,Name\n2026-11-22,+50.00,P00001,Zo\u{eb}\n2026-11-22,50,P00001,Zo\u{eb}\n";
        let latin: Vec<u8> = english.chars().map(|c| u8::try_from(u32::from(c)).expect("latin")).collect();
        let read = super::read(&latin, euro()).expect("a statement");
        assert_eq!(
            read.lines.iter().map(|line| line.repetition).collect::<Vec<_>>(),
            [0, 1],
            "two that say the same are two"
        );
        assert_eq!(read.lines[0].payer, "Zo\u{eb}");
    }

    #[test]
    fn what_cannot_be_read_is_told_by_its_line() {
        let read =
            read("Date;Amount\nsoon;5\n2026-02-30;5\n2026-01-01;five\n2026-01-01;5,00\n".as_bytes(), euro());
        let read = read.expect("a statement");
        assert_eq!(read.errors.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(read.lines.len(), 1);
        for wrong in ["", "Amount\n5\n", "Date;Text\n", "Date;Amount\n\"2026"] {
            assert!(super::read(wrong.as_bytes(), euro()).is_err(), "{wrong}");
        }
    }
}
