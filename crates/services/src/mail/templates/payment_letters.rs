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
    vec![
        ("payment-received", letters.payment_received(&mail)),
        ("payment-given-back", letters.payment_given_back(&mail)),
    ]
}
