//! Bank statements: what came in is found by its reference, and booked once.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::{
    access::StaffRole,
    ids::PaymentId,
    payments::{BankLine, BankOutcome, PaymentState, StatementReport, creditor_reference},
};
use entities::{audit_event, bank_line};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use services::{Cx, ServiceError, payments};

use super::{Shop, field, form, invoice, is_not_found};
use crate::support::{Portal, bank::Call, on_each_database};

const HEAD: &str = "Date;Amount;Currency;Reference;Name\n";

/// A shop with long numbers, as free text is searched for.
async fn open(portal: Portal) -> (Shop, Cx) {
    let shop = Shop::open(portal).await;
    let lines = [
        invoice("INV/2026/0001", "ann", "2026-11-20", "USD", "100", "100"),
        invoice("INV/2026/00012", "zoe", "2026-11-20", "USD", "100", "100"),
        invoice("INV/2026/0003", "ann", "2026-11-20", "EUR", "100", "100"),
    ];
    shop.invoices(&lines.concat()).await;
    let admin = shop.admin().await;
    (shop, admin)
}

/// A line of a statement in dollars.
fn line(amount: &str, text: &str) -> String {
    format!("2026-11-22;{amount};USD;{text};Ann Lee\n")
}

async fn book(cx: &Cx, lines: &[String]) -> StatementReport {
    let text = format!("{HEAD}{}", lines.concat());
    payments::book_statement(cx, text.as_bytes()).await.expect("reads")
}

fn paid(outcome: &BankOutcome) -> (PaymentId, String) {
    match outcome {
        BankOutcome::Booked { payment, paid, .. } => (*payment, paid.clone()),
        other => panic!("{other:?}"),
    }
}

fn why(outcome: &BankOutcome) -> &str {
    match outcome {
        BankOutcome::Unknown { why } => why,
        other => panic!("{other:?}"),
    }
}

fn reference(number: &str) -> String {
    creditor_reference(number).expect("a reference")
}

async fn kept(shop: &Shop) -> u64 {
    bank_line::Entity::find().count(shop.portal.portico.db.pool()).await.expect("counts")
}

async fn transfer(shop: &Shop, cx: &Cx, (number, amount): (&str, &str)) -> PaymentId {
    let sent = form(&shop.docs(&[number]).await, amount, "transfer");
    payments::pay(cx, &sent).await.expect("begins")
}

#[test]
fn an_announced_transfer_is_found_by_its_reference_its_number_or_its_invoice() {
    on_each_database(|portal| async move {
        let (shop, admin) = open(portal).await;
        let ann = shop.accountant("ann").await;
        let first = transfer(&shop, &ann, ("A1", "100")).await;
        let second = transfer(&shop, &ann, ("A2", "200")).await;
        let third = transfer(&shop, &ann, ("INV/2026/0001", "100")).await;
        let spaced = domain::payments::spaced_reference(&shop.payment(first).await.reference);
        let lines = [
            line("100.00", &spaced.to_lowercase()),
            line("200.00", &format!("thanks {} !", shop.payment(second).await.number)),
            line("100.00", "Your invoice INV 2026 / 0001"),
        ];
        let report = book(&admin, &lines).await;
        assert!(report.errors.is_empty() && report.passed_over == 0);
        let booked: Vec<_> = report.lines.iter().map(|(_, outcome)| paid(outcome)).collect();
        let expected = [(first, "A1"), (second, "A2"), (third, "INV/2026/0001")];
        assert_eq!(booked, expected.map(|(id, number)| (id, number.to_owned())));
        for id in [first, second, third] {
            assert_eq!(shop.state(id).await, PaymentState::Succeeded);
        }
        assert_eq!(shop.payments().await.len(), 3, "no payment beside those that were announced");
        let events = audit_event::Entity::find()
            .filter(audit_event::Column::Action.eq("payment.booked_from_statement"))
            .count(shop.portal.portico.db.pool());
        assert_eq!(events.await.expect("counts"), 3);
        shop.agree().await;
    });
}

#[test]
fn an_invoice_is_found_by_its_reference_and_by_its_number_in_any_text() {
    on_each_database(|portal| async move {
        let (shop, admin) = open(portal).await;
        let lines = [
            line("70", &reference("B1")),
            line("40", "RE INV-2026-0001 FROM NOV"),
            line("100", "pays inv/2026/00012"),
            line("5", "A3"),
            line("5", ""),
            line("5", "for the garden"),
        ];
        let report = book(&admin, &lines).await;
        let outcomes: Vec<_> = report.lines.iter().map(|(_, outcome)| outcome).collect();
        assert_eq!(paid(outcomes[0]).1, "B1");
        assert_eq!(paid(outcomes[1]).1, "INV/2026/0001");
        assert_eq!(paid(outcomes[2]).1, "INV/2026/00012");
        assert!(why(outcomes[3]).contains("belongs to no open invoice"), "too short to be sure");
        assert!(why(outcomes[4]).contains("no reference"));
        assert!(why(outcomes[5]).contains("belongs to no open invoice"));
        assert_eq!(shop.open_and_paid("INV/2026/0001").await, (6_000, 4_000), "in part");
        assert_eq!(shop.payment(paid(outcomes[1]).0).await.payer, "Ann Lee");
        // What was paid already pays no other whose number begins like it.
        let report = book(&admin, &[line("30", "INV/2026/00012 once more")]).await;
        assert!(why(&report.lines[0].1).contains("belongs to no open invoice"));
        assert_eq!(shop.open_and_paid("INV/2026/0001").await.0, 6_000);
        shop.agree().await;
    });
}

#[test]
fn too_much_goes_into_the_wallet() {
    on_each_database(|portal| async move {
        let (shop, admin) = open(portal).await;
        let ann = shop.accountant("ann").await;
        let announced = transfer(&shop, &ann, ("A1", "60")).await;
        let text = shop.payment(announced).await.reference;
        let report = book(&admin, &[line("75.50", &text), line("130", "INV/2026/0001")]).await;
        assert_eq!(paid(&report.lines[0].1), (announced, "A1, $15.50 into the wallet".to_owned()));
        assert_eq!(paid(&report.lines[1].1).1, "INV/2026/0001, $30.00 into the wallet");
        assert_eq!(shop.wallet("acme", "USD").await, 4_550);
        shop.agree().await;
        let less = transfer(&shop, &ann, ("A1", "40")).await;
        let text = shop.payment(less).await.number;
        let report = book(&admin, &[line("10", &text)]).await;
        assert_eq!(paid(&report.lines[0].1).1, "A1");
        assert_eq!(shop.open_and_paid("A1").await, (3_000, 7_000));
        shop.agree().await;
    });
}

#[test]
fn a_statement_that_is_read_twice_books_once_and_equal_lines_are_two() {
    on_each_database(|portal| async move {
        let (shop, admin) = open(portal).await;
        // Written with another separator, they are the same.
        let lines = [
            line("30", "INV/2026/0001"),
            line("30", "INV/2026/0001"),
            line("30", "INV 2026 0001"),
            line("31", "INV/2026/0001"),
        ];
        let report = book(&admin, &lines).await;
        assert!(report.lines.iter().all(|(_, outcome)| matches!(outcome, BankOutcome::Booked { .. })));
        assert_eq!(shop.open_and_paid("INV/2026/0001").await, (0, 10_000));
        assert_eq!(shop.wallet("acme", "USD").await, 2_100);
        for _ in 0..2 {
            let again = book(&admin, &lines).await;
            for ((_, before), (_, first)) in again.lines.iter().zip(&report.lines) {
                let BankOutcome::Before { payment, .. } = before else { panic!("{before:?}") };
                assert_eq!(*payment, paid(first).0);
            }
        }
        // A longer statement of the same day books what is new.
        let longer = [&lines[..], &[line("5", &reference("B1"))]].concat();
        let report = book(&admin, &longer).await;
        assert_eq!(paid(&report.lines[4].1).1, "B1");
        assert_eq!((shop.payments().await.len(), kept(&shop).await), (5, 5));
        shop.agree().await;
    });
}

#[test]
fn what_is_not_clear_is_left_to_people() {
    on_each_database(|portal| async move {
        let (shop, admin) = open(portal).await;
        let report = book(
            &admin,
            &[
                line("5", "INV/2026/0003"),
                line("5", &format!("{} {}", reference("B1"), reference("S1"))),
                "2026-11-22;-5;USD;INV/2026/0001;Landlord\n".to_owned(),
                "2026-11-22;0;USD;INV/2026/0001;Nobody\n".to_owned(),
                "soon;5;USD;INV/2026/0001;Ann\n".to_owned(),
                "2026-11-22;five;USD;INV/2026/0001;Ann\n".to_owned(),
                "2026-11-22;5;QQ;INV/2026/0001;Ann\n".to_owned(),
                line("5", "INV/2026/0001"),
            ],
        )
        .await;
        assert!(why(&report.lines[0].1).contains("EUR"), "another currency");
        assert!(why(&report.lines[1].1).contains("fits several"));
        assert_eq!(paid(&report.lines[2].1).1, "INV/2026/0001", "what is wrong stops nothing else");
        assert_eq!((report.lines.len(), report.passed_over), (3, 2));
        let wrong: Vec<u64> = report.errors.iter().map(|(line, _)| *line).collect();
        assert_eq!(wrong, [6, 7, 8]);
        for file in ["", "Amount;Reference\n5;INV/2026/0001\n", "Date;Amount\n\"2026-11-22;5\n"] {
            field(payments::book_statement(&admin, file.as_bytes()).await, "file");
        }
        let huge = vec![b'x'; 5 * 1024 * 1024];
        assert!(field(payments::book_statement(&admin, &huge).await, "file").contains("too large"));
        assert_eq!(shop.payments().await.len(), 1);
        shop.agree().await;
    });
}

/// A line as it came, to be booked by hand.
async fn unknown(admin: &Cx, amount: &str, text: &str) -> BankLine {
    let report = book(admin, &[line(amount, text)]).await;
    why(&report.lines[0].1);
    report.lines[0].0.clone()
}

#[test]
fn by_hand_a_line_is_booked_for_an_invoice_or_a_payment() {
    on_each_database(|portal| async move {
        let (shop, admin) = open(portal).await;
        let ann = shop.accountant("ann").await;
        let announced = transfer(&shop, &ann, ("A2", "200")).await;
        let garden = unknown(&admin, "50", "for the garden").await;
        for number in ["", "A9", "INV/2026/0003", "P09999"] {
            let told = field(payments::book_by_hand(&admin, &garden, number).await, "number");
            assert!(told.contains("USD"), "{number}: {told}");
        }
        let outcome = payments::book_by_hand(&admin, &garden, " A3 ").await.expect("books");
        assert_eq!(paid(&outcome).1, "A3");
        for number in ["A3", "A1", "nonsense"] {
            let again = payments::book_by_hand(&admin, &garden, number).await.expect("is known");
            assert!(matches!(again, BankOutcome::Before { .. }), "{again:?}");
        }
        let pond = unknown(&admin, "200", "for the pond").await;
        let number = shop.payment(announced).await.number.to_lowercase();
        let outcome = payments::book_by_hand(&admin, &pond, &number).await.expect("books");
        assert_eq!(paid(&outcome), (announced, "A2".to_owned()));
        let again = book(&admin, &[line("200", "for the pond")]).await;
        assert!(matches!(again.lines[0].1, BankOutcome::Before { .. }));
        // What went out is booked for nothing.
        let mut odd = unknown(&admin, "5", "odd").await;
        odd.amount.minor = -500;
        assert!(is_not_found(&payments::book_by_hand(&admin, &odd, "A1").await));
        assert_eq!(kept(&shop).await, 2);
        shop.agree().await;
    });
}

#[test]
fn many_staff_at_once_book_a_line_once() {
    on_each_database(|portal| async move {
        let (shop, admin) = open(portal).await;
        let ann = shop.accountant("ann").await;
        transfer(&shop, &ann, ("A1", "100")).await;
        let text = format!("{HEAD}{}{}", line("100", &reference("P00001")), line("40", "INV/2026/0001"));
        let work = (0..12).map(|_| {
            let (admin, text) = (admin.clone(), text.clone());
            tokio::spawn(async move { payments::book_statement(&admin, text.as_bytes()).await })
        });
        let mut booked = 0;
        for report in futures::future::join_all(work).await {
            let report = report.expect("no panic").expect("reads");
            let is_booked = |outcome: &&BankOutcome| matches!(outcome, BankOutcome::Booked { .. });
            booked += report.lines.iter().map(|(_, outcome)| outcome).filter(is_booked).count();
        }
        assert_eq!((booked, kept(&shop).await, shop.payments().await.len()), (2, 2, 2));
        assert_eq!(shop.open_and_paid("INV/2026/0001").await, (6_000, 4_000));
        shop.agree().await;
    });
}

/// Two lines for one transfer are money twice: the second is not taken for the first, and nobody waits for the other in a
/// circle.
#[test]
fn two_lines_for_one_transfer_at_once_are_not_one() {
    on_each_database(|portal| async move {
        let (shop, admin) = open(portal).await;
        let ann = shop.accountant("ann").await;
        for _ in 0..5 {
            let id = transfer(&shop, &ann, ("INV/2026/0001", "10")).await;
            let number = shop.payment(id).await.number;
            let before = kept(&shop).await;
            let one = unknown(&admin, "10", &format!("one {before}")).await;
            let mut tasks = Vec::new();
            for repetition in 0..4 {
                let (admin, line, number) =
                    (admin.clone(), BankLine { repetition, ..one.clone() }, number.clone());
                tasks.push(tokio::spawn(async move {
                    payments::book_by_hand(&admin, &line, &number)
                        .await
                        .map(|outcome| matches!(outcome, BankOutcome::Booked { .. }))
                }));
            }
            let confirms = admin.clone();
            tasks.push(tokio::spawn(async move {
                payments::confirm_transfer(&confirms, id, "10").await.map(|()| false)
            }));
            let mut booked = 0;
            for told in futures::future::join_all(tasks).await {
                match told.expect("no panic") {
                    Ok(is_booked) => booked += u64::from(is_booked),
                    Err(ServiceError::Invalid(_)) => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
            assert!(booked <= 1 && kept(&shop).await - before == booked, "{booked}");
            assert_eq!(shop.payment(id).await.received, 1_000);
            shop.agree().await;
        }
    });
}

#[test]
fn a_statement_and_whoever_confirms_do_not_wait_for_each_other_in_a_circle() {
    on_each_database(|portal| async move {
        let (shop, admin) = open(portal).await;
        let ann = shop.accountant("ann").await;
        for round in 0..8 {
            let id = transfer(&shop, &ann, ("INV/2026/0001", "5")).await;
            let text = format!("{HEAD}{}", line("5", &format!("INV/2026/0001 no {round}")));
            let (books, confirms) = (admin.clone(), admin.clone());
            let book = tokio::spawn(async move { payments::book_statement(&books, text.as_bytes()).await });
            let confirm = tokio::spawn(async move { payments::confirm_transfer(&confirms, id, "5").await });
            book.await.expect("no panic").expect("books");
            confirm.await.expect("no panic").expect("confirms");
            assert_eq!(shop.state(id).await, PaymentState::Succeeded);
            shop.agree().await;
        }
    });
}

#[test]
fn statements_are_for_staff_who_manage_payments() {
    on_each_database(|portal| async move {
        let (shop, admin) = open(portal).await;
        let ann = shop.accountant("ann").await;
        let odd = unknown(&admin, "5", "odd").await;
        let text = format!("{HEAD}{}", line("5", "INV/2026/0001"));
        let staff = shop.portal.staff(StaffRole::Staff).await;
        let manager = shop.portal.staff(StaffRole::ContactManager).await;
        for cx in [&ann, &staff, &manager] {
            assert!(is_not_found(&payments::book_statement(cx, text.as_bytes()).await));
            assert!(is_not_found(&payments::book_by_hand(cx, &odd, "A1").await));
        }
        let nobody = shop.portal.anonymous();
        let told = payments::book_statement(&nobody, text.as_bytes()).await;
        assert!(matches!(told, Err(ServiceError::Unauthenticated)), "{told:?}");
        assert_eq!((kept(&shop).await, shop.payments().await.len()), (0, 0));
    });
}

/// The same invoice is paid by card at the same moment: both moneys are there.
#[test]
fn a_transfer_does_not_wait_for_a_card_and_no_money_is_lost() {
    on_each_database(|portal| async move {
        let (shop, admin) = open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "3155").await;
        let one = shop.docs(&["INV/2026/0001"]).await;
        let waits = payments::pay(&ann, &form(&one, "100", &card)).await.expect("begins");
        let report = book(&admin, &[line("100", "INV/2026/0001")]).await;
        assert_eq!(paid(&report.lines[0].1).1, "INV/2026/0001");
        assert_eq!(shop.state(waits).await, PaymentState::Pending, "the card's payment is not touched");
        shop.bank.confirm(&shop.reference(waits), true);
        payments::check_payment(&ann, waits).await.expect("asks");
        assert_eq!(shop.open_and_paid("INV/2026/0001").await, (0, 10_000));
        assert_eq!(shop.wallet("acme", "USD").await, 10_000);
        shop.agree().await;

        // The other way round, while the bank is asked.
        let works = shop.card(&ann, "4242").await;
        let a2 = shop.docs(&["A2"]).await;
        shop.bank.hold(Call::Charge);
        let (cx, sent) = (ann.clone(), form(&a2, "200", &works));
        let task = tokio::spawn(async move { payments::pay(&cx, &sent).await });
        shop.bank.stopped().await;
        let report = book(&admin, &[line("150", &reference("A2"))]).await;
        assert_eq!(paid(&report.lines[0].1).1, "A2");
        shop.bank.go_on();
        let id = task.await.expect("no panic").expect("pays");
        assert_eq!((shop.state(id).await, shop.applied(id).await), (PaymentState::Succeeded, vec![5_000]));
        assert_eq!(shop.wallet("acme", "USD").await, 25_000);
        shop.agree().await;
    });
}
