//! Numbers and texts of documents as people read them, on screen and on paper.

/// A quantity in thousandths, without zeros at its end: `5`, `2.5`.
pub fn display_quantity(thousandths: i64) -> String {
    display_scaled(thousandths, 3)
}

/// A share in hundredths of a percent: `10 %`, `12.5 %`.
pub fn display_percent(hundredths: i64) -> String {
    format!("{} %", display_scaled(hundredths, 2))
}

fn display_scaled(value: i64, decimals: u32) -> String {
    let unit = 10_u64.pow(decimals);
    let absolute = value.unsigned_abs();
    let sign = if value < 0 { "−" } else { "" };
    let (whole, fraction) = (grouped(absolute / unit), absolute % unit);
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let width = usize::try_from(decimals).unwrap_or(0);
    let fraction = format!("{fraction:0width$}");
    format!("{sign}{whole}.{}", fraction.trim_end_matches('0'))
}

/// Thousands apart, as in amounts of money.
fn grouped(whole: u64) -> String {
    if whole < 1_000 { whole.to_string() } else { format!("{},{:03}", grouped(whole / 1_000), whole % 1_000) }
}

/// The parts of a text between empty lines.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut all: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines().map(str::trim_end) {
        match (line.is_empty(), all.last_mut()) {
            (false, Some(last)) => last.push(line),
            _ => all.push(Vec::new()),
        }
    }
    all.into_iter().filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_end_without_zeros() {
        assert_eq!(display_quantity(5_000), "5");
        assert_eq!(display_quantity(2_500), "2.5");
        assert_eq!(display_quantity(1), "0.001");
        assert_eq!(display_quantity(-1_050), "−1.05");
        assert_eq!(display_quantity(0), "0");
        assert_eq!(display_quantity(1_234_005_670), "1,234,005.67");
    }

    #[test]
    fn shares_read_as_percent() {
        assert_eq!(display_percent(1_000), "10 %");
        assert_eq!(display_percent(1_250), "12.5 %");
    }

    #[test]
    fn empty_lines_part_paragraphs() {
        assert_eq!(paragraphs("a\r\nb\n\n \nc\n"), ["a\nb", "c"]);
        assert!(paragraphs(" \n\n").is_empty());
    }
}
