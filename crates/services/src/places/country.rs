//! The table of countries; `data/README.md` says what it is made from.

use std::{collections::HashMap, sync::LazyLock};

use regex::{Regex, RegexBuilder};

const TABLE: &str = include_str!("../../data/countries.tsv");

/// A part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Both street lines.
    Street,
    /// The city.
    City,
    /// The state or province.
    State,
    /// The postal code.
    Zip,
}

impl Part {
    fn of(letter: char) -> Option<Self> {
        match letter {
            'A' => Some(Self::Street),
            'C' => Some(Self::City),
            'S' => Some(Self::State),
            'Z' => Some(Self::Zip),
            _ => None,
        }
    }
}

/// A country or territory.
#[derive(Debug)]
pub(crate) struct Country {
    /// Its code of two letters.
    pub code: &'static str,
    /// Its English name.
    pub name: &'static str,
    format: &'static str,
    required: &'static str,
    zip: &'static str,
    zip_example: &'static str,
    zip_kind: &'static str,
    state_kind: &'static str,
    city_kind: &'static str,
    states: &'static str,
}

static COUNTRIES: LazyLock<Vec<Country>> =
    LazyLock::new(|| TABLE.lines().filter_map(Country::read).collect());

/// Patterns of postal codes, by country.
static ZIPS: LazyLock<HashMap<&'static str, Regex>> = LazyLock::new(|| {
    let patterns = COUNTRIES.iter().filter(|country| !country.zip.is_empty());
    let compiled = patterns.filter_map(|country| {
        let pattern = format!("^(?:{})$", country.zip);
        let zip = RegexBuilder::new(&pattern).case_insensitive(true).unicode(false).build().ok()?;
        Some((country.code, zip))
    });
    compiled.collect()
});

impl Country {
    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        let mut next = || columns.next();
        Some(Self {
            code: next()?,
            name: next()?,
            format: next()?,
            required: next()?,
            zip: next()?,
            zip_example: next()?,
            zip_kind: next()?,
            state_kind: next()?,
            city_kind: next()?,
            states: next()?,
        })
    }

    /// Every country, by name.
    pub(crate) fn all() -> &'static [Self] {
        &COUNTRIES
    }

    /// The country of a code.
    pub(crate) fn find(code: &str) -> Option<&'static Self> {
        let code = code.trim();
        COUNTRIES.iter().find(|country| country.code.eq_ignore_ascii_case(code))
    }

    /// What to choose from: code and name. A code that was recorded and is no country stays a choice.
    pub(crate) fn options(recorded: &str) -> Vec<(String, String)> {
        let mut options = vec![(String::new(), "Choose a country".to_owned())];
        options.extend(Self::all().iter().map(|country| (country.code.to_owned(), country.name.to_owned())));
        if !recorded.is_empty() && Self::find(recorded).is_none() {
            options.push((recorded.to_owned(), recorded.to_owned()));
        }
        options
    }

    /// The parts of an address there, in order.
    pub(crate) fn parts(country: Option<&Self>) -> Vec<Part> {
        match country {
            Some(country) => {
                country.format.split('%').skip(1).filter_map(|part| Part::of(part.chars().next()?)).collect()
            }
            // Before a country is chosen, there is room for everything.
            None => vec![Part::Street, Part::City, Part::State, Part::Zip],
        }
    }

    /// Whether an address there needs a part. Street and city are asked for everywhere that has them.
    pub(crate) fn needs(country: Option<&Self>, part: Part) -> bool {
        match country {
            Some(country) => country.required.chars().any(|letter| Part::of(letter) == Some(part)),
            None => matches!(part, Part::Street | Part::City),
        }
    }

    /// What a part is called there.
    pub(crate) fn label(country: Option<&Self>, part: Part) -> &'static str {
        let kind = |kind: fn(&Self) -> &'static str| country.map(kind).unwrap_or_default();
        match part {
            Part::Street => "Street",
            Part::City => match kind(|country| country.city_kind) {
                "post_town" => "Town",
                "suburb" => "Suburb",
                "district" => "District",
                _ => "City",
            },
            Part::Zip => match kind(|country| country.zip_kind) {
                "zip" => "ZIP code",
                "pin" => "PIN code",
                "eircode" => "Eircode",
                _ => "Postal code",
            },
            Part::State => match kind(|country| country.state_kind) {
                "state" => "State",
                "area" => "Area",
                "county" => "County",
                "department" => "Department",
                "district" => "District",
                "do_si" => "Do or si",
                "emirate" => "Emirate",
                "island" => "Island",
                "oblast" => "Oblast",
                "parish" => "Parish",
                "prefecture" => "Prefecture",
                _ if country.is_none() => "State or province",
                _ => "Province",
            },
        }
    }

    /// Its states: code and name; none where they are written out.
    pub(crate) fn states(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        self.states.split('|').filter_map(|state| state.split_once('='))
    }

    /// The name of a state, or what was written.
    pub(crate) fn state_name<'a>(&self, code: &'a str) -> &'a str {
        self.states().find(|(state, _)| *state == code).map_or(code, |(_, name)| name)
    }

    /// Whether a postal code is one there.
    pub(crate) fn takes_zip(&self, zip: &str) -> bool {
        ZIPS.get(self.code).is_none_or(|pattern| pattern.is_match(zip))
    }

    /// An example of a postal code there; a few in the data are none.
    pub(crate) fn zip_example(&self) -> Option<&'static str> {
        Some(self.zip_example).filter(|example| !example.is_empty() && self.takes_zip(example))
    }

    /// The lines of an address, with `%A`, `%C`, `%S` and `%Z` for its parts.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.format.split("%n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_country() {
        assert_eq!(Country::all().len(), TABLE.lines().count());
        assert!(Country::all().len() > 240);
        for country in Country::all() {
            assert!(country.code.len() == 2 && !country.name.is_empty(), "{country:?}");
            let parts = Country::parts(Some(country));
            assert!(!parts.is_empty(), "{country:?}");
            for letter in country.required.chars() {
                assert!(parts.contains(&Part::of(letter).expect("a part")), "{country:?}");
            }
            assert_eq!(country.zip.is_empty(), !ZIPS.contains_key(country.code), "{}", country.code);
        }
        let odd = |country: &&Country| country.zip_example().is_none() && !country.zip_example.is_empty();
        assert!(Country::all().iter().filter(odd).count() < 5);
    }

    #[test]
    fn countries_differ_in_what_they_ask_for() {
        let of = |code| Country::find(code);
        assert_eq!(Country::parts(of("US")), [Part::Street, Part::City, Part::State, Part::Zip]);
        assert_eq!(Country::parts(of("de")), [Part::Street, Part::Zip, Part::City]);
        assert!(Country::needs(of("US"), Part::State) && !Country::needs(of("MX"), Part::State));
        assert!(!Country::needs(of("AE"), Part::Zip) && Country::needs(of("DE"), Part::Zip));
        assert_eq!(Country::label(of("US"), Part::Zip), "ZIP code");
        assert_eq!(Country::label(of("JP"), Part::State), "Prefecture");
        assert_eq!(Country::label(None, Part::State), "State or province");
        let us = of("US").expect("there");
        assert_eq!((us.name, us.state_name("CA"), us.state_name("X")), ("United States", "California", "X"));
        assert!(us.takes_zip("94016-1234") && !us.takes_zip("ABC"));
        assert!(of("GB").expect("there").takes_zip("ec1y 8sy"));
        assert!(of("XX").is_none() && of("").is_none());
    }
}
