use domain::{
    access::RowChange,
    details::{AddressOf, DetailsForm},
};
use services::{ServiceError, account, auth};
use time::Duration;

use super::{ann, form, some, stored, wrong};
use crate::support::{PASSWORD, Portal, on_each_database};

async fn link(portal: &Portal) -> String {
    let mails = portal.mails().await;
    let mail = mails.iter().rev().find(|mail| mail.template == "confirm_email").expect("the link");
    let (_, after) = mail.text_body.split_once("https://portal.business.example/confirm/").expect("a link");
    after.split_whitespace().next().expect("a secret").to_owned()
}

async fn pending(cx: &services::Cx) -> Option<String> {
    account::get_details(cx, "", AddressOf::Recorded).await.expect("the form").pending_email
}

#[test]
fn a_new_email_is_used_once_it_is_confirmed_and_the_login_stays() {
    on_each_database(|portal| async move {
        let (_, ann, cx) = ann(&portal).await;
        let typed =
            DetailsForm { email: some(" Ann@New.example "), phone: some("+1 555 7"), ..form(&cx).await };
        portal.clock.advance(Duration::minutes(11));
        // Without the password nothing is saved.
        assert_eq!(wrong(account::save_details(&cx, &typed).await), ["password"]);
        let wrong_one = DetailsForm { password: "not it".into(), ..typed.clone() };
        assert_eq!(wrong(account::save_details(&cx, &wrong_one).await), ["password"]);
        assert_eq!(stored(&portal, ann).await.phone, "+1 555 010 0001");
        let before = portal.mails().await.len();
        let saved = account::save_details(&cx, &DetailsForm { password: PASSWORD.into(), ..typed }).await;
        assert!(saved.expect("saves").is_email_pending);
        let row = stored(&portal, ann).await;
        assert_eq!((row.email.as_str(), row.phone.as_str()), ("ann@acme.example", "+1 555 7"));
        assert_eq!(pending(&cx).await.as_deref(), Some("ann@new.example"));
        let mails = portal.mails().await;
        let told: Vec<_> =
            mails.iter().skip(before).map(|mail| (mail.template.as_str(), mail.to_email.as_str())).collect();
        assert_eq!(told, [("confirm_email", "ann@new.example"), ("email_change_asked", "ann@acme.example")]);

        let secret = link(&portal).await;
        let anonymous = portal.anonymous();
        for _scanner in 0..3 {
            let seen = account::view_email_change(&anonymous, &secret).await.expect("looks").expect("live");
            assert_eq!((seen.old.as_str(), seen.new.as_str()), ("ann@acme.example", "ann@new.example"));
        }
        assert_eq!(stored(&portal, ann).await.email, "ann@acme.example", "looking changes nothing");
        let (one, other) = futures::join!(
            account::confirm_email_change(&anonymous, &secret),
            account::confirm_email_change(&anonymous, &secret)
        );
        assert_eq!([&one, &other].into_iter().filter(|result| result.is_ok()).count(), 1, "once");
        let row = stored(&portal, ann).await;
        assert_eq!(
            (row.email.as_str(), row.email_key.as_deref()),
            ("ann@new.example", Some("ann@new.example"))
        );
        let mails = portal.mails().await;
        let told: Vec<_> = mails
            .iter()
            .filter(|mail| mail.template == "email_changed")
            .map(|mail| mail.to_email.as_str())
            .collect();
        assert_eq!(told, ["ann@acme.example", "ann@new.example"]);
        assert_eq!(pending(&cx).await, None);
        let (user, _) = portal.member(ann).await;
        let user = services::users::get_user(&portal.system(), user).await.expect("the user");
        assert!(format!("{user:?}").contains("ann@acme.example"), "the login is as before");
    });
}

#[test]
fn a_link_dies_with_time_a_newer_one_taking_it_back_and_with_the_access() {
    on_each_database(|portal| async move {
        let (_, ann, cx) = ann(&portal).await;
        let anonymous = portal.anonymous();
        let ask = |email: &'static str| {
            let cx = cx.clone();
            async move {
                let typed = DetailsForm { email: some(email), password: PASSWORD.into(), ..form(&cx).await };
                account::save_details(&cx, &typed).await.map(|_| ())
            }
        };
        let is_dead = |secret: String| {
            let anonymous = anonymous.clone();
            async move {
                let shown = account::view_email_change(&anonymous, &secret).await.expect("looks");
                let spent = account::confirm_email_change(&anonymous, &secret).await;
                shown.is_none() && matches!(spent, Err(ServiceError::NotFound))
            }
        };
        ask("one@new.example").await.expect("asks");
        let first = link(&portal).await;
        ask("two@new.example").await.expect("asks");
        assert!(is_dead(first).await, "a newer one");
        let second = link(&portal).await;
        account::cancel_email_change(&cx).await.expect("takes back");
        assert!(is_dead(second).await, "taken back");
        assert_eq!(pending(&cx).await, None);
        ask("three@new.example").await.expect("asks");
        let third = link(&portal).await;
        portal.change(ann, "", RowChange::Revoke).await;
        assert!(is_dead(third.clone()).await, "no access");
        portal.change(ann, "", RowChange::UndoRevoke).await;
        portal.clock.advance(Duration::hours(24));
        assert!(is_dead(third).await, "a day later");
        assert!(is_dead("made-up".to_owned()).await);
        assert_eq!(stored(&portal, ann).await.email, "ann@acme.example");
    });
}

#[test]
fn nobody_is_flooded_and_a_new_spelling_is_no_new_email() {
    on_each_database(|portal| async move {
        let (_, _, cx) = ann(&portal).await;
        let same = DetailsForm { email: some("ANN@acme.example"), ..form(&cx).await };
        assert!(!account::save_details(&cx, &same).await.expect("saves").is_email_pending);
        auth::confirm_password(&cx, PASSWORD).await.expect("proves");
        let cx = portal.again(&cx).await.expect("a session");
        for at in 0..5 {
            let typed = DetailsForm { email: some(&format!("a{at}@new.example")), ..form(&cx).await };
            account::save_details(&cx, &typed).await.expect("the password was given just now");
        }
        let sixth = DetailsForm { email: some("a6@new.example"), ..form(&cx).await };
        assert_eq!(wrong(account::save_details(&cx, &sixth).await), ["email"]);
    });
}
