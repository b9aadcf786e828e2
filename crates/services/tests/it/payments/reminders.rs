//! Reminders of what is due: when, once, and to whom.

use std::sync::Arc;

use domain::{access::RowChange, account::MailArea, documents::DocumentKind};
use services::{account, payments};
use time::Duration;

use super::{
    INVOICES, Shop,
    automatic::{set, subscription, typed},
    field, form, invoice,
};
use crate::support::on_each_database;

/// A shop that reminds before and after the due date, in days. Today is 22 November.
async fn open(portal: crate::support::Portal, before: &str, after: &str) -> Shop {
    let shop = Shop::open(portal).await;
    shop.set(|form| {
        form.remind_before = before.to_owned();
        form.remind_after = after.to_owned();
    })
    .await;
    shop
}

async fn run(shop: &Shop) -> u64 {
    payments::send_reminders(&shop.portal.portico).await.expect("reminds")
}

async fn after(shop: &Shop, days: i64) -> u64 {
    shop.portal.clock.advance(Duration::days(days));
    run(shop).await
}

/// Whom it was written to, and of what.
async fn told(shop: &Shop) -> Vec<String> {
    let mails = shop.portal.mails().await.into_iter().filter(|mail| mail.template == "reminder");
    let mut told: Vec<_> = mails.map(|mail| format!("{}: {}", mail.to_email, mail.subject)).collect();
    told.sort();
    told
}

#[test]
fn nobody_is_reminded_unless_staff_want_it() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        shop.accountant("ann").await;
        for _ in 0..40 {
            assert_eq!(after(&shop, 1).await, 0);
        }
        assert!(told(&shop).await.is_empty());
    });
}

#[test]
fn each_step_is_sent_once_on_its_day() {
    on_each_database(|portal| async move {
        let shop = open(portal, "3", "7, 14,30").await;
        shop.accountant("ann").await;
        shop.invoices(&invoice("N1", "ann", "2026-12-10", "USD", "80", "60")).await;
        // A2, B1, S1 and Z1 were due two days ago, A1 twelve.
        let mut days = Vec::new();
        for day in 0..60 {
            run(&shop).await;
            assert_eq!(run(&shop).await, 0, "once");
            let news = told(&shop).await.into_iter().filter(|one| one.ends_with("N1")).count();
            if news > days.len() {
                days.push(day);
            }
            assert_eq!(news, days.len(), "one a day");
            shop.portal.clock.advance(Duration::days(1));
        }
        // The 10th of December is 18 days away.
        assert_eq!(days, [15, 25, 32, 48]);
        let mails = shop.portal.mails().await.into_iter().filter(|mail| mail.subject.ends_with("N1"));
        let texts: Vec<String> = mails.map(|mail| mail.text_body).collect();
        let first = texts.first().expect("a mail");
        for said in ["is due on 10 Dec 2026", "$60.00", "/my/invoices/", "Rivet Works"] {
            assert!(first.contains(said), "{said} in {first}");
        }
        assert!(texts.iter().skip(1).all(|text| text.contains("was due on 10 Dec 2026")));
    });
}

/// Switching reminders on floods nobody: what is long past is left, and of several steps the latest counts.
#[test]
fn what_is_long_ago_is_not_sent_and_of_several_the_latest() {
    on_each_database(|portal| async move {
        let shop = open(portal, "3", "1, 5, 20").await;
        shop.accountant("ann").await;
        let old = [
            invoice("O6", "ann", "2026-10-27", "USD", "1", "1"),
            invoice("O7", "ann", "2026-10-26", "USD", "1", "1"),
            invoice("D8", "ann", "2026-11-14", "USD", "1", "1"),
            invoice("D2", "ann", "2026-11-20", "USD", "1", "1"),
            invoice("D0", "ann", "2026-11-22", "USD", "1", "1"),
        ];
        shop.invoices(&old.concat()).await;
        run(&shop).await;
        assert_eq!(run(&shop).await, 0);
        let of = |told: &[String], number: &str| told.iter().filter(|one| one.ends_with(number)).count();
        let first = told(&shop).await;
        let counts = ["O6", "O7", "D8", "D2", "D0"].map(|number| of(&first, number));
        assert_eq!(counts, [1, 0, 1, 1, 1], "{first:?}");
        assert!(
            first.contains(&"ann@acme.example: An invoice is due soon: Invoice D0".to_owned()),
            "{first:?}"
        );
        assert!(
            first.contains(&"ann@acme.example: An invoice is overdue: Invoice D2".to_owned()),
            "{first:?}"
        );
        // The next step comes on its day.
        after(&shop, 2).await;
        assert_eq!(of(&told(&shop).await, "D2"), 1);
        after(&shop, 1).await;
        assert_eq!(of(&told(&shop).await, "D2"), 2);
    });
}

#[test]
fn many_at_once_remind_once() {
    on_each_database(|portal| async move {
        let shop = open(portal, "3", "1, 2").await;
        shop.accountant("ann").await;
        let other = shop.restarted().await;
        let workers = (0..20).map(|n| {
            let portico = if n % 2 == 0 { &shop.portal.portico } else { &other.portal.portico };
            let portico = Arc::clone(portico);
            tokio::spawn(async move { payments::send_reminders(&portico).await })
        });
        let mut sent = 0;
        for answer in futures::future::join_all(workers).await {
            sent += answer.expect("no panic").expect("reminds");
        }
        // A2, B1, S1 and Z1 were due two days ago.
        assert_eq!(sent, 4);
        let told = told(&shop).await;
        assert_eq!(told.len(), 4, "{told:?}");
    });
}

#[test]
fn what_is_paid_or_being_paid_is_not_reminded_of() {
    on_each_database(|portal| async move {
        let shop = open(portal, "3", "2").await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let lines =
            ["P1", "P2", "P3", "P4"].map(|number| invoice(number, "ann", "2026-11-20", "USD", "9", "9"));
        shop.invoices(&lines.concat()).await;
        let ids = shop.docs(&["P1", "P2", "P3"]).await;
        let [p1, p2, p3] = ids.as_slice() else { panic!("three") };
        payments::pay(&ann, &form(&[*p1], "9", &card)).await.expect("pays");
        let transfer = payments::pay(&ann, &form(&[*p2], "9", "transfer")).await.expect("begins");
        set(&shop, &ann, "P3", &typed(&card, "")).await.expect("switches on");
        set(&shop, &ann, "P4", &typed(&card, "1")).await.expect("switches on");
        run(&shop).await;
        let of = async |number: &str| told(&shop).await.iter().filter(|one| one.ends_with(number)).count();
        let counts = [of("P1").await, of("P2").await, of("P3").await, of("A2").await];
        assert_eq!(counts, [0, 0, 0, 1]);
        assert_eq!(of("P4").await, 0, "it may be paid yet");
        // What does not come is reminded of after all; so is what is over its limit.
        payments::cancel_payment(&ann, transfer).await.expect("gives up");
        payments::charge_due(&shop.portal.portico).await.expect("announces");
        run(&shop).await;
        assert_eq!([of("P2").await, of("P3").await, of("P4").await], [1, 0, 1]);
        payments::unset_automatic(&ann, DocumentKind::Invoice, *p3).await.expect("ends");
        run(&shop).await;
        assert_eq!(of("P3").await, 1);
    });
}

/// Also what a subscription pays, whose consent is not the invoice's own.
#[test]
fn what_a_subscription_pays_is_not_reminded_of() {
    on_each_database(|portal| async move {
        let shop = open(portal, "3", "2").await;
        let ann = shop.member("ann", "company_admin").await;
        let card = shop.card(&ann, "4242").await;
        subscription(&shop, "SUB/1", &[("H1", "2026-11-20")]).await;
        let header = INVOICES.trim_end();
        let others = "H2,H2,out_invoice,ann,2026-11-01,2026-11-20,posted,USD,50,50,SUB/2\n\
            H3,H3,out_invoice,zoe,2026-11-01,2026-11-20,posted,USD,50,50,SUB/1\n";
        shop.portal.import(&[("invoices.csv", format!("{header},invoice_origin\n{others}"))]).await;
        set(&shop, &ann, "SUB/1", &typed(&card, "")).await.expect("switches on");
        run(&shop).await;
        let of = async |number: &str| told(&shop).await.iter().filter(|one| one.ends_with(number)).count();
        assert_eq!([of("H1").await, of("H2").await, of("H3").await], [0, 1, 1], "one's own subscription");
        payments::charge_due(&shop.portal.portico).await.expect("announces");
        run(&shop).await;
        assert_eq!(of("H1").await, 0);
    });
}

#[test]
fn those_are_told_who_may_pay_and_want_to_know() {
    on_each_database(|portal| async move {
        let shop = open(portal, "", "2").await;
        let ann = shop.accountant("ann").await;
        let bob = shop.member("bob", "standard").await;
        // Sue works for the subsidiary, and Ann's company does not tell her. Zoe may see it all, and pay nothing.
        shop.member("sue", "standard").await;
        shop.member("zoe", "standard").await;
        let reader = shop.portal.new_group("Reader", &["invoices.view"]).await;
        shop.portal.regroup_to(shop.contact("zoe").await, reader).await;
        run(&shop).await;
        let subject = |who: &str, number: &str| format!("{who}: An invoice is overdue: Invoice {number}");
        let expected = [
            subject("ann@acme.example", "A2"),
            subject("ann@acme.example", "B1"),
            subject("bob@acme.example", "A2"),
            subject("bob@acme.example", "B1"),
            subject("sue@acme.example", "S1"),
        ];
        assert_eq!(told(&shop).await, expected, "nobody of Zeta's, who has a portal user");

        // Whose permission reaches the own only is told of those; and who does not want to, of none.
        shop.portal.regroup(shop.contact("bob").await, "limited").await;
        let wanted: Vec<String> =
            MailArea::all().filter(|area| *area != MailArea::Payments).map(MailArea::code).collect();
        account::save_mail_choices(&ann, &wanted).await.expect("saves");
        let lines = [
            invoice("N1", "ann", "2026-11-20", "USD", "5", "5"),
            invoice("N2", "bob", "2026-11-20", "USD", "5", "5"),
        ];
        shop.invoices(&lines.concat()).await;
        run(&shop).await;
        let of_acme =
            |told: Vec<String>| told.into_iter().filter(|one| one.contains("Invoice N")).collect::<Vec<_>>();
        assert_eq!(of_acme(told(&shop).await), [subject("bob@acme.example", "N2")]);
        assert!(shop.portal.again(&bob).await.is_some());
        shop.portal.change(shop.contact("bob").await, "", RowChange::Revoke).await;
        shop.invoices(&invoice("N3", "bob", "2026-11-20", "USD", "5", "5")).await;
        run(&shop).await;
        assert_eq!(
            of_acme(told(&shop).await).len(),
            1,
            "who is gone is told nothing, and no link is sent round"
        );
    });
}

#[test]
fn without_portal_users_the_contact_gets_a_link() {
    on_each_database(|portal| async move {
        let shop = open(portal, "", "2").await;
        let silent = "id,name,is_company,parent_id/id,email\nmute,Mute,True,,\n";
        shop.portal.import(&[("contacts.csv", silent.to_owned())]).await;
        shop.invoices(&invoice("M1", "mute", "2026-11-20", "USD", "5", "5")).await;
        run(&shop).await;
        let told = told(&shop).await;
        let to: Vec<_> = told.iter().filter_map(|one| one.split_once(": ").map(|(to, _)| to)).collect();
        let all = ["ann@acme.example", "bob@acme.example", "sue@acme.example", "zoe@zeta.example"];
        assert_eq!(to, all, "and nobody where there is no address");
        let mails = shop.portal.mails().await;
        for mail in mails.iter().filter(|mail| mail.template == "reminder") {
            assert!(mail.text_body.contains("https://portal.business.example/link/"), "{}", mail.text_body);
        }
        // The link of the company that it is for.
        let mail = mails.iter().find(|mail| mail.to_email == "zoe@zeta.example").expect("a mail");
        let secret = mail.text_body.split("/link/").nth(1).and_then(|rest| rest.split_whitespace().next());
        let nobody = shop.portal.anonymous();
        let opened = services::links::open_secure_link(&nobody, secret.expect("a link"), false);
        let whose = shop.contact("zeta").await;
        match opened.await.expect("opens") {
            services::links::SecureLinkOpened::Visit(session) => assert_eq!(session.contact, Some(whose)),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn wrong_days_are_refused() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let admin = shop.portal.system();
        let saved = services::settings::get_general(&admin).await.expect("settings").form;
        for (before, after, wrong) in [
            ("3, 4", "", "remind_before"),
            ("-1", "", "remind_before"),
            ("soon", "", "remind_before"),
            ("0", "", "remind_before"),
            ("", "0", "remind_after"),
            ("", "7;14", "remind_after"),
            ("", "1,2,3,4,5,6,7", "remind_after"),
            ("", "366", "remind_after"),
            ("", "1.5", "remind_after"),
        ] {
            let mut form = saved.clone();
            (form.remind_before, form.remind_after) = (before.to_owned(), after.to_owned());
            let told = field(services::settings::save_general(&admin, &form).await, wrong);
            assert!(told.contains("days"), "{before} {after}: {told}");
        }
        shop.set(|form| form.remind_after = " 7 , 14 ".to_owned()).await;
        assert_eq!(shop.portal.portico.system("test").settings().general.reminder_steps(), [7, 14]);
    });
}
