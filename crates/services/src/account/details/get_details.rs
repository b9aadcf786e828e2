use domain::{
    details::{AddressOf, DetailsPage},
    form::{FormField, FormSection},
};

use super::{email_change, known::Known};
use crate::{Cx, ServiceResult, auth::needs_proof, settings::zone};

/// The languages that the portal speaks: what is stored, and the name.
pub(super) const LANGUAGES: [(&str, &str); 1] = [("en", "English")];

/// One's own details, as a form with the fields of a country; of the recorded one where none is named.
///
/// # Permissions
/// Every portal user who signed in, for themselves.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for everybody else.
pub async fn get_details(cx: &Cx, country: &str, choice: AddressOf) -> ServiceResult<DetailsPage> {
    let known = Known::read(cx, cx.db().pool()).await?;
    let of = known.address_of(choice);
    let other_address = match (known.company.is_some(), of) {
        (true, AddressOf::Company) => Some(AddressOf::Own),
        (true, _) => Some(AddressOf::Company),
        (false, _) => None,
    };
    let pending_email = email_change::pending(cx, known.membership).await?;
    Ok(DetailsPage {
        sections: sections(cx, &known, of, country),
        version: known.contact.version,
        company_version: known.entity().version,
        address: of,
        other_address,
        pending_email,
        needs_password: needs_proof(cx),
        may_request: known.has_locks(),
    })
}

fn sections(cx: &Cx, known: &Known, of: AddressOf, country: &str) -> Vec<FormSection> {
    let contact = &known.contact;
    let own = |field: FormField| lock(field, known.own());
    let mut who = vec![
        lock(FormField::text("name", "Name", contact.name.trim()).required(true), known.name()),
        own(FormField::text("email", "Email", contact.email.trim()).required(true)),
        own(FormField::text("phone", "Phone", contact.phone.trim()).required(true)),
    ];
    if known.own().is_none()
        && let Some(email) = who.iter_mut().find(|field| field.name == "email")
    {
        email.hint = Some(format!("You log in with {}, whatever stands here.", known.holder.login));
    }
    let vat = FormField::text("vat", "VAT number", known.entity().vat.trim());
    let mut shared = Vec::new();
    if let Some(company) = &known.company {
        let name = FormField::text("company", "Company", company.name.trim()).required(true);
        shared.push(lock(name, known.company_name()));
    }
    shared.push(lock(vat, known.vat()));
    vec![
        FormSection::new(if known.is_company() { "Company" } else { "You" }, who),
        FormSection::new(if known.company.is_some() { "Company" } else { "Taxes" }, shared),
        FormSection::new("Language and time", preferences(cx, known)),
        address(known, of, country),
    ]
}

/// A field that stays as it is where there is a reason.
fn lock(field: FormField, why: Option<&str>) -> FormField {
    match why {
        Some(why) => field.fixed().hint(why),
        None => field,
    }
}

fn address(known: &Known, of: AddressOf, country: &str) -> FormSection {
    let mut postal = known.address(of);
    let (fixed, country_fixed) = (known.postal(of), known.country(of));
    if country_fixed.is_none() && !country.trim().is_empty() {
        country.trim().clone_into(&mut postal.country);
    }
    let fields = postal.fields().into_iter().map(|field| match (fixed, country_fixed) {
        // Said once, above them all.
        (Some(_), _) => field.fixed(),
        (None, Some(why)) if field.name == "country" => lock(field, Some(why)),
        _ => field,
    });
    // An empty choice has words, which say nothing where there is no choice.
    let fields = fields.filter(|field| fixed.is_none() || !known.address(of).is_blank(&field.name));
    let mut section = FormSection::new("Address", fields.collect());
    section.note = match (of, fixed) {
        (AddressOf::Company, Some(why)) => Some(format!("Your company’s address. {why}")),
        (AddressOf::Company, None) => {
            Some("Your company’s address: what you change, you change for all of it.".to_owned())
        }
        (_, why) => why.map(str::to_owned),
    };
    section
}

fn preferences(cx: &Cx, known: &Known) -> Vec<FormField> {
    let contact = &known.contact;
    let mut languages: Vec<(String, String)> =
        LANGUAGES.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect();
    let lang = language_of(&contact.lang).unwrap_or(&contact.lang).to_owned();
    if language_of(&contact.lang).is_none() {
        // What was recorded elsewhere is kept until the portal speaks it.
        languages.push((lang.clone(), format!("{lang}, not available yet")));
    }
    let business = &cx.settings().general.time_zone;
    let mut zones =
        vec![(String::new(), format!("As {} ({})", cx.config().business, business.replace('_', " ")))];
    zones.extend(zone::names().into_iter().map(|name| (name.clone(), name.replace('_', " "))));
    vec![
        FormField::select("lang", "Language", lang, languages),
        FormField::select("time_zone", "Time zone", contact.time_zone.clone(), zones),
    ]
}

/// The portal's language that a recorded one is: `en_US` and `English (US)` are English, and so is none at all.
pub(super) fn language_of(recorded: &str) -> Option<&'static str> {
    let recorded = recorded.trim().to_lowercase();
    let is = |(code, name): &&(&'static str, &'static str)| {
        let begins =
            recorded.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with(['_', '-']));
        recorded.is_empty() || begins || recorded.starts_with(&name.to_lowercase())
    };
    LANGUAGES.iter().find(is).map(|(code, _)| *code)
}
