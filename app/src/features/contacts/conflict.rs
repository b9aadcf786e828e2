use domain::contacts::ContactForm;

/// The fields that differ, with both texts.
pub(super) fn differences(theirs: &ContactForm, mine: &ContactForm) -> Vec<(String, String, String)> {
    let pairs = [
        ("Name", &theirs.name, &mine.name),
        ("Kind", &theirs.kind, &mine.kind),
        ("Email", &theirs.email, &mine.email),
        ("Phone", &theirs.phone, &mine.phone),
        ("Street", &theirs.street, &mine.street),
        ("Second address line", &theirs.street2, &mine.street2),
        ("Postal code", &theirs.zip, &mine.zip),
        ("City", &theirs.city, &mine.city),
        ("State or province", &theirs.state, &mine.state),
        ("Country code", &theirs.country, &mine.country),
        ("VAT number", &theirs.vat, &mine.vat),
        ("Reference", &theirs.reference, &mine.reference),
        ("Website", &theirs.website, &mine.website),
        ("Comment", &theirs.comment, &mine.comment),
    ];
    pairs
        .into_iter()
        .filter(|(_, theirs, mine)| theirs != mine)
        .map(|(field, theirs, mine)| (field.to_owned(), theirs.clone(), mine.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_both_texts_of_what_differs_only() {
        let theirs = ContactForm { name: "Ann".into(), city: "Boston".into(), ..ContactForm::default() };
        let mine = ContactForm { name: "Ann".into(), city: "Salem".into(), ..ContactForm::default() };
        assert_eq!(
            differences(&theirs, &mine),
            [("City".to_owned(), "Boston".to_owned(), "Salem".to_owned())]
        );
    }
}
