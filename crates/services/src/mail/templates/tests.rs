use time::macros::datetime;

use super::*;

const LINK: &str = "https://portal.rivet.example/accept/AbC-_123";

fn mail() -> InvitationMail<'static> {
    InvitationMail {
        business: "Rivet & Söhne",
        support_email: "help@rivet.example",
        name: "Ann Good",
        company: "Acme Ltd",
        login: "ann@acme.example",
        link: LINK,
        expires: datetime!(2026-11-29 09:05 UTC).into(),
        message: "Hello Ann,\n\nas discussed <today>.",
        has_password: false,
    }
}

fn rendered(mail: &InvitationMail<'_>) -> Rendered {
    mail.render().expect("renders")
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
    let bare = InvitationMail { message: " \n", support_email: "", name: "", ..mail() };
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
    let mail = InvitationMail { business: evil, name: evil, company: evil, message: evil, ..mail() };
    let Rendered { subject, text, html } = rendered(&mail);
    assert!(!html.contains("<script") && !html.contains("\" onclick"), "{html}");
    assert!(!subject.contains(['\r', '\n']));
    assert!(!text.contains("\nBcc:"), "{text}");
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
    let test = render_test("Rivet & Söhne", "https://portal.rivet.example").expect("renders");
    std::fs::write(format!("{folder}/test.html"), test.html).expect("the page");
}
