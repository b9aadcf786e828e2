use time::macros::datetime;

use super::*;
use crate::PorticoConfig;

const LINK: &str = "https://portal.rivet.example/accept/AbC-_123";

fn mail() -> InvitationMail<'static> {
    InvitationMail {
        name: "Ann Good",
        company: "Acme Ltd",
        login: "ann@acme.example",
        link: LINK,
        secure_link: None,
        expires: datetime!(2026-11-29 09:05 UTC).into(),
        message: "Hello Ann,\n\nas discussed <today>.",
        has_password: false,
    }
}

fn settings() -> Settings {
    Settings::initial(&PorticoConfig {
        public_url: "https://portal.rivet.example".to_owned(),
        business: "Rivet & Söhne".to_owned(),
        support_email: "help@rivet.example".to_owned(),
        mail_from: "portal@rivet.example".to_owned(),
        secret_key: crate::secrets::SecretKey::random(),
        files: crate::files::Files::in_memory(),
        api_rate: 10,
    })
}

fn rendered(mail: &InvitationMail<'_>) -> Rendered {
    mail.render(&settings()).expect("renders")
}

#[test]
fn an_invitation_says_everything_in_both_parts() {
    let Rendered { subject, text, html } = rendered(&mail());
    assert_eq!(subject, "Your access to the Rivet & Söhne customer portal");
    for said in
        ["Ann Good", "Acme Ltd", "ann@acme.example", "29 Nov 2026, 09:05 UTC", "once", "help@rivet.example"]
    {
        assert!(text.contains(said), "{said} is missing in\n{text}");
        assert!(html.contains(said), "{said} is missing in\n{html}");
    }
    assert!(text.contains("Rivet & Söhne invites you") && html.contains("Rivet &#38; Söhne invites you"));
    assert!(text.contains("Rivet & Söhne adds:\n\n> Hello Ann,\n>\n> as discussed <today>.\n\n"), "{text}");
    assert!(html.contains("Hello Ann,<br><br>as discussed &#60;today&#62;."), "{html}");
    assert!(html.contains(">Activate your account</a>"));
    assert!(text.contains("ignore it") && html.contains("ignore it"));
}

#[test]
fn the_link_stands_alone_in_the_text_and_is_the_button_in_the_html() {
    for has_password in [false, true] {
        let Rendered { text, html, .. } = rendered(&InvitationMail { has_password, ..mail() });
        assert_eq!(text.lines().filter(|line| *line == LINK).count(), 1, "{text}");
        assert_eq!(text.matches("https://").count(), 1, "{text}");
        assert_eq!(html.matches(&format!("href=\"{LINK}\"")).count(), 1, "{html}");
        assert_eq!(html.matches(LINK).count(), 2, "the button, and the address to copy");
        assert!(!html.contains("<img") && !html.contains("url("), "nothing is loaded");
    }
}

#[test]
fn nothing_is_left_unfilled_or_uneven() {
    let bare = InvitationMail { message: " \n", name: "", ..mail() };
    let personal = InvitationMail { company: "Ann Good", ..mail() };
    let known = InvitationMail { has_password: true, ..mail() };
    for mail in [mail(), bare, personal, known] {
        let Rendered { text, html, .. } = rendered(&mail);
        for part in [&text, &html] {
            for left in ["{{", "{%", "}}", "%}", "Some(", "mail.name", "mail.company", " .", " ,"] {
                assert!(!part.contains(left), "{left}\n{part}");
            }
        }
        assert!(!text.contains("\n\n\n") && text.ends_with('.'), "{text}");
    }
}

#[test]
fn who_signs_in_already_is_asked_to_accept() {
    let Rendered { text, html, .. } = rendered(&InvitationMail { has_password: true, ..mail() });
    for part in [&text, &html] {
        assert!(part.contains("Acme Ltd") && part.contains("our password stays yours"), "{part}");
        assert!(!part.contains("choose a password"), "{part}");
    }
    assert!(html.contains(">Open and accept</a>") && !html.contains("Activate"));
}

#[test]
fn a_person_is_not_invited_for_themselves() {
    let Rendered { text, .. } = rendered(&InvitationMail { company: "Ann Good", ..mail() });
    assert!(text.contains("its customer portal.\n") && !text.contains("for Ann Good"), "{text}");
}

#[test]
fn markup_and_line_breaks_in_names_stay_text() {
    let evil = "<script>alert(1)</script>\" onclick=\"x\r\nBcc: eve@evil.example";
    let mail = InvitationMail { name: evil, company: evil, message: evil, ..mail() };
    let mut settings = settings();
    settings.config.business = evil.to_owned();
    settings.general.legal_name = evil.to_owned();
    let Rendered { subject, text, html } = mail.render(&settings).expect("renders");
    assert!(!html.contains("<script") && !html.contains("\" onclick"), "{html}");
    assert!(!subject.contains(['\r', '\n']));
    assert!(!text.contains("\nBcc:"), "{text}");
}

#[test]
fn what_is_not_known_of_the_business_is_not_said() {
    let mut settings = settings();
    settings.general.support_email.clear();
    let mail = mail();
    let say = |settings: &Settings| mail.render(settings).expect("renders");
    assert!(say(&settings).text.contains("Ask whom you know at Rivet & Söhne."));
    settings.general.support_phone = "+49 30 1".to_owned();
    assert!(say(&settings).text.contains("Questions? Call +49 30 1."));
    assert!(!say(&settings).text.contains("-- \n"), "no imprint without legal data");
    settings.general.legal_name = "Söhne <GmbH>".to_owned();
    settings.general.legal_address = "1 Road\nTown".to_owned();
    settings.general.vat = "DE1".to_owned();
    let Rendered { text, html, .. } = say(&settings);
    assert!(text.ends_with("\n\n-- \nSöhne <GmbH>\n1 Road, Town\nVAT number DE1"), "{text}");
    assert!(html.contains("Söhne &#60;GmbH&#62;<br>1 Road, Town<br>VAT number DE1"), "{html}");
}

#[test]
fn staffs_own_words_are_used_and_values_in_them_are_escaped() {
    let mut settings = settings();
    let form = TemplateForm {
        subject: "{{company}}: welcome".to_owned(),
        text: "Hi {{name}} <b>!</b>\n\n{{link}}\n\nOr {{secure_link}}, {{portal_url}}".to_owned(),
        version: 1,
    };
    settings.templates.insert("invitation".to_owned(), form);
    let mail = InvitationMail { secure_link: Some("https://portal.rivet.example/link/s"), ..mail() };
    let Rendered { subject, text, html } = mail.render(&settings).expect("renders");
    assert_eq!(subject, "Acme Ltd: welcome");
    let expected = format!(
        "Hi Ann Good <b>!</b>\n\n{LINK}\n\nOr https://portal.rivet.example/link/s, https://portal.rivet.example/login"
    );
    assert_eq!(text, expected);
    assert!(html.contains("Hi Ann Good &#60;b&#62;!&#60;/b&#62;") && html.contains("/link/s</a>"), "{html}");
    let none = InvitationMail { secure_link: None, ..mail.clone() };
    let text = none.render(&settings).expect("renders").text;
    assert!(text.contains("Or https://portal.rivet.example/login, "), "the sign-in page instead: {text}");
    let broken = TemplateForm { text: "{{from_the_future}} {{link}}".to_owned(), ..TemplateForm::default() };
    settings.templates.insert("invitation".to_owned(), broken);
    assert!(mail.render(&settings).expect("renders").text.contains("invites you"), "the original instead");
}

#[test]
fn every_kinds_original_words_are_a_template() {
    for kind in MailKind::ALL {
        assert!(original(kind).checked(&kind.allowed(), kind.required()).is_ok(), "{kind:?}");
        assert_eq!(MailKind::parse(kind.code()), Some(kind));
        let sampled = sample(&settings(), kind, &original(kind), Instant::from_millis(0)).expect("renders");
        assert!(sampled.text.contains("Ann Sample"), "{}", sampled.text);
    }
}

/// `PORTICO_MAIL_PREVIEW=/tmp/mails cargo test -p services preview` writes the mails for looking at.
#[test]
fn preview() {
    let Ok(folder) = std::env::var("PORTICO_MAIL_PREVIEW") else { return };
    std::fs::create_dir_all(&folder).expect("the folder");
    let long = "Dear Ann,\n\nthis is where you will find our quotation from last week, and every invoice since January.\n\nKind regards\nBo";
    let known = InvitationMail { has_password: true, message: "", ..mail() };
    for (name, mail) in [("new", InvitationMail { message: long, ..mail() }), ("known", known)] {
        let Rendered { text, html, .. } = rendered(&mail);
        std::fs::write(format!("{folder}/{name}.txt"), text).expect("the text");
        std::fs::write(format!("{folder}/{name}.html"), html).expect("the page");
    }
    let letters = UserLetters {
        business: "Rivet & Söhne".to_owned(),
        support_email: "help@rivet.example".to_owned(),
        name: "Ann Good".to_owned(),
        login: "ann@acme.example".to_owned(),
    };
    let when: Instant = datetime!(2026-11-29 09:05 UTC).into();
    for (name, letter) in [
        ("two-factor-on", letters.two_factor_enabled(when)),
        ("two-factor-off", letters.two_factor_disabled(when, false)),
        ("two-factor-reset", letters.two_factor_disabled(when, true)),
        ("recovery-code-used", letters.recovery_code_used(when, 3)),
        ("recovery-codes-renewed", letters.recovery_codes_renewed(when)),
        ("codes-refused", letters.codes_refused(when)),
        ("passkey-added", letters.passkey_added("Ann's laptop", when)),
        ("passkey-removed", letters.passkey_removed("Ann's laptop", when)),
        ("password-changed", letters.password_changed(when, "Every other browser")),
        ("login-changed", letters.login_changed("old@acme.example", true)),
        ("trust-ended", letters.trust_ended(&["Firefox on Linux"], "29 Nov 2026, 09:05 UTC")),
    ]
    .into_iter()
    .chain(super::message_letters::sample())
    .chain(super::share_letters::sample())
    .chain(super::payment_letters::sample())
    {
        let Rendered { text, html, .. } = letter.expect("renders");
        std::fs::write(format!("{folder}/{name}.txt"), text).expect("the text");
        std::fs::write(format!("{folder}/{name}.html"), html).expect("the page");
    }
    let test = render_test("Rivet & Söhne", "https://portal.rivet.example").expect("renders");
    std::fs::write(format!("{folder}/test.html"), test.html).expect("the page");
}
