//! Which mails somebody gets.

use domain::{
    access::StaffRole,
    account::{MailArea, PrivacyPage},
    documents::DocumentKind,
    ids::UserId,
};
use services::{Cx, ServiceError, account, mail};

use super::{events, user_of, without_account};
use crate::support::{Portal, on_each_database};

async fn page(cx: &Cx) -> PrivacyPage {
    account::get_privacy(cx).await.expect("a page")
}

fn wanted(page: &PrivacyPage) -> Vec<String> {
    page.choices.iter().filter(|choice| choice.is_wanted).map(|choice| choice.code.clone()).collect()
}

async fn wants(portal: &Portal, user: UserId, area: MailArea) -> bool {
    mail::wants(portal.portico.db.pool(), user, area).await.expect("asks")
}

#[test]
fn everything_until_they_say_otherwise_and_each_for_themselves() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let bob = portal.person(acme, "Bob", "").await;
        portal.customer(bob, "bob@acme.example").await;
        let first = page(&cx).await;
        assert_eq!((first.mails_to.as_deref(), first.company.as_str()), (Some("ann@acme.example"), "Acme"));
        assert_eq!(wanted(&first).len(), DocumentKind::ALL.len() + 1, "{:?}", first.choices);
        let (ann, bob) =
            (user_of(&portal, "ann@acme.example").await.id, user_of(&portal, "bob@acme.example").await.id);
        let invoices = MailArea::News(DocumentKind::Invoice);
        assert!(wants(&portal, UserId(ann), invoices).await);

        let only = ["payments".to_owned(), "news-sale".to_owned(), "no such".to_owned()];
        account::save_mail_choices(&cx, &only).await.expect("saves");
        account::save_mail_choices(&cx, &only).await.expect("a double click");
        assert_eq!(wanted(&page(&cx).await), ["news-sale", "payments"]);
        assert!(!wants(&portal, UserId(ann), invoices).await);
        assert!(wants(&portal, UserId(ann), MailArea::Payments).await);
        assert!(wants(&portal, UserId(bob), invoices).await, "a colleague chooses alone");
        assert_eq!(events(&portal, "user.mail_choices_changed").await.len(), 1);
        account::save_mail_choices(&cx, &[invoices.code()]).await.expect("saves");
        assert_eq!(wanted(&page(&cx).await), ["news-invoice"]);
    });
}

#[test]
fn what_somebody_may_not_see_is_not_offered_and_stays_as_chosen() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        account::save_mail_choices(&cx, &["payments".to_owned()]).await.expect("saves");
        let group = portal.new_group("Orders", &["sales.view"]).await;
        let cx = portal.regroup_to(ann, group).await;
        let offered: Vec<String> = page(&cx).await.choices.into_iter().map(|choice| choice.code).collect();
        assert_eq!(offered, ["news-sale"]);
        account::save_mail_choices(&cx, &["news-sale".to_owned(), "news-task".to_owned()])
            .await
            .expect("saves");
        let cx = portal.regroup(ann, "standard").await;
        assert_eq!(wanted(&page(&cx).await), ["news-sale", "payments"]);
    });
}

#[test]
fn it_is_for_customers_with_an_account() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let cx = portal.customer(acme, "ann@acme.example").await;
        let mut others = without_account(&portal, &cx).await;
        others.push(("staff", portal.staff(StaffRole::Administrator).await));
        for (who, other) in others {
            let answers = [
                account::get_privacy(&other).await.err(),
                account::save_mail_choices(&other, &[]).await.err(),
                account::get_closing(&other).await.err(),
                account::close_account(&other, "ann@acme.example", crate::support::PASSWORD).await.err(),
                account::begin_export(&other, Some(crate::support::PASSWORD)).await.err(),
            ];
            for answer in answers {
                assert!(
                    matches!(answer, Some(ServiceError::NotFound | ServiceError::Unauthenticated)),
                    "{who}: {answer:?}"
                );
            }
        }
        assert!(portal.again(&cx).await.is_some());
    });
}
