//! Reads a statement as banks give it: a table with headings of their own.

use std::collections::HashMap;

use domain::{
    Currency, Money,
    payments::{BankLine, bare},
    typed_number::parse_typed,
};
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
/// Whether it came in or went out, where amounts have no sign.
const SIDE: &[&str] = &[
    "sollhaben",
    "sollhabenkennzeichen",
    "sh",
    "debitcredit",
    "creditdebit",
    "creditdebitindicator",
    "drcr",
    "crdr",
    "dc",
];
/// What went out, and what came in.
const OUT: &[&str] = &["s", "soll", "d", "dr", "db", "dbit", "debit"];
const IN: &[&str] = &["h", "haben", "c", "cr", "crdt", "credit"];
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
    /// What went out stands in another column.
    is_split: bool,
    currency: Option<usize>,
    side: Option<usize>,
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
                let same = seen.entry(said(&line)).or_default();
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

/// What a line says: those that say the same are counted.
pub(super) fn said(line: &BankLine) -> String {
    let (text, payer) = (bare(&line.text), bare(&line.payer));
    format!("{} {} {} {text} {payer}", line.booked_on, line.amount.minor, line.amount.currency.code())
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
    let amount = find(AMOUNT).ok_or("the amount")?;
    Ok(Columns {
        date: find(DATE).ok_or("the date")?,
        amount,
        is_split: names.get(amount).is_some_and(|name| matches!(name.as_str(), "credit" | "paidin")),
        currency: find(CURRENCY),
        side: find(SIDE),
        texts: texts.collect(),
        payer: find(PAYER),
    })
}

/// A line of what came in; nothing for what went out.
fn line(row: &CsvRow<'_>, columns: &Columns, usual: Currency) -> Result<Option<BankLine>, String> {
    let cell = |at: usize| row.cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
    let told = match columns.currency.map(cell).filter(|code| !code.is_empty()) {
        Some(code) => Some(Currency::parse(code).map_err(|_no_code| format!("“{code}” is no currency."))?),
        None => None,
    };
    let amount = cell(columns.amount);
    if columns.is_split && amount.is_empty() {
        return Ok(None);
    }
    let no_amount = || format!("“{amount}” is no amount.");
    let is_sign = |c: char| c.is_alphabetic() || "€$£ \u{a0}".contains(c);
    let plain = amount.trim_start_matches('+').trim_matches(is_sign);
    // What stands around the number: a currency, or on which side it is.
    let around = amount.replacen(plain, " ", 1);
    let mut currency = told.unwrap_or(usual);
    let mut side = columns.side.map(cell).unwrap_or_default().to_lowercase();
    for word in around.split_whitespace().map(|word| word.trim_start_matches('+')) {
        let lower = word.to_lowercase();
        let code = match word {
            "" | "$" => continue,
            "€" => "EUR",
            "£" => "GBP",
            _ if OUT.contains(&lower.as_str()) || IN.contains(&lower.as_str()) => {
                side = lower;
                continue;
            }
            code => code,
        };
        let named = Currency::parse(code).map_err(|_no_code| no_amount())?;
        if told.is_some_and(|told| told != named) {
            return Err(format!("“{amount}” is not in {}.", currency.code()));
        }
        currency = named;
    }
    let minor = parse_typed(plain, currency.decimals()).ok_or_else(no_amount)?;
    if minor <= 0 || OUT.contains(&side.as_str()) {
        return Ok(None);
    }
    if !side.is_empty() && !IN.contains(&side.as_str()) {
        return Err(format!("“{side}” does not say whether it came in or went out."));
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
    fn what_went_out_is_told_in_several_ways() {
        let text = "Date;Amount;Soll/Haben\n2026-11-22;5,00;H\n2026-11-22;6,00;S\n2026-11-22;7,00;\n2026-11-22;8,00;?\n\
            2026-11-22;-9,00;H\n2026-11-22;10,00 S;\n2026-11-22;11.00 DR;\n2026-11-22;+12,00 H;\n2026-11-22;13,00 EUR;\n\
            2026-11-22;€14;\n2026-11-22;15 USD;\n2026-11-22;16 XQ;\n";
        let read = read(text.as_bytes(), euro()).expect("a statement");
        let came: Vec<_> = read.lines.iter().map(|line| line.amount.to_string()).collect();
        assert_eq!(came, ["€5.00", "€7.00", "€12.00", "€13.00", "€14.00", "$15.00"]);
        assert_eq!(read.passed_over, 4);
        assert_eq!(read.errors.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [5, 13]);
        let other =
            super::read(b"Date;Amount;Currency\n2026-11-22;5 USD;EUR\n", euro()).expect("a statement");
        assert_eq!((other.lines.len(), other.errors.len()), (0, 1));
    }

    #[test]
    fn lines_are_the_same_however_they_are_written() {
        let text = "Date;Amount;Reference\n2026-11-22;5;INV 1\n2026-11-22;5;inv-1\n2026-11-22;6;INV 1\n";
        let read = read(text.as_bytes(), euro()).expect("a statement");
        assert_eq!(read.lines.iter().map(|line| line.repetition).collect::<Vec<_>>(), [0, 1, 0]);
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
