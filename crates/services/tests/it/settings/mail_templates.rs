use domain::{
    access::{RowChange, StaffRole},
    audit::AuditFilter,
    settings::TemplateForm,
};
use services::{
    ServiceError,
    audit::list_events,
    settings::{get_mail_template, preview_mail_template, reset_mail_template, save_mail_template},
};

use super::outsiders;
use crate::support::on_each_database;

const KIND: &str = "invitation";

fn form(text: &str) -> TemplateForm {
    TemplateForm { subject: "Welcome, {{name}}".into(), text: text.into(), version: 0 }
}

#[test]
fn only_administrators_see_and_change_mails() {
    on_each_database(|portal| async move {
        let good = form("{{link}}");
        for cx in outsiders(&portal).await {
            assert!(matches!(get_mail_template(&cx, KIND).await, Err(ServiceError::NotFound)));
            assert!(matches!(preview_mail_template(&cx, KIND, &good), Err(ServiceError::NotFound)));
            assert!(matches!(save_mail_template(&cx, KIND, &good).await, Err(ServiceError::NotFound)));
            assert!(matches!(reset_mail_template(&cx, KIND).await, Err(ServiceError::NotFound)));
        }
        let nobody = portal.anonymous();
        assert!(matches!(get_mail_template(&nobody, KIND).await, Err(ServiceError::Unauthenticated)));
        assert!(matches!(preview_mail_template(&nobody, KIND, &good), Err(ServiceError::Unauthenticated)));
        assert!(matches!(save_mail_template(&nobody, KIND, &good).await, Err(ServiceError::Unauthenticated)));
        assert!(matches!(reset_mail_template(&nobody, KIND).await, Err(ServiceError::Unauthenticated)));
        let cx = portal.staff(StaffRole::Administrator).await;
        assert!(matches!(get_mail_template(&cx, "no-such").await, Err(ServiceError::NotFound)));
        assert!(matches!(save_mail_template(&cx, "no-such", &good).await, Err(ServiceError::NotFound)));
    });
}

#[test]
fn the_next_mail_says_it_until_it_is_reset() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann <b>", "ann@acme.example").await;
        save_mail_template(&cx, KIND, &form("Dear {{name}} of {{company}},\r\n\r\n{{link}}\r\n"))
            .await
            .expect("saves");
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let mail = portal.mails().await.pop().expect("a mail");
        assert_eq!(mail.subject, "Welcome, Ann <b>");
        assert!(mail.text_body.starts_with("Dear Ann <b> of Acme,\n\nhttps://"), "{}", mail.text_body);
        assert!(mail.html_body.contains("Dear Ann &#60;b&#62; of Acme,"), "{}", mail.html_body);
        assert!(mail.html_body.contains(">Activate your account</a>"));

        let page = get_mail_template(&cx, KIND).await.expect("shows");
        assert_eq!(page.form.version, 1);
        assert!(page.kinds.iter().any(|(code, _, changed)| code == KIND && *changed));
        assert_eq!(page.preview.0, "Welcome, Ann Sample");
        reset_mail_template(&cx, KIND).await.expect("resets");
        reset_mail_template(&cx, KIND).await.expect("nothing left to reset");
        portal.change(ann, "ann@acme.example", RowChange::Reinvite).await;
        let mail = portal.mails().await.pop().expect("a mail");
        assert!(mail.text_body.contains("invites you to its customer portal"), "{}", mail.text_body);
        let events =
            list_events(&cx, &AuditFilter { whom: "invitation".into(), ..AuditFilter::default() }).await;
        let events = events.expect("lists").items;
        let whats: Vec<_> = events.iter().map(|event| event.what.as_str()).collect();
        assert_eq!(whats, ["Mail template reset to the original", "Mail template changed"]);
        assert!(events[1].changes.iter().any(|change| change.label == "Subject"
            && change.before.as_deref() == Some("Your access to the {{business}} customer portal")));
    });
}

#[test]
fn what_is_no_template_is_refused_and_a_stale_one_too() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        for wrong in ["no link", "{{link}} {{password}}", "{{link}} {{name", "{{link}} }}", ""] {
            let saved = save_mail_template(&cx, KIND, &form(wrong)).await;
            assert!(
                matches!(&saved, Err(ServiceError::Invalid(errors)) if errors.get("text").is_some()),
                "{wrong}"
            );
            assert!(matches!(preview_mail_template(&cx, KIND, &form(wrong)), Err(ServiceError::Invalid(_))));
        }
        save_mail_template(&cx, KIND, &form("{{link}}")).await.expect("saves");
        let again = save_mail_template(&cx, KIND, &form("mine {{link}}")).await;
        assert!(matches!(again, Err(ServiceError::Stale)));
        let newer = TemplateForm { version: 1, ..form("mine {{link}}") };
        save_mail_template(&cx, KIND, &newer).await.expect("saves");
        let (subject, text) = preview_mail_template(&cx, KIND, &form("Hi {{name}} {{link}}")).expect("shows");
        assert_eq!(subject, "Welcome, Ann Sample");
        assert!(text.starts_with("Hi Ann Sample https://portal.business.example/accept/"), "{text}");
    });
}
