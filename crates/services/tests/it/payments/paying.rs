//! Paying invoices: in full, in part, several at once.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::{
    documents::{DocumentKind, StatementFilter},
    payments::{PayForm, PaymentState},
};
use services::{Cx, documents, payments, settings, wallet};

use super::{Shop, field, form, invoice, is_not_found, refusal, top_up};
use crate::support::{
    bank::{Call, Fault},
    on_each_database,
};

/// The numbers of the invoices that the home asks to be paid.
async fn to_do(cx: &Cx) -> Vec<String> {
    let home = documents::home(cx).await.expect("a home");
    home.attention.into_iter().map(|one| one.name).collect()
}

/// Open on the statement: the sum, and the invoices.
async fn statement(cx: &Cx) -> (i64, Vec<(String, i64)>) {
    let read = documents::get_statement(cx, &StatementFilter::default()).await.expect("a statement");
    let Some(part) = read.parts.into_iter().next() else { return (0, Vec::new()) };
    let rows = part.rows.into_iter().map(|row| (row.document.number, row.open.minor));
    (part.open.minor, rows.collect())
}

#[test]
fn an_invoice_is_paid_in_full_by_a_saved_card() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        assert_eq!(to_do(&ann).await.first().map(String::as_str), Some("A1"));
        assert_eq!(statement(&ann).await.0, 42_000);
        let card = shop.card(&ann, "4242").await;
        let a1 = shop.docs(&["A1"]).await;
        let page = payments::get_paying(&ann, &a1).await.expect("a page");
        assert_eq!((page.open.minor, page.least.minor), (10_000, 1));
        assert_eq!(page.ways.cards[0].label, "Visa •••• 4242");
        assert!(page.ways.transfer && page.ways.wallet.is_none() && page.ways.new_card.is_some());
        let chosen: Vec<_> = page.payables.iter().filter(|one| one.is_chosen).map(|one| one.id).collect();
        assert_eq!(chosen, a1);
        let sent = PayForm { key: page.key.to_string(), ..form(&a1, "100.00", &card) };
        let id = payments::pay(&ann, &sent).await.expect("pays");
        assert_eq!(id, page.key, "the form's key is the payment's");

        let paid = shop.payment(id).await;
        assert_eq!(
            (paid.state.as_str(), paid.received, paid.number.as_str()),
            ("succeeded", 10_000, "P00001")
        );
        assert_eq!(shop.bank.taken(id.into()), (1, 10_000));
        let doc = shop.doc("A1").await;
        assert_eq!((doc.residual, doc.paid_here, doc.attention), (Some(0), 10_000, None));
        assert!(!to_do(&ann).await.contains(&"A1".to_owned()));
        let (open, rows) = statement(&ann).await;
        assert_eq!(open, 32_000);
        assert!(rows.iter().all(|(number, _)| number != "A1"));
        let page = documents::get_document(&ann, DocumentKind::Invoice, a1[0]).await.expect("a page");
        assert_eq!(page.row.open.map(|open| open.minor), Some(0));
        assert_eq!(page.transfer, None);
        let shown = payments::get_payment(&ann, id).await.expect("a page");
        assert_eq!((shown.row.label.as_str(), shown.row.amount.minor), ("Visa •••• 4242", 10_000));
        assert_eq!(shown.allocations.len(), 1);
        assert_eq!(shown.allocations[0].name, "Invoice A1");
        assert_eq!((shown.to_wallet.minor, shown.refundable, shown.may_cancel), (0, None, false));
        let again = payments::pay(&ann, &form(&a1, "1", &card)).await;
        assert_eq!(refusal(again), "Nothing of it is open any more.");
        assert!(payments::get_paying(&ann, &a1).await.is_err());
        shop.agree().await;
    });
}

#[test]
fn a_part_is_paid_and_then_the_rest() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        let a1 = shop.docs(&["A1"]).await;
        payments::pay(&ann, &form(&a1, "40", &card)).await.expect("pays");
        let doc = shop.doc("A1").await;
        assert_eq!(
            (doc.residual, doc.paid_here, doc.attention.as_deref()),
            (Some(6_000), 4_000, Some("pay"))
        );
        assert!(to_do(&ann).await.contains(&"A1".to_owned()), "there is still something to do");
        assert!(statement(&ann).await.1.contains(&("A1".to_owned(), 6_000)));
        let page = payments::get_paying(&ann, &a1).await.expect("a page");
        assert_eq!(page.open.minor, 6_000);
        let transfer =
            documents::get_document(&ann, DocumentKind::Invoice, a1[0]).await.expect("a page").transfer;
        assert_eq!(transfer.map(|transfer| transfer.amount.minor), Some(6_000));
        shop.agree().await;

        let rest = payments::pay(&ann, &form(&a1, "60.00", &card)).await.expect("pays the rest");
        assert_eq!(shop.payment(rest).await.number, "P00002");
        assert_eq!(shop.open_and_paid("A1").await, (0, 10_000));
        let list = payments::list_payments(&ann, &Default::default()).await.expect("lists");
        let numbers: Vec<_> = list.items.iter().map(|row| row.number.as_str()).collect();
        assert_eq!(numbers, ["P00002", "P00001"]);
        shop.agree().await;
    });
}

#[test]
fn several_are_served_in_the_order_of_the_form() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        let page = payments::get_paying(&ann, &[]).await.expect("a page");
        let chosen: Vec<_> =
            page.payables.iter().filter(|one| one.is_chosen).map(|one| one.name.as_str()).collect();
        assert_eq!(chosen[0], "Invoice A1", "what is overdue is chosen, the oldest first");
        assert!(!chosen.contains(&"Invoice A3"), "it is not due yet");
        assert!(page.payables.iter().any(|one| one.name == "Invoice A3"), "but can be added");

        let all = shop.docs(&["A1", "A2", "A3"]).await;
        let id = payments::pay(&ann, &form(&all, "250", &card)).await.expect("pays");
        assert_eq!(shop.applied(id).await, [10_000, 15_000], "the third gets nothing, and no part");
        assert_eq!(shop.open_and_paid("A2").await, (5_000, 15_000));
        assert_eq!(shop.open_and_paid("A3").await, (5_000, 0));
        shop.agree().await;

        let turned = shop.docs(&["A3", "A2"]).await;
        let id = payments::pay(&ann, &form(&turned, "60", &card)).await.expect("pays");
        assert_eq!(shop.applied(id).await, [5_000, 1_000]);
        let names: Vec<_> = payments::get_payment(&ann, id).await.expect("a page").allocations;
        let names: Vec<_> = names.iter().map(|row| (row.name.as_str(), row.amount.minor)).collect();
        assert_eq!(names, [("Invoice A3", 5_000), ("Invoice A2", 1_000)]);
        assert_eq!(shop.open_and_paid("A2").await, (4_000, 16_000));
        shop.agree().await;
        // The same document twice is one.
        let twice = shop.docs(&["A2", "A2"]).await;
        assert!(field(payments::pay(&ann, &form(&twice, "50", &card)).await, "amount").contains("$40.00"));
        let id = payments::pay(&ann, &form(&twice, "40", &card)).await.expect("pays");
        assert_eq!(shop.applied(id).await, [4_000]);
        shop.agree().await;
    });
}

#[test]
fn the_least_part_is_what_the_business_says() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        shop.set(|form| form.least_payment = "25".into()).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        let a1 = shop.docs(&["A1"]).await;
        assert_eq!(payments::get_paying(&ann, &a1).await.expect("a page").least.minor, 2_500);
        let little = payments::pay(&ann, &form(&a1, "24.99", &card)).await;
        assert_eq!(field(little, "amount"), "Enter at least $25.00.");
        payments::pay(&ann, &form(&a1, "90", &card)).await.expect("pays");
        let little = payments::pay(&ann, &form(&a1, "9.99", &card)).await;
        assert_eq!(field(little, "amount"), "Enter at least $10.00.", "the rest, however little it is");
        payments::pay(&ann, &form(&a1, "10", &card)).await.expect("pays the rest");
        shop.agree().await;
    });
}

#[test]
fn what_is_typed_wrong_is_told_by_its_field_and_nothing_is_begun() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        shop.invoices(&invoice("E1", "ann", "2026-11-20", "EUR", "30", "30")).await;
        shop.invoices("C1,C1,out_refund,ann,2026-11-03,,posted,USD,30,30\nV1,V1,in_invoice,ann,2026-11-03,,posted,USD,3,3\n")
            .await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        let a1 = shop.docs(&["A1"]).await;
        for (amount, words) in [
            ("100.01", "Enter at most $100.00: no more is open."),
            ("0", "Enter at least $0.01."),
            ("-5", "Enter at least $0.01."),
            ("", "Enter an amount in USD, such as 1,250.00."),
            ("ten", "Enter an amount in USD, such as 1,250.00."),
            ("1.001", "Enter an amount in USD, such as 1,250.00."),
            ("99999999999999999999", "Enter an amount in USD, such as 1,250.00."),
        ] {
            assert_eq!(
                field(payments::pay(&ann, &form(&a1, amount, &card)).await, "amount"),
                words,
                "{amount}"
            );
        }
        // Both are told at once.
        let both = payments::pay(&ann, &form(&a1, "x", "cash")).await;
        let services::ServiceError::Invalid(errors) = both.expect_err("wrong") else { panic!("fields") };
        assert!(errors.get("amount").is_some() && errors.get("way").is_some());
        assert_eq!(
            field(payments::pay(&ann, &form(&[], "1", &card)).await, "documents"),
            "Choose at least one."
        );
        let too_many: Vec<_> = (0..51).map(|_| domain::ids::DocumentId(uuid::Uuid::now_v7())).collect();
        assert!(
            field(payments::pay(&ann, &form(&too_many, "1", &card)).await, "documents")
                .contains("at most 50")
        );
        let many = vec![a1[0]; 60];
        payments::pay(&ann, &PayForm { amount: "x".into(), ..form(&many, "1", &card) })
            .await
            .expect_err("wrong");
        let mixed = shop.docs(&["A1", "E1"]).await;
        assert!(
            field(payments::pay(&ann, &form(&mixed, "1", &card)).await, "documents").contains("one currency")
        );
        for nothing in ["C1", "V1"] {
            let ids = shop.docs(&[nothing]).await;
            assert!(refusal(payments::pay(&ann, &form(&ids, "1", &card)).await).contains("Nothing"));
        }
        let no_card = payments::pay(&ann, &form(&a1, "1", "new")).await;
        assert!(field(no_card, "card").contains("Enter the card"));
        let setup = payments::begin_setup(&ann).await.expect("a setup");
        let not_entered = payments::pay(&ann, &PayForm { setup: setup.id, ..form(&a1, "1", "new") }).await;
        assert!(field(not_entered, "card").contains("Enter the card"));
        let no_key = payments::pay(&ann, &PayForm { key: "x".into(), ..form(&a1, "1", &card) }).await;
        assert!(is_not_found(&no_key));
        let nothing_there = payments::pay(&ann, &form(&a1, "1", "wallet")).await;
        assert_eq!(refusal(nothing_there), "There is only $0.00 in the wallet.");
        shop.set(|form| form.iban = String::new()).await;
        let ann = shop.portal.again(&ann).await.expect("signed in");
        assert!(field(payments::pay(&ann, &form(&a1, "1", "transfer")).await, "way").contains("no account"));
        assert_eq!(shop.payments().await, [], "nothing was begun");

        let accountant = shop.accountant("bob").await;
        for (amount, words) in
            [("0.99", "Enter at least $1.00."), ("100000.01", "Enter at most $100,000.00 at once.")]
        {
            let put = wallet::top_up(&accountant, &top_up(amount, "transfer")).await;
            assert_eq!(field(put, "amount"), words);
        }
        let by_itself = wallet::top_up(&accountant, &top_up("5", "wallet")).await;
        assert!(field(by_itself, "way").contains("Choose"));
        assert_eq!((shop.payments().await.len(), shop.bank.total()), (0, 0));
    });
}

#[test]
fn a_card_that_is_not_kept_is_forgotten_and_one_that_is_kept_stays() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let a1 = shop.docs(&["A1"]).await;
        let setup = shop.setup(&ann, "4242").await;
        let id = payments::pay(&ann, &PayForm { setup, ..form(&a1, "10", "new") }).await.expect("pays");
        assert_eq!(shop.state(id).await, PaymentState::Succeeded);
        assert_eq!(shop.bank.cards(), 0, "the bank has forgotten it");
        assert!(payments::list_cards(&ann).await.expect("cards").cards.is_empty());
        for (last4, fault) in [("0341", None), ("4242", Some(Fault::Refused)), ("3155", None)] {
            let setup = shop.setup(&ann, last4).await;
            fault.into_iter().for_each(|fault| shop.bank.fail(Call::Prepare, fault));
            let id = payments::pay(&ann, &PayForm { setup, ..form(&a1, "10", "new") }).await.expect("begins");
            payments::cancel_payment(&ann, id).await.expect("is over, or given up");
            assert_eq!(shop.bank.cards(), 0, "{last4}");
        }
        let setup = shop.setup(&ann, "5555").await;
        let sent = PayForm { setup, keep: true, ..form(&a1, "10", "new") };
        payments::pay(&ann, &sent).await.expect("pays");
        let kept = payments::list_cards(&ann).await.expect("cards").cards;
        assert_eq!(kept.iter().map(|card| card.label.as_str()).collect::<Vec<_>>(), ["Visa •••• 5555"]);
        assert!(kept[0].is_default && !kept[0].is_company);
        shop.agree().await;
    });
}

#[test]
fn without_a_provider_cards_are_not_taken_and_all_else_works() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.member("ann", "standard").await;
        let card = shop.card(&ann, "4242").await;
        let alone = shop.portal.restarted();
        settings::refresh(&alone.portico).await.expect("settings");
        let bare = alone.again(&ann).await.expect("signed in");
        let a1 = shop.docs(&["A1"]).await;
        let page = payments::get_paying(&bare, &a1).await.expect("a page");
        assert!(page.ways.cards.is_empty() && page.ways.new_card.is_none() && page.ways.transfer);
        assert!(payments::pay(&bare, &form(&a1, "1", &card)).await.is_err());
        assert!(payments::pay(&bare, &form(&a1, "1", "new")).await.is_err());
        let id = payments::pay(&bare, &form(&a1, "1", "transfer")).await.expect("a transfer");
        let page = payments::get_payment(&bare, id).await.expect("a page");
        let transfer = page.transfer.expect("where to");
        assert_eq!((transfer.amount.minor, page.may_cancel), (100, true));
        assert_eq!(transfer.reference.replace(' ', ""), shop.payment(id).await.reference);
    });
}
