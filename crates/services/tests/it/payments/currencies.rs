//! Currencies with other decimals, and books that are imported again after something was paid.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::documents::DocumentKind;
use services::{documents, payments};

use super::{Shop, field, form, invoice, refusal};
use crate::support::on_each_database;

#[test]
fn yen_and_dinars_are_paid_in_their_own_decimals() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let lines = [
            invoice("Y1", "ann", "2026-11-20", "JPY", "7000", "7000"),
            invoice("K1", "ann", "2026-11-20", "KWD", "12.345", "12.345"),
        ];
        shop.invoices(&lines.concat()).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        for (number, wrong, part, taken, open, shown) in [
            ("Y1", "1200.5", "1200", 1_200, 5_800, "¥5,800"),
            ("K1", "1.2345", "1.234", 1_234, 11_111, "11.111 KWD"),
        ] {
            let ids = shop.docs(&[number]).await;
            let page = payments::get_paying(&ann, &ids).await.expect("a page");
            assert_eq!(page.payables.iter().filter(|one| one.is_chosen).count(), 1);
            field(payments::pay(&ann, &form(&ids, wrong, &card)).await, "amount");
            let id = payments::pay(&ann, &form(&ids, part, &card)).await.expect("pays");
            assert_eq!(shop.bank.taken(id.into()), (1, taken));
            assert_eq!(shop.open_and_paid(number).await, (open, taken));
            let page = documents::get_document(&ann, DocumentKind::Invoice, ids[0]).await.expect("a page");
            let told = page.row.open.expect("open").to_string().replace('\u{a0}', " ");
            assert_eq!(told, shown);
            shop.give_back(id, part).await.expect("gives back");
            shop.agree().await;
            let all = payments::get_paying(&ann, &ids).await.expect("a page").open.display_number();
            payments::pay(&ann, &form(&ids, &all, &card)).await.expect("as it is shown");
            assert_eq!(shop.open_and_paid(number).await.0, 0);
            shop.agree().await;
        }
    });
}

#[test]
fn books_that_do_not_know_of_a_payment_do_not_open_it_again() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let a1 = shop.docs(&["A1"]).await;
        payments::pay(&ann, &form(&a1, "40", &card)).await.expect("pays");
        let version = shop.doc("A1").await.version;
        // Unchanged.
        shop.invoices(&invoice("A1", "ann", "2026-11-10", "USD", "100", "100")).await;
        assert_eq!((shop.open_and_paid("A1").await, shop.doc("A1").await.version), ((6_000, 4_000), version));
        // Changed otherwise, and not knowing of it.
        shop.invoices(&invoice("A1", "ann", "2026-11-11", "USD", "100", "100")).await;
        assert_eq!(shop.open_and_paid("A1").await, (6_000, 4_000));
        // Knowing of it.
        shop.invoices(&invoice("A1", "ann", "2026-11-11", "USD", "100", "60")).await;
        assert_eq!(shop.open_and_paid("A1").await, (6_000, 4_000));
        shop.agree().await;
        // Knowing of another one, too.
        shop.invoices(&invoice("A1", "ann", "2026-11-11", "USD", "100", "50")).await;
        assert_eq!(shop.open_and_paid("A1").await, (5_000, 4_000));
        let id = payments::pay(&ann, &form(&a1, "50", &card)).await.expect("pays the rest");
        assert_eq!(shop.open_and_paid("A1").await, (0, 9_000));
        shop.invoices(&invoice("A1", "ann", "2026-11-12", "USD", "100", "50")).await;
        // The books know of the first and of the other one, and not of the last: it is 10 open at most.
        let (open, paid) = shop.open_and_paid("A1").await;
        assert!(open <= 1_000 && paid == 9_000, "{open}");
        shop.invoices(&invoice("A1", "ann", "2026-11-12", "USD", "100", "0")).await;
        assert_eq!(shop.open_and_paid("A1").await, (0, 9_000));
        assert_eq!(shop.doc("A1").await.attention, None);
        assert!(refusal(payments::pay(&ann, &form(&a1, "1", &card)).await).contains("Nothing"));
        // What goes back is open again, up to what was not paid here.
        shop.give_back(id, "50").await.expect("gives back");
        assert_eq!(shop.open_and_paid("A1").await, (5_000, 4_000));
        shop.agree().await;
    });
}

#[test]
fn money_that_comes_for_what_the_books_closed_meanwhile_goes_into_the_wallet() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let admin = shop.admin().await;
        let ids = shop.docs(&["A1", "A2", "A3"]).await;
        let id = payments::pay(&ann, &form(&ids, "350", "transfer")).await.expect("begins");
        // One was paid elsewhere, one was called off, one is in another currency now.
        let mut lines = invoice("A1", "ann", "2026-11-10", "USD", "100", "0");
        lines += &invoice("A2", "ann", "2026-11-20", "USD", "200", "200").replace("posted", "cancel");
        lines += &invoice("A3", "ann", "2026-12-20", "EUR", "50", "50");
        shop.invoices(&lines).await;
        payments::confirm_transfer(&admin, id, "350").await.expect("came");
        assert_eq!((shop.applied(id).await, shop.wallet("acme", "USD").await), (vec![0, 0, 0], 35_000));
        shop.agree().await;
    });
}
