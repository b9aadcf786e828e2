//! VAT numbers of the European Union and some neighbours: their form as VIES documents it, and check digits where
//! one rule holds for all numbers of a country. Everything else passes as typed.

use super::Country;

/// Longest number of a country without a rule here.
const LONGEST: usize = 30;

/// A country's numbers: prefix, the country's own code, the form, an example, and the check.
///
/// In a form `9` is a digit, `A` a letter, `*` either, anything else itself; `|` separates several.
type Rule = (&'static str, &'static str, &'static str, &'static str, fn(&[u32]) -> bool);

const RULES: &[Rule] = &[
    ("AT", "AT", "U99999999", "ATU10223006", |d| {
        let sum: u32 =
            d.iter().take(7).enumerate().map(|(at, n)| if at % 2 == 0 { *n } else { halved(n * 2) }).sum();
        last(d) == (96 - sum) % 10
    }),
    ("BE", "BE", "0999999999|1999999999", "BE0776091951", |d| 97 - number(d, 0..8) % 97 == number(d, 8..10)),
    ("BG", "BG", "999999999|9999999999", "BG101004508", any),
    ("CY", "CY", "99999999A", "CY00632993F", any),
    ("CZ", "CZ", "99999999|999999999|9999999999", "CZ46505334", any),
    ("DE", "DE", "999999999", "DE136695976", mod_11_10),
    ("DK", "DK", "99999999", "DK88146328", |d| weighed(d, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)),
    ("EE", "EE", "999999999", "EE100207415", |d| weighed(d, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)),
    ("EL", "GR", "999999999", "EL094259216", |d| {
        weighed(d, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == last(d)
    }),
    ("ES", "ES", "A99999999|99999999A|A9999999A", "ESA13585625", any),
    ("FI", "FI", "99999999", "FI09853608", |d| weighed(d, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11)),
    ("FR", "FR", "**999999999", "FR83404833048", any),
    ("HR", "HR", "99999999999", "HR33392005961", mod_11_10),
    ("HU", "HU", "99999999", "HU12892312", |d| weighed(d, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10)),
    ("IE", "IE", "9999999A|9999999AA|9A99999A", "IE6433435F", any),
    ("IT", "IT", "99999999999", "IT00743110157", luhn),
    ("LT", "LT", "999999999|999999999999", "LT119511515", any),
    ("LU", "LU", "99999999", "LU15027442", |d| number(d, 0..6) % 89 == number(d, 6..8)),
    ("LV", "LV", "99999999999", "LV40003521600", any),
    ("MT", "MT", "99999999", "MT11679112", |d| {
        (weighed(d, &[3, 4, 6, 7, 8, 9]) + number(d, 6..8)).is_multiple_of(37)
    }),
    ("NL", "NL", "999999999B99", "NL004495445B01", |d| {
        weighed(d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == d.get(8).copied().unwrap_or(11) || is_dutch_97(d)
    }),
    ("PL", "PL", "9999999999", "PL8567346215", |d| weighed(d, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(d)),
    ("PT", "PT", "999999999", "PT501964843", |d| {
        (11 - weighed(d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == last(d)
    }),
    ("RO", "RO", "99|999|9999|99999|999999|9999999|99999999|999999999|9999999999", "RO18547290", |d| {
        let from = 10_usize.saturating_sub(d.len());
        let weights = [7, 5, 3, 2, 1, 7, 5, 3, 2];
        weighed(d, weights.get(from..).unwrap_or_default()) * 10 % 11 % 10 == last(d)
    }),
    ("SE", "SE", "999999999901", "SE123456789701", |d| luhn(d.get(..10).unwrap_or_default())),
    ("SI", "SI", "99999999", "SI50223054", |d| {
        let rest = 11 - weighed(d, &[8, 7, 6, 5, 4, 3, 2]) % 11;
        rest != 11 && rest % 10 == last(d)
    }),
    ("SK", "SK", "9999999999", "SK2022749619", |d| {
        d.iter().fold(0_u64, |all, digit| all * 10 + u64::from(*digit)) % 11 == 0
    }),
    ("GB", "GB", "999999999|999999999999|GD999|HA999", "GB980780684", british),
    ("XI", "GB", "999999999|999999999999|GD999|HA999", "XI980780684", british),
    ("CHE", "CH", "999999999|999999999MWST|999999999TVA|999999999IVA", "CHE107787577", |d| {
        (11 - weighed(d, &[5, 4, 3, 2, 7, 6, 5, 4]) % 11) % 11 == last(d)
    }),
    ("NO", "NO", "999999999|999999999MVA", "NO995525828MVA", |d| {
        weighed(d, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
    }),
];

/// Checks a VAT number and answers it as it is kept. One with the prefix of another country is checked as that
/// country's: companies register where they sell.
///
/// # Errors
/// What is wrong with it, for people.
pub(crate) fn check_vat(typed: &str, country: &str) -> Result<String, String> {
    let number: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !".-/".contains(*c))
        .collect::<String>()
        .to_uppercase();
    if number.is_empty() {
        return Ok(number);
    }
    let has_prefix = |(prefix, ..): &&Rule| {
        number.strip_prefix(prefix).is_some_and(|rest| rest.chars().any(|c| c.is_ascii_digit()))
    };
    let by_prefix = RULES.iter().find(has_prefix);
    let is_of = |(_, code, ..): &&Rule| code.eq_ignore_ascii_case(country.trim());
    let Some(rule) = by_prefix.or_else(|| RULES.iter().find(is_of)) else {
        let is_plain = number.len() <= LONGEST && number.chars().all(|c| c.is_ascii_alphanumeric());
        return if is_plain && number.chars().any(|c| c.is_ascii_digit()) {
            Ok(number)
        } else {
            Err("A VAT number is made of letters and digits.".to_owned())
        };
    };
    let (prefix, code, forms, example, check) = *rule;
    let rest = number.strip_prefix(prefix).unwrap_or(&number);
    let digits: Vec<u32> = rest.chars().filter_map(|c| c.to_digit(10)).collect();
    let name = Country::find(code).map_or(code, |country| country.name);
    if !forms.split('|').any(|form| has_form(rest, form)) {
        return Err(format!("This is no VAT number of {name}, such as {example}."));
    }
    if !check(&digits) || (prefix == "FR" && !french(rest)) {
        return Err("A digit of this VAT number must be wrong: its check digit does not fit.".to_owned());
    }
    Ok(format!("{prefix}{rest}"))
}

fn has_form(text: &str, form: &str) -> bool {
    text.chars().count() == form.chars().count()
        && text.chars().zip(form.chars()).all(|(c, place)| match place {
            '9' => c.is_ascii_digit(),
            'A' => c.is_ascii_uppercase(),
            '*' => c.is_ascii_digit() || c.is_ascii_uppercase(),
            other => c == other,
        })
}

fn any(_digits: &[u32]) -> bool {
    true
}

fn last(digits: &[u32]) -> u32 {
    digits.last().copied().unwrap_or(99)
}

fn halved(n: u32) -> u32 {
    n / 10 + n % 10
}

fn number(digits: &[u32], range: std::ops::Range<usize>) -> u32 {
    digits.get(range).unwrap_or_default().iter().fold(0, |all, digit| all * 10 + digit)
}

fn weighed(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(at, n)| if at % 2 == 0 { *n } else { halved(n * 2) }).sum();
    sum.is_multiple_of(10)
}

/// ISO 7064, mod 11, 10.
fn mod_11_10(digits: &[u32]) -> bool {
    let Some((check, rest)) = digits.split_last() else { return false };
    let product = rest.iter().fold(10, |product, digit| {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    (product + check) % 10 == 1
}

/// Numbers of sole traders: mod 97 of the whole with its letters as numbers.
fn is_dutch_97(digits: &[u32]) -> bool {
    // N is 23, L is 21; the B between the ninth and tenth digit is 11.
    let text: String = digits
        .iter()
        .enumerate()
        .map(|(at, digit)| if at == 9 { format!("11{digit}") } else { digit.to_string() })
        .collect();
    let all = format!("2321{text}");
    all.chars().filter_map(|c| c.to_digit(10)).fold(0, |rest, digit| (rest * 10 + digit) % 97) == 1
}

/// Two digits that follow from the nine after them; keys with letters follow other rules and pass.
fn french(number: &str) -> bool {
    let (Some(key), Some(siren)) = (number.get(..2), number.get(2..)) else { return false };
    let (Ok(key), Ok(siren)) = (key.parse::<u64>(), siren.parse::<u64>()) else { return true };
    key == (12 + 3 * (siren % 97)) % 97
}

/// The older check, and the two for numbers given out since 2010. Those of departments have none.
fn british(digits: &[u32]) -> bool {
    if digits.len() < 9 {
        return true;
    }
    let sum = weighed(digits, &[8, 7, 6, 5, 4, 3, 2]) + number(digits, 7..9);
    matches!(sum % 97, 0 | 42 | 55)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_one() {
        for (prefix, code, forms, example, _) in RULES {
            assert_eq!(check_vat(example, code).as_deref(), Ok(*example));
            let rest = example.strip_prefix(prefix).expect("its prefix");
            assert_eq!(
                check_vat(rest, code).map(|kept| kept.contains(rest)),
                Ok(true),
                "{example} without prefix"
            );
            assert!(forms.split('|').any(|form| has_form(rest, form)), "{example}");
        }
    }

    #[test]
    fn a_wrong_digit_is_found_where_there_is_a_check() {
        let unchecked = ["BG", "CY", "CZ", "ES", "IE", "LT", "LV"];
        for (prefix, code, _, example, _) in RULES.iter().filter(|(prefix, ..)| !unchecked.contains(prefix)) {
            let at = example.len() - if matches!(*prefix, "NL" | "NO" | "SE") { 4 } else { 1 };
            let mut wrong = (*example).to_owned();
            let digit = if example.get(at..=at) == Some("1") { "7" } else { "1" };
            wrong.replace_range(at..=at, digit);
            assert!(check_vat(&wrong, code).is_err(), "{wrong}");
        }
    }

    #[test]
    fn blanks_and_dots_are_dropped_and_other_countries_pass() {
        assert_eq!(check_vat(" be 0776.091.951 ", "BE").as_deref(), Ok("BE0776091951"));
        assert_eq!(check_vat("DE136695976", "US").as_deref(), Ok("DE136695976"), "registered abroad");
        assert_eq!(check_vat("US12345673", "US").as_deref(), Ok("US12345673"));
        assert_eq!(check_vat("", "DE").as_deref(), Ok(""));
        assert!(
            check_vat("DE12", "DE").is_err()
                && check_vat("<b>", "US").is_err()
                && check_vat("NONE", "US").is_err()
        );
    }
}
