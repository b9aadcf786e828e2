use domain::{
    Email, FieldErrors,
    contacts::MAX_LINE,
    details::{AddressOf, DetailsForm},
    email,
};
use entities::contact;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Unchanged, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::{
    email_change,
    get_details::{LANGUAGES, language_of},
    known::Known,
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    audit::{self, Event},
    auth::require_proof,
    contacts::{search_text, told},
    places::{PostalAddress, check_vat},
    settings::zone,
};

/// What became of details that were saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Whether a new email waits for its confirmation.
    pub is_email_pending: bool,
}

/// Saves one's own details, and the company's where that is theirs to change. A new email is not used before it is
/// confirmed by a link that goes to it, and never changes what somebody logs in with.
///
/// # Permissions
/// Every portal user who signed in, for themselves; what the company shares by whoever has
/// [`Permission::CompanyEdit`](domain::access::Permission::CompanyEdit). What documents were issued with stays.
///
/// # Errors
/// [`ServiceError::Invalid`] with every wrong field; [`ServiceError::Stale`] when somebody else saved first.
pub async fn save_details(cx: &Cx, form: &DetailsForm) -> ServiceResult<Saved> {
    let known = Known::read(cx, cx.db().pool()).await?;
    if known.contact.version != form.version || known.entity().version != form.company_version {
        return Err(ServiceError::Stale);
    }
    let changed = Typed { form, known: &known, errors: FieldErrors::default() }.check()?;
    if changed.email.is_some() {
        require_proof(cx, Some(&form.password)).await?;
    }
    let transaction = cx.begin().await?;
    write(cx, &transaction, &known.contact, changed.contact, known.company.as_ref()).await?;
    if let (Some(before), Some(after)) = (&known.company, changed.company) {
        write(cx, &transaction, before, after, None).await?;
    }
    if let Some(email) = &changed.email {
        email_change::ask(cx, &transaction, &known, email).await?;
    }
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(Saved { is_email_pending: changed.email.is_some() })
}

/// The records as they are to be.
struct Changed {
    contact: contact::Model,
    company: Option<contact::Model>,
    email: Option<Email>,
}

/// What was typed, beside what is recorded.
struct Typed<'a> {
    form: &'a DetailsForm,
    known: &'a Known,
    errors: FieldErrors,
}

impl Typed<'_> {
    fn check(mut self) -> ServiceResult<Changed> {
        let (form, known) = (self.form, self.known);
        let mut contact = known.contact.clone();
        let mut company = known.company.clone();
        contact.name =
            self.line("name", &form.name, &known.contact.name, known.name(), Some("Enter your name."));
        let email = self.email();
        let was = &known.contact.phone;
        contact.phone = self.line("phone", &form.phone, was, known.own(), Some("Enter a phone number."));
        if self.errors.get("phone").is_none()
            && contact.phone.trim() != was.trim()
            && contact.phone.chars().filter(char::is_ascii_digit).count() < 3
        {
            self.errors.add("phone", "Enter a phone number, such as +1 555 010 9988.");
        }
        if let Some(company) = &mut company {
            let (was, why) = (company.name.clone(), known.company_name());
            company.name = self.line("company", &form.company, &was, why, Some("Enter the company’s name."));
        }
        let of = known.address_of(AddressOf::parse(&form.address));
        let postal = self.address(of);
        let vat = self.vat(&postal.country);
        contact.lang = self.language();
        contact.time_zone = self.zone();
        self.errors.into_result()?;

        company.as_mut().unwrap_or(&mut contact).vat = vat;
        if of == AddressOf::Company {
            // Whoever chooses the company's has none of their own.
            set_address(&mut contact, PostalAddress::default());
        }
        if known.postal(of).is_none() {
            let whose = company.as_mut().filter(|_| of == AddressOf::Company).unwrap_or(&mut contact);
            set_address(whose, postal);
        }
        Ok(Changed { contact, company, email })
    }

    /// A line as it is kept. What cannot be changed may come back as it was, and nothing else.
    fn line(
        &mut self,
        field: &'static str,
        typed: &Option<String>,
        was: &str,
        fixed: Option<&str>,
        missing: Option<&str>,
    ) -> String {
        let Some(typed) = typed.as_deref().map(str::trim).filter(|typed| *typed != was.trim()) else {
            if let Some(missing) = missing.filter(|_| was.trim().is_empty() && fixed.is_none()) {
                self.errors.add(field, missing);
            }
            return was.to_owned();
        };
        if let Some(why) = fixed {
            self.errors.add(field, why);
        } else if let Some(missing) = missing.filter(|_| typed.is_empty()) {
            self.errors.add(field, missing);
        } else if typed.chars().count() > MAX_LINE {
            self.errors.add(field, format!("Use at most {MAX_LINE} characters."));
        } else if typed.chars().any(char::is_control) {
            self.errors.add(field, "Use one line of plain text.");
        }
        typed.to_owned()
    }

    /// The new email, if it is another one.
    fn email(&mut self) -> Option<Email> {
        let was = self.known.contact.email.clone();
        let typed =
            self.line("email", &self.form.email, &was, self.known.own(), Some("Enter an email address."));
        let is_same = email::normalise(&typed) == email::normalise(&was);
        if is_same || typed.is_empty() || self.errors.get("email").is_some() {
            return None;
        }
        match Email::parse(&typed) {
            Ok(email) => Some(email),
            Err(error) => {
                self.errors.add("email", error.to_string());
                None
            }
        }
    }

    fn address(&mut self, of: AddressOf) -> PostalAddress {
        let (form, known) = (self.form, self.known);
        let was = known.address(of);
        let or = |typed: &Option<String>, was: &String| typed.as_ref().unwrap_or(was).trim().to_owned();
        let typed = PostalAddress {
            street: or(&form.street, &was.street),
            street2: or(&form.street2, &was.street2),
            zip: or(&form.zip, &was.zip),
            city: or(&form.city, &was.city),
            state: or(&form.state, &was.state),
            country: or(&form.country, &was.country),
        };
        if let Some(why) = known.postal(of) {
            if typed != was {
                self.errors.add("street", why);
            }
            return was;
        }
        if let Some(why) = known.country(of).filter(|_| !typed.country.eq_ignore_ascii_case(&was.country)) {
            self.errors.add("country", why);
            return was;
        }
        typed.check(&was, &mut self.errors)
    }

    fn vat(&mut self, country: &str) -> String {
        let was = self.known.entity().vat.clone();
        let typed = self.line("vat", &self.form.vat, &was, self.known.vat(), None);
        if typed.trim() == was.trim() || self.errors.get("vat").is_some() {
            return typed;
        }
        // Taxes follow the company, wherever the person is.
        let country = match &self.known.company {
            Some(company) if !company.country_code.is_empty() => &company.country_code,
            _ => country,
        };
        check_vat(&typed, country).unwrap_or_else(|wrong| {
            self.errors.add("vat", wrong);
            typed
        })
    }

    fn language(&mut self) -> String {
        let was = &self.known.contact.lang;
        match self.form.lang.as_deref() {
            None => was.clone(),
            // The same language, perhaps with a region that is worth keeping.
            Some(typed) if typed == was || (!was.is_empty() && language_of(was) == Some(typed)) => {
                was.clone()
            }
            Some(typed) if LANGUAGES.iter().any(|(code, _)| *code == typed) => typed.to_owned(),
            Some(_) => {
                self.errors.add("lang", "Choose a language from the list.");
                was.clone()
            }
        }
    }

    fn zone(&mut self) -> String {
        let was = &self.known.contact.time_zone;
        match self.form.time_zone.as_deref() {
            None => was.clone(),
            Some(typed) if typed.is_empty() || typed == was || zone::exists(typed) => typed.to_owned(),
            Some(_) => {
                self.errors.add("time_zone", "Choose a time zone from the list.");
                was.clone()
            }
        }
    }
}

fn set_address(contact: &mut contact::Model, postal: PostalAddress) {
    contact.street = postal.street;
    contact.street2 = postal.street2;
    contact.zip = postal.zip;
    contact.city = postal.city;
    contact.state_code = postal.state;
    contact.country_code = postal.country;
}

/// Writes a record that differs, unless somebody else was faster.
pub(super) async fn write(
    cx: &Cx,
    transaction: &Transaction,
    before: &contact::Model,
    mut after: contact::Model,
    company: Option<&contact::Model>,
) -> ServiceResult<()> {
    if *before == after {
        return Ok(());
    }
    after.name_key = after.name.to_lowercase();
    after.email_key = email::normalise(&after.email);
    after.search = search_text::of(&after);
    after.version = before.version + 1;
    after.updated_at = cx.now().millis();
    let mut model = after.clone().into_active_model().reset_all();
    model.id = Unchanged(after.id);
    let written = contact::Entity::update_many()
        .set(model)
        .filter(contact::Column::Id.eq(after.id))
        .filter(contact::Column::Version.eq(before.version))
        .exec(transaction)
        .await?;
    if written.rows_affected != 1 {
        return Err(ServiceError::Stale);
    }
    let above = company.map(|company| company.name.as_str());
    let event = Event {
        action: "contact.changed",
        subject: &after.name,
        subject_id: Some(after.id),
        entity_id: Some(after.entity_id),
        data: audit::between(&told(before, above), &told(&after, above)),
    };
    audit::record(cx, transaction, event).await
}
