//! What people are told of their payments.

use super::{
    Rendered, UserLetters,
    user_letters::{Action, set},
};
use crate::{ServiceResult, mail::one_line::one_line};

/// Money came in.
#[derive(Clone, Debug)]
pub(crate) struct PaymentMail<'a> {
    pub number: &'a str,
    pub amount: String,
    /// `Visa •••• 4242`.
    pub means: &'a str,
    /// What of it went into the wallet.
    pub to_wallet: Option<String>,
    pub link: &'a str,
}

impl UserLetters {
    /// A receipt.
    pub(crate) fn payment_received(&self, mail: &PaymentMail<'_>) -> ServiceResult<Rendered> {
        let told = format!("Thank you: {} received your payment of {}.", self.business(), mail.amount);
        let mut words = self.words("Payment received", told.clone(), vec![told]);
        words.facts = vec![
            ("Payment", one_line(mail.number)),
            ("Amount", mail.amount.clone()),
            ("Paid with", one_line(mail.means)),
        ];
        words.facts.extend(mail.to_wallet.clone().map(|amount| ("Into your wallet", amount)));
        words.action = Some(Action {
            ask: "What was paid by it, and the receipt, are here:",
            label: "Open the payment",
            link: mail.link.to_owned(),
        });
        words.after.push(self.alarm("If you did not pay this,"));
        set(format!("Your payment of {} to {}", mail.amount, self.business()), &words)
    }

    /// Money went back.
    pub(crate) fn payment_given_back(&self, mail: &PaymentMail<'_>) -> ServiceResult<Rendered> {
        let told = format!("{} gave {} back to you.", self.business(), mail.amount);
        let mut words = self.words("Payment given back", told.clone(), vec![told]);
        words.facts = vec![
            ("Payment", one_line(mail.number)),
            ("Amount", mail.amount.clone()),
            ("Paid with", one_line(mail.means)),
        ];
        words.paragraphs.push("With a card it takes some days until it is on your account.".to_owned());
        words.action = Some(Action {
            ask: "The payment is here:",
            label: "Open the payment",
            link: mail.link.to_owned(),
        });
        set(format!("{} back from {}", mail.amount, self.business()), &words)
    }
}

/// What happens to a payment without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AutomaticNews {
    /// It is going to be made.
    Announced,
    /// More is open than is allowed.
    OverLimit,
    /// It could not be made.
    Failed,
}

/// An invoice that is paid without asking, or is not.
#[derive(Clone, Debug)]
pub(crate) struct AutomaticMail<'a> {
    pub news: AutomaticNews,
    pub document: &'a str,
    pub amount: String,
    /// `Visa •••• 4242`.
    pub card: &'a str,
    /// The day.
    pub on: &'a str,
    /// Why it failed, where that is known.
    pub why: &'a str,
    pub link: &'a str,
}

/// An invoice that is open.
#[derive(Clone, Debug)]
pub(crate) struct ReminderMail {
    pub document: String,
    pub amount: String,
    pub due: String,
    pub is_overdue: bool,
    pub link: String,
}

impl UserLetters {
    /// What becomes of an invoice that is paid without asking.
    pub(crate) fn automatic_payment(&self, mail: &AutomaticMail<'_>) -> ServiceResult<Rendered> {
        let (document, amount, card, on) =
            (one_line(mail.document), &mail.amount, one_line(mail.card), mail.on);
        let why = if mail.why.is_empty() { String::new() } else { format!(" {}", mail.why) };
        let (title, told) = match mail.news {
            AutomaticNews::Announced => (
                "An invoice is going to be paid",
                format!(
                    "{document} is paid automatically on {on}: {amount} from {card}. You need not do anything."
                ),
            ),
            AutomaticNews::OverLimit => (
                "An invoice is over your limit",
                format!(
                    "{document} is not paid automatically: {amount} is more than the limit that you set. Pay it yourself."
                ),
            ),
            AutomaticNews::Failed => (
                "An automatic payment failed",
                format!(
                    "{document} could not be paid automatically: {amount} from {card}.{why} Pay it yourself, or choose another card."
                ),
            ),
        };
        let mut words = self.words(title, told.clone(), vec![told]);
        words.action = Some(Action {
            ask: "The invoice is here, where you can also switch automatic payment off:",
            label: "Open the invoice",
            link: mail.link.to_owned(),
        });
        set(format!("{title}: {document}"), &words)
    }

    /// Something is due.
    pub(crate) fn reminder(&self, mail: &ReminderMail) -> ServiceResult<Rendered> {
        let document = one_line(&mail.document);
        let (title, when) = match mail.is_overdue {
            true => ("An invoice is overdue", format!("was due on {}", mail.due)),
            false => ("An invoice is due soon", format!("is due on {}", mail.due)),
        };
        let told = format!("{document} of {} {when}: {} is open.", self.business(), mail.amount);
        let mut words = self.words(title, told.clone(), vec![told]);
        words
            .paragraphs
            .push("If you paid it in the last days, this mail crossed your payment: thank you.".to_owned());
        words.action = Some(Action {
            ask: "Look at it and pay it here:",
            label: "Open the invoice",
            link: mail.link.clone(),
        });
        if !self.login().is_empty() {
            words.footer = "You get this mail because you can pay this invoice. Choose your mails under Notifications and \
                            privacy."
                .to_owned();
        }
        set(format!("{title}: {document}"), &words)
    }
}

#[cfg(test)]
pub(in crate::mail) fn sample() -> Vec<(&'static str, ServiceResult<Rendered>)> {
    let letters = UserLetters {
        business: "Rivet & Söhne".to_owned(),
        support_email: "help@rivet.example".to_owned(),
        name: "Ann <Good>".to_owned(),
        login: "ann@acme.example".to_owned(),
    };
    let mail = PaymentMail {
        number: "P00042",
        amount: "€1,250.00".to_owned(),
        means: "Visa •••• 4242",
        to_wallet: Some("€50.00".to_owned()),
        link: "https://portal.rivet.example/my/payments/1",
    };
    let automatic = |news| AutomaticMail {
        news,
        document: "Invoice INV/2026/00042\r\nBcc: x",
        amount: "€1,250.00".to_owned(),
        card: "Visa •••• 4242",
        on: "3 Dec 2026",
        why: "There is not enough money on the card.",
        link: "https://portal.rivet.example/my/payments/1",
    };
    let reminder = |is_overdue| ReminderMail {
        document: "Invoice INV/2026/00042".to_owned(),
        amount: "€1,250.00".to_owned(),
        due: "3 Dec 2026".to_owned(),
        is_overdue,
        link: "https://portal.rivet.example/my/payments/1".to_owned(),
    };
    vec![
        ("payment-received", letters.payment_received(&mail)),
        ("payment-given-back", letters.payment_given_back(&mail)),
        ("automatic-payment", letters.automatic_payment(&automatic(AutomaticNews::Announced))),
        ("automatic-payment-failed", letters.automatic_payment(&automatic(AutomaticNews::Failed))),
        ("automatic-payment-over-limit", letters.automatic_payment(&automatic(AutomaticNews::OverLimit))),
        ("reminder-before", letters.reminder(&reminder(false))),
        ("reminder-after", letters.reminder(&reminder(true))),
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
                assert!(!part.contains("{{") && part.contains("/my/payments/1"), "{name}\n{part}");
                assert!(part.contains("€1,250.00"), "{name}");
            }
            assert!(!html.contains("<Good>"), "{html}");
        }
    }
}
