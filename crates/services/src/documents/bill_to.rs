use domain::documents::Party;
use entities::contact;

/// Name and address of a contact as a document is made out to it. A person stands under the company, and has
/// its address and VAT number where it has none of its own.
pub(crate) fn bill_to(contact: &contact::Model, company: Option<&contact::Model>) -> Party {
    let company = company.filter(|company| company.id != contact.id);
    let own = address(contact);
    let lines = match company {
        Some(company) if own.is_empty() => address(company),
        _ => own,
    };
    let vat = if contact.vat.is_empty() {
        company.map_or("", |company| company.vat.as_str())
    } else {
        &contact.vat
    };
    Party {
        name: contact.name.clone(),
        address: company.map(|company| company.name.clone()).into_iter().chain(lines).collect(),
        vat: vat.to_owned(),
    }
}

fn address(contact: &contact::Model) -> Vec<String> {
    let town = [&contact.city, &contact.state_code, &contact.zip];
    let town: Vec<&str> = town.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    [contact.street.clone(), contact.street2.clone(), town.join(" "), contact.country_code.clone()]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect()
}
