use std::collections::HashMap;

use domain::{
    contacts::ContactKind,
    email::{self, Email, EmailError},
};
use entities::contact;
use serde::Serialize;

use super::Head;
use crate::{
    contacts::search_text,
    import::{
        cells::Cells,
        notes::{Tally, quote},
    },
};

/// A contact as its file has it. What the file has no column for is `None`, and stays as it is.
#[derive(Clone, Debug, Serialize)]
pub(in crate::import) struct ContactRecord {
    pub head: Head,
    pub name: String,
    pub kind: Option<ContactKind>,
    /// External id of what it hangs under; empty for nothing.
    pub parent: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub street: Option<String>,
    pub street2: Option<String>,
    pub zip: Option<String>,
    pub city: Option<String>,
    pub state_code: Option<String>,
    pub country_code: Option<String>,
    pub vat: Option<String>,
    pub reference: Option<String>,
    pub lang: Option<String>,
    pub website: Option<String>,
    pub tags: Option<String>,
    pub comment: Option<String>,
}

/// A contact.
pub(super) fn read(cells: &mut Cells<'_, '_>, head: Head) -> ContactRecord {
    let kind = cells
        .table()
        .has("is_company")
        .then(|| if cells.flag("is_company") { ContactKind::Company } else { ContactKind::Person });
    ContactRecord {
        head,
        name: cells.required("name"),
        kind,
        parent: cells.line_if_any("parent_id/id"),
        email: cells.line_if_any("email"),
        phone: cells.line_if_any("phone"),
        street: cells.line_if_any("street"),
        street2: cells.line_if_any("street2"),
        zip: cells.line_if_any("zip"),
        city: cells.line_if_any("city"),
        state_code: cells.line_if_any("state_id/code"),
        country_code: cells.line_if_any("country_id/code"),
        vat: cells.line_if_any("vat"),
        reference: cells.line_if_any("ref"),
        lang: cells.line_if_any("lang"),
        website: cells.line_if_any("website"),
        tags: cells.line_if_any("category_id/name"),
        comment: cells.html_if_any("comment"),
    }
}

impl ContactRecord {
    /// Writes what the file says over a contact; its place in the tree is not among it.
    pub(in crate::import) fn write_over(&self, row: &mut contact::Model) {
        let columns = [
            (&self.email, &mut row.email),
            (&self.phone, &mut row.phone),
            (&self.street, &mut row.street),
            (&self.street2, &mut row.street2),
            (&self.zip, &mut row.zip),
            (&self.city, &mut row.city),
            (&self.state_code, &mut row.state_code),
            (&self.country_code, &mut row.country_code),
            (&self.vat, &mut row.vat),
            (&self.reference, &mut row.reference),
            (&self.lang, &mut row.lang),
            (&self.website, &mut row.website),
            (&self.tags, &mut row.tags),
            (&self.comment, &mut row.comment),
        ];
        for (said, column) in columns {
            if let Some(said) = said {
                column.clone_from(said);
            }
        }
        row.name.clone_from(&self.name);
        row.name_key = self.name.to_lowercase();
        row.email_key = email::normalise(&row.email);
        row.search = search_text::of(row);
    }
}

/// Says which emails will not do for the portal: none, invalid ones and repeated ones. They are kept.
pub(super) fn warn_of_emails(contacts: &[ContactRecord], tally: &mut Tally) {
    let mut first: HashMap<String, &ContactRecord> = HashMap::new();
    for contact in contacts {
        let Some(text) = &contact.email else { continue };
        let key = email::normalise(text).unwrap_or_default();
        let reason = match (Email::parse(text), first.get(&key)) {
            (Err(EmailError::Missing), _) => {
                "no email: cannot be granted portal access until one is entered".to_owned()
            }
            (Err(EmailError::Invalid), _) => format!(
                "{} is not one valid email address: cannot be granted portal access until it is corrected",
                quote(text)
            ),
            (Ok(_), Some(earlier)) => format!(
                "{} is also the email of {} on line {}",
                quote(text),
                earlier.name,
                earlier.head.place.line
            ),
            (Ok(_), None) => {
                first.insert(key, contact);
                continue;
            }
        };
        tally.say([contact.head.place.warning(Some("email"), reason)]);
    }
}
