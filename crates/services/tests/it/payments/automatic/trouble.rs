//! Cards that do not pay, banks that ask, and people who are gone.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::access::RowChange;
use services::payments;

use super::{INVOICE, charged_after, consents, last_mail, only_payment, subscription, switch_on, told};
use crate::{
    payments::{Shop, form},
    support::{
        bank::{Call, Fault, NOT_CONFIRMED},
        on_each_database,
    },
};

const FAILED: &str = "ann@acme.example: An automatic payment failed: Invoice A1";

#[test]
fn a_card_that_is_declined_is_told_and_not_tried_again() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let (bad, good) = (shop.card(&ann, "0341").await, shop.card(&ann, "4242").await);
        switch_on(&shop, &ann, "A1", &bad).await;
        charged_after(&shop, 0).await;
        charged_after(&shop, 3).await;
        for days in [0, 1, 10] {
            assert_eq!(charged_after(&shop, days).await, 0, "not tried again");
        }
        let (_, payment) = only_payment(&shop).await;
        assert_eq!((payment.state.as_str(), shop.open_and_paid("A1").await), ("failed", (10_000, 0)));
        assert_eq!((told(&shop).await.len(), told(&shop).await[1].as_str()), (2, FAILED));
        assert!(last_mail(&shop).await.contains("choose another card"));
        // As the mail says.
        switch_on(&shop, &ann, "A1", &good).await;
        assert_eq!(charged_after(&shop, 0).await, 0);
        assert_eq!(charged_after(&shop, 3).await, 1);
        assert_eq!(shop.open_and_paid("A1").await, (0, 10_000));
        shop.agree().await;
    });
}

#[test]
fn a_card_that_expired_is_told() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let setup = payments::begin_setup(&ann).await.expect("a setup");
        // It is valid until the end of the year, and the invoice is due after that.
        shop.bank.enter_expiring(&setup.id, "4242", 2026);
        payments::add_card(&ann, &setup.id, false).await.expect("saves");
        let card = format!("card:{}", payments::list_cards(&ann).await.expect("cards").cards[0].id);
        shop.invoices(&crate::payments::invoice("N1", "ann", "2027-01-05", "USD", "10", "10")).await;
        switch_on(&shop, &ann, "N1", &card).await;
        charged_after(&shop, 41).await;
        assert_eq!(charged_after(&shop, 5).await, 0);
        charged_after(&shop, 5).await;
        let told = told(&shop).await;
        assert_eq!(
            (told.len(), told[1].as_str()),
            (2, "ann@acme.example: An automatic payment failed: Invoice N1")
        );
        assert!(shop.payments().await.is_empty());
        let page =
            payments::get_automatic(&ann, INVOICE, shop.doc("N1").await.id.into()).await.expect("a page");
        assert!(page.cards.is_empty(), "an expired one is not offered");
    });
}

/// With nobody there whom the bank could ask, it declines; they can pay themselves then, and answer it.
#[test]
fn a_bank_that_wants_to_ask_the_payer_declines_and_why_is_told() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "3155").await;
        switch_on(&shop, &ann, "A1", &card).await;
        charged_after(&shop, 0).await;
        assert_eq!(charged_after(&shop, 3).await, 1);
        let (_, payment) = only_payment(&shop).await;
        assert_eq!((payment.state.as_str(), payment.failure.as_str()), ("failed", NOT_CONFIRMED));
        assert_eq!((told(&shop).await.len(), told(&shop).await[1].as_str()), (2, FAILED));
        let mail = last_mail(&shop).await;
        assert!(mail.contains(NOT_CONFIRMED), "{mail}");
        assert!(mail.contains(&format!("/my/invoices/{}", shop.doc("A1").await.id)), "{mail}");
        let by_hand =
            payments::pay(&ann, &form(&shop.docs(&["A1"]).await, "100", &card)).await.expect("pays");
        let page = payments::get_payment(&ann, by_hand).await.expect("a page");
        assert_eq!(page.confirm.map(|confirm| confirm.secret), Some(format!("secret of {by_hand}")));
        shop.agree().await;
    });
}

#[test]
fn a_bank_that_takes_its_time_is_no_failure() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "9999").await;
        switch_on(&shop, &ann, "A1", &card).await;
        charged_after(&shop, 0).await;
        charged_after(&shop, 3).await;
        let (id, _) = only_payment(&shop).await;
        for _ in 0..3 {
            charged_after(&shop, 1).await;
        }
        shop.bank.settle(&shop.reference(id));
        shop.worker_after(24 * 60).await;
        assert_eq!(charged_after(&shop, 1).await, 0);
        assert_eq!((shop.open_and_paid("A1").await.0, told(&shop).await.len()), (0, 1));
        shop.agree().await;
    });
}

#[test]
fn a_card_service_that_cannot_be_reached_is_asked_again_on_the_next_days() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        switch_on(&shop, &ann, "A1", &card).await;
        switch_on(&shop, &ann, "A2", &card).await;
        charged_after(&shop, 0).await;
        shop.bank.fail(Call::Prepare, Fault::NeverArrives);
        shop.bank.fail(Call::Prepare, Fault::NeverArrives);
        assert_eq!(charged_after(&shop, 3).await, 2);
        assert_eq!(charged_after(&shop, 0).await, 0, "not at once");
        assert_eq!(told(&shop).await.len(), 2, "nothing is told yet");
        // One day later it answers for one of them, and for the other never.
        shop.bank.fail(Call::Prepare, Fault::NeverArrives);
        charged_after(&shop, 1).await;
        let paid = shop.payments().await.into_iter().filter(|payment| payment.state == "succeeded").count();
        assert_eq!(paid, 1);
        for _ in 0..2 {
            shop.bank.fail(Call::Prepare, Fault::NeverArrives);
            charged_after(&shop, 1).await;
        }
        let news = told(&shop).await;
        assert_eq!(news.len(), 3, "{news:?}");
        assert!(news[2].contains("An automatic payment failed"), "{news:?}");
        for days in [0, 1, 5] {
            assert_eq!(charged_after(&shop, days).await, 0, "given up");
        }
        shop.agree().await;
    });
}

/// Whoever is gone pays nothing, is told nothing, and their consent ends: others are asked then.
#[test]
fn without_access_nothing_is_taken_and_nothing_told() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        subscription(&shop, "SUB/1", &[("H1", "2026-11-20"), ("H2", "2026-12-20")]).await;
        let ann = shop.accountant("ann").await;
        let card = shop.save_card(&ann, "4242", true).await;
        switch_on(&shop, &ann, "A1", &card).await;
        switch_on(&shop, &ann, "SUB/1", &card).await;
        charged_after(&shop, 0).await;
        assert_eq!(told(&shop).await.len(), 2);
        shop.portal.change(shop.contact("ann").await, "", RowChange::Revoke).await;
        assert_eq!(charged_after(&shop, 3).await, 0);
        assert_eq!(charged_after(&shop, 30).await, 0);
        assert!(shop.payments().await.is_empty());
        assert_eq!(told(&shop).await.len(), 2, "also of what falls due later");
        assert!(consents(&shop).await.iter().all(|consent| consent.ended_at.is_some()));
        shop.agree().await;
    });
}

#[test]
fn whoever_may_not_pay_any_more_is_told_that_it_was_not_paid() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        switch_on(&shop, &ann, "A1", &card).await;
        charged_after(&shop, 0).await;
        let reader = shop.portal.new_group("Reader", &["invoices.view"]).await;
        shop.portal.regroup_to(shop.contact("ann").await, reader).await;
        assert_eq!(charged_after(&shop, 3).await, 0);
        charged_after(&shop, 1).await;
        assert_eq!((told(&shop).await.len(), told(&shop).await[1].as_str()), (2, FAILED));
        assert!(shop.payments().await.is_empty() && consents(&shop).await[0].ended_at.is_some());
    });
}
