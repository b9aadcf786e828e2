//! Cards that do not pay, banks that ask, and people who are gone.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::access::RowChange;
use services::payments;

use super::{INVOICE, charged_after, consents, last_mail, only_payment, subscription, switch_on, told};
use crate::{payments::Shop, support::on_each_database};

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

#[test]
fn a_bank_that_wants_to_hear_from_the_payer_is_told_with_a_link() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "3155").await;
        switch_on(&shop, &ann, "A1", &card).await;
        switch_on(&shop, &ann, "A2", &card).await;
        charged_after(&shop, 0).await;
        charged_after(&shop, 3).await;
        charged_after(&shop, 0).await;
        let waits = told(&shop).await.split_off(2);
        assert_eq!(waits.len(), 2);
        assert!(waits[0].contains("An automatic payment waits for you"), "{waits:?}");
        let mail = last_mail(&shop).await;
        let mut payments = shop.payments().await;
        let at = payments.iter().position(|one| mail.contains(&format!("/my/payments/{}", one.id)));
        let confirmed = payments.remove(at.expect("its link")).id.into();
        let page = payments::get_payment(&ann, confirmed).await.expect("a page");
        assert_eq!(page.confirm.map(|confirm| confirm.secret), Some(format!("secret of {confirmed}")));
        shop.bank.confirm(&shop.reference(confirmed), true);
        payments::check_payment(&ann, confirmed).await.expect("asks");
        // What nobody confirms ends, and that is told, too.
        shop.worker_after(61).await;
        charged_after(&shop, 0).await;
        charged_after(&shop, 1).await;
        let failed = told(&shop).await.split_off(4);
        assert_eq!(failed.len(), 1, "{failed:?}");
        assert!(failed[0].contains("An automatic payment failed"));
        shop.agree().await;
    });
}

/// What is given up by who consented needs no mail.
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
        assert_eq!((shop.open_and_paid("A1").await.0, told(&shop).await.len()), (0, 2));
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
