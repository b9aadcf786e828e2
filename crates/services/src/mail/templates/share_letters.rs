//! What the recipient of a share link is told.

use super::{
    Rendered, UserLetters,
    user_letters::{Action, set},
};
use crate::{Cx, ServiceResult, mail::one_line::one_line};

/// A document is shared with somebody who need not have a login.
#[derive(Clone, Debug)]
pub(crate) struct ShareMail<'a> {
    /// The recipient's name; may be empty.
    pub recipient: &'a str,
    /// Who shares it.
    pub sharer: &'a str,
    /// What people call the document.
    pub document: &'a str,
    pub link: &'a str,
    /// Until when it works.
    pub until: &'a str,
    pub may_comment: bool,
    pub may_sign: bool,
    pub may_pay: bool,
}

impl ShareMail<'_> {
    pub(crate) fn render(&self, cx: &Cx) -> ServiceResult<Rendered> {
        self.written(&UserLetters::new(cx, self.recipient, ""))
    }

    fn written(&self, letters: &UserLetters) -> ServiceResult<Rendered> {
        let (sharer, document) = (one_line(self.sharer), one_line(self.document));
        let business = one_line(&letters.business);
        let told = format!("{sharer} shares {document} of {business} with you.");
        let mut words = letters.words("A document for you", told.clone(), vec![told]);
        words.paragraphs.push(format!(
            "The link shows this document alone, without signing in, until {}.{}{}{} Whoever has the link can use it: \
             pass it on only to people who are meant to.",
            self.until,
            if self.may_sign { " You can accept and sign it there, or decline it." } else { "" },
            if self.may_pay { " You can pay it there." } else { "" },
            if self.may_comment { " You can write to us there." } else { "" }
        ));
        words.action = Some(Action {
            ask: "The document is here:",
            label: "Open the document",
            link: self.link.to_owned(),
        });
        words.footer = format!(
            "You get this mail because {sharer} entered your address in the portal of {business}. If you did not \
             expect it, you need not do anything."
        );
        set(format!("{document} of {business}"), &words)
    }
}

#[cfg(test)]
pub(in crate::mail) fn sample() -> Vec<(&'static str, ServiceResult<Rendered>)> {
    let letters = UserLetters {
        business: "Rivet & Söhne".to_owned(),
        support_email: "help@rivet.example".to_owned(),
        name: "Ann <Good>".to_owned(),
        login: String::new(),
    };
    let mail = ShareMail {
        recipient: "Ann <Good>",
        sharer: "Rita\r\nBcc: x",
        document: "Quotation S00042",
        link: "https://portal.rivet.example/share/AbC-_123",
        until: "25 Dec 2026 10:00",
        may_comment: true,
        may_sign: true,
        may_pay: true,
    };
    let mut nameless = letters.clone();
    nameless.name.clear();
    vec![
        ("share-link", mail.written(&letters)),
        (
            "share-link-to-nobody-named",
            ShareMail { may_comment: false, may_sign: false, may_pay: false, ..mail }.written(&nameless),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_unfilled_and_nothing_is_markup() {
        for (name, rendered) in sample() {
            let Rendered { subject, text, html } = rendered.expect("renders");
            assert!(!subject.contains(['\r', '\n']), "{name}: {subject}");
            for part in [&text, &html] {
                assert!(!part.contains("{{") && part.contains("/share/AbC-_123"), "{name}\n{part}");
            }
            assert!(!html.contains("<Good>"), "{html}");
        }
    }
}
