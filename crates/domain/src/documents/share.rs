//! Share links: one document, for somebody without a login.

use uuid::Uuid;

use super::{DocumentKind, DocumentPage, DocumentRow};
use crate::{Email, FieldErrors, ids::ShareLinkId};

/// Longest name of a recipient.
pub const MAX_RECIPIENT: usize = 120;
/// Links of a document that work at the same time.
pub const MOST_LIVE_LINKS: usize = 50;
/// How long a link may work, in days: the form's value, and its words. None works for ever.
pub const SHARE_DAYS: [(&str, &str, i64); 4] =
    [("7", "7 days", 7), ("30", "30 days", 30), ("90", "90 days", 90), ("365", "One year", 365)];
/// The one that the form starts with.
pub const USUAL_SHARE_DAYS: &str = "30";

/// From which side a document is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareSide {
    /// By staff.
    Staff,
    /// By a customer, for whom it is a document of this kind.
    Customer(DocumentKind),
}

/// What the form of a new link sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShareForm {
    /// For whom it is.
    pub recipient: String,
    /// Where to mail it to.
    pub email: String,
    /// Whether the recipient may write messages.
    pub comment: bool,
    /// Whether the recipient may answer.
    pub sign: bool,
    /// Whether the recipient may pay.
    pub pay: bool,
    /// For how long, one of [`SHARE_DAYS`].
    pub days: String,
    /// The form's key: sent twice, it is one link.
    pub key: String,
}

/// What a recipient may do, besides reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShareRights {
    /// Write messages.
    pub comment: bool,
    /// Answer: accept, sign or decline.
    pub sign: bool,
    /// Pay.
    pub pay: bool,
}

/// A link that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareTerms {
    /// For whom it is; may be empty.
    pub recipient: String,
    /// Where to mail it to.
    pub email: Option<Email>,
    /// Whether the recipient may write messages.
    pub may_comment: bool,
    /// Whether the recipient may answer.
    pub may_sign: bool,
    /// Whether the recipient may pay.
    pub may_pay: bool,
    /// For how many days.
    pub days: i64,
}

impl ShareForm {
    /// The link, or what is wrong with it. `can` says which of writing, answering and paying can be given on.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn checked(&self, can: ShareRights) -> Result<ShareTerms, FieldErrors> {
        let mut errors = FieldErrors::default();
        let recipient = self.recipient.split_whitespace().collect::<Vec<_>>().join(" ");
        if recipient.chars().count() > MAX_RECIPIENT {
            errors.add("recipient", format!("Use at most {MAX_RECIPIENT} characters."));
        }
        let email = match self.email.trim() {
            "" => None,
            typed => Email::parse(typed).map_err(|error| errors.add("email", error.to_string())).ok(),
        };
        let wanted = if self.days.is_empty() { USUAL_SHARE_DAYS } else { self.days.as_str() };
        let days = SHARE_DAYS.iter().find(|(value, ..)| *value == wanted).map(|(.., days)| *days);
        if days.is_none() {
            errors.add("days", "Choose one of these.");
        }
        for (wanted, can, field) in [
            (self.comment, can.comment, "comment"),
            (self.sign, can.sign, "sign"),
            (self.pay, can.pay, "pay"),
        ] {
            if wanted && !can {
                errors.add(field, "You cannot give this on.");
            }
        }
        errors.into_result()?;
        Ok(ShareTerms {
            recipient,
            email,
            may_comment: self.comment,
            may_sign: self.sign,
            may_pay: self.pay,
            days: days.unwrap_or_default(),
        })
    }
}

/// Whether a link works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareStanding {
    /// It does.
    Works,
    /// Its time is over.
    Expired,
    /// Somebody ended it.
    Revoked,
}

/// A link in the list of its document's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareLinkRow {
    /// The link.
    pub id: ShareLinkId,
    /// For whom it is; may be empty.
    pub recipient: String,
    /// Where it was mailed to; may be empty.
    pub email: String,
    /// Whether whoever has it may write messages.
    pub may_comment: bool,
    /// Whether whoever has it may answer.
    pub may_sign: bool,
    /// Whether whoever has it may pay.
    pub may_pay: bool,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created: String,
    /// Until when it works.
    pub until: String,
    /// How often its page was opened.
    pub views: i64,
    /// When it was opened last.
    pub last_opened: Option<String>,
    /// Whether it works.
    pub standing: ShareStanding,
}

/// The links of a document, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareLinksPage {
    /// The document.
    pub row: DocumentRow,
    /// Its links.
    pub links: Vec<ShareLinkRow>,
    /// Whether a link can be made: customers see the document.
    pub is_open: bool,
    /// What can be given on.
    pub can: ShareRights,
    /// The key of the next link.
    pub key: Uuid,
}

/// A document as whoever has a link to it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedDocument {
    /// The link.
    pub link: ShareLinkId,
    /// The document, without its neighbours, what it is linked to, and what was written on it.
    pub page: DocumentPage,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_what_is_wrong_beside_each_field() {
        let form = ShareForm {
            recipient: "x".repeat(MAX_RECIPIENT + 1),
            email: "a@b@c".into(),
            comment: true,
            sign: true,
            pay: true,
            days: "9999".into(),
            key: String::new(),
        };
        let errors = form.checked(ShareRights::default()).expect_err("wrong");
        for field in ["recipient", "email", "days", "comment", "sign", "pay"] {
            assert!(errors.get(field).is_some(), "{field}");
        }
    }

    #[test]
    fn nothing_is_needed() {
        let terms = ShareForm::default().checked(ShareRights::default()).expect("right");
        assert_eq!((terms.days, terms.may_sign, terms.email), (30, false, None));
        let form = ShareForm {
            recipient: " Ann\r\n  Lee ".into(),
            email: " Ann@Acme.example ".into(),
            ..Default::default()
        };
        let terms = form.checked(ShareRights::default()).expect("right");
        assert_eq!(terms.recipient, "Ann Lee");
        assert_eq!(terms.email.expect("one").as_str(), "ann@acme.example");
    }
}
