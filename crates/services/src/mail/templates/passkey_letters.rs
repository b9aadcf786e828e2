//! What people are told when their passkeys change.

use domain::Instant;

use super::{
    Rendered,
    user_letters::{UserLetters, set},
};
use crate::{ServiceResult, mail::one_line::one_line};

impl UserLetters {
    /// A passkey was added.
    pub(crate) fn passkey_added(&self, passkey: &str, when: Instant) -> ServiceResult<Rendered> {
        let (business, login, passkey) = (self.business(), self.login(), one_line(passkey));
        let mut words = self.words(
            "Passkey added",
            format!("Whoever has the passkey “{passkey}” can log in as {login}."),
            vec![
                format!(
                    "The passkey “{passkey}” was added to your login {login} at {business} on {}. From now on you can \
                     log in with it, without password and code.",
                    when.display()
                ),
                "If that was you, there is nothing to do. You can remove it at any time, under Security.".to_owned(),
            ],
        );
        words.after.push(self.alarm("If it was not you, remove it, change your password and"));
        set(format!("Passkey added to your login at {business}"), &words)
    }

    /// A passkey was removed.
    pub(crate) fn passkey_removed(&self, passkey: &str, when: Instant) -> ServiceResult<Rendered> {
        let (business, login, passkey) = (self.business(), self.login(), one_line(passkey));
        let mut words = self.words(
            "Passkey removed",
            format!("The passkey “{passkey}” of {login} does not work any more."),
            vec![
                format!(
                    "The passkey “{passkey}” of your login {login} at {business} was removed on {}. Nobody can log in \
                     with it any more, and every other browser was logged out.",
                    when.display()
                ),
                "Your device may still offer it: delete it there too.".to_owned(),
            ],
        );
        words.after.push(self.alarm("If it was not you, change your password and"));
        set(format!("Passkey removed from your login at {business}"), &words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Clock, Db, Portico, PorticoConfig};

    #[tokio::test]
    async fn both_mails_name_passkey_login_and_business_and_say_what_to_do() {
        let db = Db::connect("sqlite::memory:").await.expect("connects");
        let config = PorticoConfig {
            public_url: "https://portal.rivet.example".to_owned(),
            business: "Rivet & Söhne".to_owned(),
            support_email: "help@rivet.example".to_owned(),
            mail_from: String::new(),
            secret_key: crate::secrets::SecretKey::random(),
            files: crate::files::Files::in_memory(),
            api_rate: 10,
        };
        let when = Instant::from_millis(1_795_338_300_000);
        let portico = Portico::new(db, Clock::set_to(when), config);
        let letters = UserLetters::new(&portico.system("test"), "Ann", "ann@acme.example");
        let name = "Work <laptop>";
        for Rendered { subject, text, html } in
            [letters.passkey_added(name, when), letters.passkey_removed(name, when)].map(Result::unwrap)
        {
            assert!(subject.starts_with("Passkey ") && subject.contains("Rivet & Söhne"), "{subject}");
            for part in ["Work <laptop>", "ann@acme.example", "write to help@rivet.example at once"] {
                assert!(text.contains(part), "{part}\n{text}");
            }
            assert!(html.contains("Work &#60;laptop&#62;") && !html.contains("<laptop>"), "{html}");
            assert!(!text.contains("http"), "{text}");
        }
    }
}
