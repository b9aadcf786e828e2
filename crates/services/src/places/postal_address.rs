use domain::{
    FieldErrors,
    contacts::MAX_LINE,
    form::{Control, FormField},
};
use entities::{address, contact};

use super::{Country, Part};

/// An address as it is typed and written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PostalAddress {
    pub street: String,
    pub street2: String,
    pub zip: String,
    pub city: String,
    pub state: String,
    pub country: String,
}

impl From<&contact::Model> for PostalAddress {
    fn from(contact: &contact::Model) -> Self {
        Self {
            street: contact.street.clone(),
            street2: contact.street2.clone(),
            zip: contact.zip.clone(),
            city: contact.city.clone(),
            state: contact.state_code.clone(),
            country: contact.country_code.clone(),
        }
        .trimmed()
    }
}

impl From<&address::Model> for PostalAddress {
    fn from(address: &address::Model) -> Self {
        Self {
            street: address.street.clone(),
            street2: address.street2.clone(),
            zip: address.zip.clone(),
            city: address.city.clone(),
            state: address.state_code.clone(),
            country: address.country_code.clone(),
        }
    }
}

impl PostalAddress {
    /// The same without blanks around its parts.
    pub(crate) fn trimmed(&self) -> Self {
        let line = |text: &String| text.trim().to_owned();
        Self {
            street: line(&self.street),
            street2: line(&self.street2),
            zip: line(&self.zip),
            city: line(&self.city),
            state: line(&self.state),
            country: line(&self.country),
        }
    }

    fn parts(&self) -> [(&'static str, &str); 6] {
        [
            ("street", &self.street),
            ("street2", &self.street2),
            ("zip", &self.zip),
            ("city", &self.city),
            ("state", &self.state),
            ("country", &self.country),
        ]
    }

    /// Whether nothing of it is known.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts().iter().all(|(_, text)| text.trim().is_empty())
    }

    /// Whether nothing is known of a part, by the name of its field.
    pub(crate) fn is_blank(&self, field: &str) -> bool {
        self.parts().iter().all(|(name, text)| *name != field || text.is_empty())
    }

    fn part(&self, part: Part) -> &str {
        match part {
            Part::Street => &self.street,
            Part::City => &self.city,
            Part::State => &self.state,
            Part::Zip => &self.zip,
        }
    }

    /// Whether mail could arrive.
    pub(crate) fn is_complete(&self) -> bool {
        let mut errors = FieldErrors::default();
        self.check(self, &mut errors);
        errors.is_empty()
    }

    /// Checks an address as its country wants it, and answers it as it is kept. What was recorded in `before` and
    /// is left as it is passes, but for what is missing.
    pub(crate) fn check(&self, before: &Self, errors: &mut FieldErrors) -> Self {
        let mut checked = self.trimmed();
        checked.country = checked.country.to_uppercase();
        let is_new = |part: fn(&Self) -> &String| part(&checked).trim() != part(before).trim();
        let country = Country::find(&checked.country);
        for (field, text) in checked.parts() {
            if text.chars().count() > MAX_LINE {
                errors.add(field, format!("Use at most {MAX_LINE} characters."));
            } else if text.chars().any(char::is_control) {
                errors.add(field, "Use one line of plain text.");
            }
        }
        for part in Country::parts(country) {
            if checked.part(part).is_empty() && Country::needs(country, part) {
                errors.add(field_of(part), missing(country, part));
            }
        }
        if checked.country.is_empty() {
            errors.add("country", "Choose a country.");
        } else if country.is_none() && is_new(|address| &address.country) {
            errors.add("country", "Choose a country from the list.");
        }
        let Some(country) = country else { return checked };
        let parts = Country::parts(Some(country));
        let has_moved = is_new(|address| &address.country);
        // What the country does not have is not asked for, so it cannot be wanted either.
        for (part, text) in [(Part::Zip, &mut checked.zip), (Part::State, &mut checked.state)] {
            if !parts.contains(&part) && has_moved {
                text.clear();
            }
        }
        if (has_moved || is_zip_new(&checked, before)) && !checked.zip.is_empty() {
            checked.zip = checked.zip.to_uppercase();
            if !country.takes_zip(&checked.zip) {
                let example = country.zip_example();
                let example = example.map(|example| format!(", such as {example}")).unwrap_or_default();
                errors.add("zip", format!("This is no postal code of {}{example}.", in_text(country.name)));
            }
        }
        let is_listed = |code: &str| country.states().any(|(state, _)| state == code);
        let is_state_new = has_moved || checked.state.trim() != before.state.trim();
        if is_state_new
            && !checked.state.is_empty()
            && country.states().next().is_some()
            && !is_listed(&checked.state)
        {
            errors.add("state", "Choose one from the list.");
        }
        checked
    }

    /// Its lines as its country writes them, the country last.
    pub(crate) fn lines(&self) -> Vec<String> {
        let Some(country) = Country::find(&self.country) else {
            let town = [&self.city, &self.state, &self.zip].map(String::as_str).join(" ");
            let lines = [&self.street, &self.street2, town.trim(), &self.country].map(str::to_owned);
            return lines.into_iter().filter(|line| !line.is_empty()).collect();
        };
        let mut lines = Vec::new();
        for line in country.lines() {
            if line == "%A" {
                lines.extend([self.street.clone(), self.street2.clone()]);
                continue;
            }
            let street = [self.street.as_str(), self.street2.as_str()].join(" ");
            let line = line
                .replace("%A", street.trim())
                .replace("%C", &self.city)
                .replace(
                    "%S",
                    if country.code == "US" { &self.state } else { country.state_name(&self.state) },
                )
                .replace("%Z", &self.zip);
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            lines.push(line.trim_matches([' ', ',', '-', '/']).to_owned());
        }
        lines.push(country.name.to_owned());
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// Its fields in the order of its country, which is asked for first because the rest follows from it.
    pub(crate) fn fields(&self) -> Vec<FormField> {
        let country = Country::find(&self.country);
        let code = country.map_or(self.country.as_str(), |country| country.code);
        let mut fields = vec![
            FormField::select("country", "Country", code, Country::options(&self.country)).required(true),
        ];
        for part in Country::parts(country) {
            let (name, label) = (field_of(part), Country::label(country, part));
            let field = FormField::text(name, label, self.part(part)).required(Country::needs(country, part));
            let states: Vec<_> = match (part, country) {
                (Part::State, Some(country)) => country.states().collect(),
                _ => Vec::new(),
            };
            let field = if states.is_empty() { field } else { of_states(field, &states) };
            fields.push(field);
            if part == Part::Street {
                fields.push(FormField::text("street2", "Second address line", self.street2.clone()));
            }
        }
        fields
    }
}

fn is_zip_new(checked: &PostalAddress, before: &PostalAddress) -> bool {
    checked.zip.trim() != before.zip.trim()
}

fn of_states(field: FormField, states: &[(&str, &str)]) -> FormField {
    let mut options = vec![(String::new(), "None chosen".to_owned())];
    options.extend(states.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())));
    if !options.iter().any(|(code, _)| *code == field.value) {
        options.push((field.value.clone(), field.value.clone()));
    }
    FormField { control: Control::Select(options), ..field }
}

fn field_of(part: Part) -> &'static str {
    match part {
        Part::Street => "street",
        Part::City => "city",
        Part::State => "state",
        Part::Zip => "zip",
    }
}

fn missing(country: Option<&Country>, part: Part) -> String {
    let label = Country::label(country, part);
    let is_listed = part == Part::State && country.is_some_and(|country| country.states().next().is_some());
    // An abbreviation keeps its capitals.
    let label = if label.chars().nth(1).is_some_and(char::is_uppercase) {
        label.to_owned()
    } else {
        label.to_lowercase()
    };
    let article = if label.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{} {article} {label}.", if is_listed { "Choose" } else { "Enter" })
}

/// A country's name within a sentence.
fn in_text(name: &str) -> String {
    let takes_article = ["United ", "Netherlands", "Philippines", "Bahamas"];
    let the = if takes_article.iter().any(|begin| name.starts_with(begin)) { "the " } else { "" };
    format!("{the}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(street: &str, zip: &str, city: &str, state: &str, country: &str) -> PostalAddress {
        let text = str::to_owned;
        PostalAddress {
            street: text(street),
            street2: String::new(),
            zip: text(zip),
            city: text(city),
            state: text(state),
            country: text(country),
        }
    }

    fn wrong(address: &PostalAddress, before: &PostalAddress) -> Vec<(String, String)> {
        let mut errors = FieldErrors::default();
        address.check(before, &mut errors);
        errors.iter().map(|(field, text)| (field.to_owned(), text.to_owned())).collect()
    }

    #[test]
    fn every_missing_part_is_named() {
        let nothing = PostalAddress::default();
        let fields = |country: &str| -> Vec<String> {
            let address = address("", " ", "", "", country);
            wrong(&address, &nothing).into_iter().map(|(field, _)| field).collect()
        };
        assert_eq!(fields(""), ["street", "city", "country"]);
        assert_eq!(fields("US"), ["street", "city", "state", "zip"]);
        assert_eq!(fields("DE"), ["street", "zip", "city"]);
        assert_eq!(wrong(&address("", "", "", "", "US"), &nothing)[3].1, "Enter a ZIP code.");
        assert_eq!(wrong(&address("", "", "", "", "US"), &nothing)[2].1, "Choose a state.");
    }

    #[test]
    fn what_is_typed_is_checked_and_what_is_recorded_is_left() {
        let nothing = PostalAddress::default();
        let odd = address("Street 1", "none", "Pleasant Hill", "Cali", "US");
        let fields: Vec<_> = wrong(&odd, &nothing).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["zip", "state"]);
        assert_eq!(wrong(&odd, &odd), [], "as imported");
        let blanks = address("Street 1 ", " 94523", "Pleasant Hill  ", "CA", "us");
        let mut errors = FieldErrors::default();
        let kept = blanks.check(&nothing, &mut errors);
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(kept, address("Street 1", "94523", "Pleasant Hill", "CA", "US"));
        let error = wrong(&address("A", "12", "B", "", "DE"), &nothing);
        assert_eq!(
            error,
            [("zip".to_owned(), "This is no postal code of Germany, such as 26133.".to_owned())]
        );
    }

    #[test]
    fn who_moves_leaves_the_state_behind() {
        let before = address("Street 1", "94523", "Pleasant Hill", "CA", "US");
        let mut errors = FieldErrors::default();
        let kept = address("Weg 1", "26133", "Oldenburg", "CA", "DE").check(&before, &mut errors);
        assert!(errors.is_empty() && kept.state.is_empty(), "{errors:?} {kept:?}");
    }

    #[test]
    fn lines_are_written_as_the_country_does() {
        let us = address("77 Santa Barbara Rd", "94523", "Pleasant Hill", "CA", "US");
        assert_eq!(us.lines(), ["77 Santa Barbara Rd", "Pleasant Hill CA 94523", "United States"]);
        let de = address("Weg 1", "26133", "Oldenburg", "", "DE");
        assert_eq!(de.lines(), ["Weg 1", "26133 Oldenburg", "Germany"]);
        let jp = address("1-1 Chiyoda", "100-8111", "Chiyoda-ku", "13", "JP");
        assert_eq!(jp.lines(), ["1-1 Chiyoda", "Chiyoda-ku, Tokyo", "100-8111", "Japan"]);
        assert_eq!(address("", "", "Boston", "", "").lines(), ["Boston"]);
        assert!(PostalAddress::default().lines().is_empty());
    }
}
