use domain::{Instant, documents::Signature};
use time::format_description::well_known::Rfc3339;

use super::open::Open;
use crate::{
    Cx,
    documents::paper::{Certificate, PaperFact, clean},
};

/// What is agreed to, in words.
pub(super) fn consent(open: &Open, company: &str) -> String {
    format!(
        "I have read {} and accept it for {company}, with all that it says. I agree to sign it electronically.",
        open.name()
    )
}

/// What goes on the certificate.
pub(super) struct Evidence<'a> {
    pub id: String,
    pub signature: &'a Signature,
    pub login: &'a str,
    pub company: &'a str,
    /// They came by a share link.
    pub is_link: bool,
    pub consent: &'a str,
    /// The hash of the PDF that was shown.
    pub shown: &'a str,
    pub at: Instant,
}

/// The page that is put behind the document.
pub(super) fn certificate(cx: &Cx, open: &Open, evidence: &Evidence<'_>) -> Certificate {
    let origin = cx.origin();
    let utc = evidence.at.to_utc().format(&Rfc3339).unwrap_or_default();
    let known = |text: &str| if text.trim().is_empty() { "not known".to_owned() } else { clean(text) };
    let facts = [
        ("Document", open.name()),
        ("Signed by", evidence.signature.name.clone()),
        (if evidence.is_link { "Came by" } else { "Logged in as" }, evidence.login.to_owned()),
        ("For", evidence.company.to_owned()),
        ("When", format!("{} ({utc})", cx.settings().zone.display_exact(evidence.at))),
        ("Network address", known(&origin.address)),
        ("Browser", known(&origin.agent)),
        ("Agreed to", evidence.consent.to_owned()),
        ("SHA-256 of the PDF that was shown", evidence.shown.to_owned()),
        ("Reference", evidence.id.clone()),
    ];
    Certificate {
        statement: format!(
            "{} was signed electronically in the customer portal of {}. The pages before this one are the document as it was \
             shown to whoever signed.",
            open.name(),
            cx.settings().general.business,
        ),
        facts: facts.into_iter().map(|(term, value)| PaperFact { term, value: clean(&value) }).collect(),
        name: clean(&evidence.signature.name),
        strokes: evidence.signature.strokes.clone(),
    }
}
