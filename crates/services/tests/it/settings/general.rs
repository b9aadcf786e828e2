use domain::{
    access::{RowChange, StaffRole},
    audit::{AuditFilter, Change},
    settings::GeneralForm,
};
use services::{
    Portico, ServiceError,
    audit::list_events,
    settings::{get_general, refresh, save_general},
};
use time::macros::date;

use super::outsiders;
use crate::support::{on_each_database, origin};

fn form() -> GeneralForm {
    GeneralForm {
        business: "Hammer & Sons".into(),
        legal_name: "Hammer & Sons Ltd".into(),
        support_email: "Support@Hammer.example".into(),
        time_zone: "Europe/Berlin".into(),
        currency: "EUR".into(),
        accent: "06c".into(),
        require_two_factor: true,
        ..GeneralForm::default()
    }
}

#[test]
fn only_administrators_see_and_change_settings() {
    on_each_database(|portal| async move {
        for cx in outsiders(&portal).await {
            assert!(matches!(get_general(&cx).await, Err(ServiceError::NotFound)));
            assert!(matches!(save_general(&cx, &form()).await, Err(ServiceError::NotFound)));
        }
        let nobody = portal.anonymous();
        assert!(matches!(get_general(&nobody).await, Err(ServiceError::Unauthenticated)));
        assert!(matches!(save_general(&nobody, &form()).await, Err(ServiceError::Unauthenticated)));
        let cx = portal.staff(StaffRole::Administrator).await;
        let page = get_general(&cx).await.expect("shows");
        assert_eq!(page.form.business, "Rivet Works", "the configuration is the initial value");
        assert_eq!(page.form.support_email, "help@business.example");
        assert!(page.time_zones.contains(&"Europe/Berlin".to_owned()));
        assert!(page.currencies.iter().any(|(code, _)| code == "EUR"));
    });
}

#[test]
fn what_is_saved_acts_on_the_next_request_and_mail_and_is_told_with_what_it_was() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        save_general(&cx, &form()).await.expect("saves");
        let next = portal.anonymous();
        assert_eq!(next.config().business, "Hammer & Sons");
        assert_eq!(next.config().support_email, "support@hammer.example");
        assert_eq!(next.settings().accent().map(|accent| accent.to_string()).as_deref(), Some("#0066cc"));
        assert_eq!(cx.config().business, "Rivet Works", "a request sees the same from beginning to end");

        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let mail = portal.mails().await.pop().expect("a mail");
        assert_eq!(mail.subject, "Your access to the Hammer & Sons customer portal");
        assert!(mail.text_body.contains("Questions? Write to support@hammer.example."), "{}", mail.text_body);
        assert!(mail.text_body.ends_with("-- \nHammer & Sons Ltd"), "{}", mail.text_body);
        assert!(mail.text_body.contains("until 29 Nov 2026, 11:00 CET"), "in the business's time zone");
        assert!(mail.html_body.contains("#0066cc") && !mail.html_body.contains("#3457d5"));

        let administrator = portal.staff(StaffRole::Administrator).await;
        let filter = AuditFilter { whom: "general settings".into(), ..AuditFilter::default() };
        let event = list_events(&administrator, &filter).await.expect("lists").items.remove(0);
        assert_eq!(event.what, "Settings changed");
        assert_eq!(event.when, "22 Nov 2026, 11:00:00 CET");
        let change = |label: &str, before: &str, after: &str| Change {
            label: label.into(),
            before: Some(before.into()),
            after: after.into(),
        };
        for expected in [
            change("Business", "Rivet Works", "Hammer & Sons"),
            change("Time zone", "UTC", "Europe/Berlin"),
            change("Require two factor", "no", "yes"),
        ] {
            assert!(event.changes.contains(&expected), "{expected:?} in {:?}", event.changes);
        }
    });
}

#[test]
fn days_of_the_audit_trail_begin_where_the_business_is() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        let form = GeneralForm { time_zone: "Pacific/Auckland".into(), ..form() };
        save_general(&cx, &form).await.expect("saves");
        // 10:00 in UTC is 23:00 there; two hours later it is tomorrow.
        portal.clock.advance(time::Duration::hours(2));
        portal.company("Late").await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let filter = AuditFilter { from: Some(date!(2026 - 11 - 23)), ..AuditFilter::default() };
        let events = list_events(&cx, &filter).await.expect("lists").items;
        assert_eq!(events.iter().map(|event| event.subject.as_str()).collect::<Vec<_>>(), ["Late"]);
    });
}

#[test]
fn a_stale_save_is_refused_and_nothing_is_written_where_nothing_changes() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        save_general(&cx, &form()).await.expect("saves");
        assert!(matches!(save_general(&cx, &form()).await, Err(ServiceError::Stale)), "a second tab");
        let saved = get_general(&cx).await.expect("shows").form;
        assert_eq!(saved.version, 1);
        save_general(&cx, &saved).await.expect("does nothing");
        assert_eq!(get_general(&cx).await.expect("shows").form.version, 1);
        let events = list_events(&cx, &AuditFilter::default()).await.expect("lists").items;
        assert_eq!(events.len(), 1);
    });
}

#[test]
fn wrong_fields_are_named_together() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        let wrong = GeneralForm {
            business: String::new(),
            time_zone: "Mars/Olympus".into(),
            currency: "XXX".into(),
            accent: "#ffff00".into(),
            ..form()
        };
        let Err(ServiceError::Invalid(errors)) = save_general(&cx, &wrong).await else {
            panic!("accepted");
        };
        for field in ["business", "time_zone", "currency", "accent"] {
            assert!(errors.get(field).is_some(), "{field}");
        }
        assert_eq!(portal.anonymous().config().business, "Rivet Works");
    });
}

#[test]
fn another_instance_sees_it_when_it_looks_again_and_no_request_costs_a_statement() {
    on_each_database(|portal| async move {
        let other =
            Portico::new(portal.portico.db.clone(), portal.clock.clone(), portal.portico.config.clone());
        let cx = portal.staff(StaffRole::Administrator).await;
        save_general(&cx, &form()).await.expect("saves");
        assert_eq!(other.settings().config.business, "Rivet Works");
        refresh(&other).await.expect("looks again");
        assert_eq!(other.settings().config.business, "Hammer & Sons");
        let (_, statements) = portal
            .statements_of(async {
                let cx = other.anonymous(origin());
                cx.config().business.clone()
            })
            .await;
        assert_eq!(statements, 0);
    });
}
