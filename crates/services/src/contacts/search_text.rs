use entities::contact;

/// Everything the contacts' search looks at, in lower case: name, email, reference, city and phone, the phone
/// also as bare digits so that any way of writing it is found.
pub(crate) fn of(contact: &contact::Model) -> String {
    let digits: String = contact.phone.chars().filter(char::is_ascii_digit).collect();
    [&contact.name, &contact.email, &contact.reference, &contact.city, &contact.phone, &digits]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| text.to_lowercase())
        .collect::<Vec<_>>()
        .join("\n")
}
