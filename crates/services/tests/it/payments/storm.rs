//! Everything at once: payments of several documents in any order, transfers, refunds, hints and workers.

use std::sync::Arc;

use domain::{
    ids::{DocumentId, PaymentId},
    payments::PayForm,
};
use entities::document;
use futures::future::{BoxFuture, join_all};
use sea_orm::{EntityTrait, QuerySelect};
use services::{Cx, ServiceError, payments, up_to, wallet};
use uuid::Uuid;

use super::{CONTACTS, INVOICES, Shop, form, invoice, new_key, top_up};
use crate::support::{on_each_database, rounds};

fn below(bound: usize) -> usize {
    let most = u64::try_from(bound.saturating_sub(1)).expect("few");
    usize::try_from(up_to(most)).expect("few")
}

fn pick<T: Clone>(from: &[T]) -> T {
    from.get(below(from.len())).expect("within").clone()
}

/// What a person or the machine does next.
fn something(
    shop: &Shop,
    people: &[(Cx, Vec<String>)],
    admin: &Cx,
    documents: &[DocumentId],
    known: &[(PaymentId, bool)],
) -> BoxFuture<'static, Result<(), ServiceError>> {
    let (cx, ways) = pick(people);
    let (admin, portico) = (admin.clone(), Arc::clone(&shop.portal.portico));
    let amount = format!("{}.{:02}", up_to(20), up_to(99));
    match up_to(9) {
        0 => Box::pin(async move { wallet::top_up(&cx, &top_up("3", &pick(&ways))).await.map(drop) }),
        1 | 2 if !known.is_empty() => {
            let (id, is_transfer) = pick(known);
            match is_transfer {
                true => Box::pin(async move { payments::confirm_transfer(&admin, id, "7.50").await }),
                false => {
                    Box::pin(
                        async move { payments::refund_payment(&admin, id, &new_key(), "0.50", "").await },
                    )
                }
            }
        }
        3 if !known.is_empty() => {
            let (id, _) = pick(known);
            match shop.bank.reference(id.into()) {
                Some(key) => Box::pin(async move { payments::check_by_reference(&portico, &key).await }),
                None => Box::pin(async move { payments::cancel_payment(&cx, id).await }),
            }
        }
        4 => Box::pin(async move { payments::reconcile(&portico).await.map(drop) }),
        _ => {
            let mut chosen: Vec<DocumentId> = (0..=below(4)).map(|_| pick(documents)).collect();
            chosen.rotate_left(1);
            let sent: PayForm = form(&chosen, &amount, &pick(&ways));
            Box::pin(async move { payments::pay(&cx, &sent).await.map(drop) })
        }
    }
}

#[test]
fn whatever_happens_at_once_the_books_agree_in_the_end() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let mut people = Vec::new();
        for who in ["ann", "bob"] {
            let cx = shop.accountant(who).await;
            let mut ways = vec!["wallet".to_owned(), "wallet".to_owned(), "transfer".to_owned()];
            for last4 in ["4242", "4242", "0341", "9999"] {
                ways.push(shop.card(&cx, last4).await);
            }
            people.push((cx, ways));
        }
        let (ann, _) = people.first().expect("somebody").clone();
        shop.fill(&ann, "500").await;
        let numbers: Vec<String> = (0..6).map(|n| format!("ST{n}")).collect();
        let lines: String =
            numbers.iter().map(|number| invoice(number, "ann", "2026-11-20", "USD", "900", "900")).collect();
        shop.invoices(&lines).await;
        let documents = shop.docs(&numbers.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let admin = shop.admin().await;
        for round in 0..rounds(8, 300) {
            let known: Vec<(PaymentId, bool)> = shop
                .payments()
                .await
                .into_iter()
                .map(|payment| (payment.id.into(), payment.means == "transfer"))
                .collect();
            let tasks: Vec<_> = (0..rounds(20, 60))
                .map(|_| tokio::spawn(something(&shop, &people, &admin, &documents, &known)))
                .collect();
            for told in join_all(tasks).await {
                match told.expect("no panic") {
                    Ok(())
                    | Err(ServiceError::Refused(_) | ServiceError::Invalid(_) | ServiceError::NotFound) => {}
                    Err(error) => panic!("round {round}: {error:?}"),
                }
            }
            // What took its time is there now.
            for payment in shop.payments().await {
                if let Some(key) = shop.bank.reference(payment.id).filter(|_| payment.state == "pending") {
                    shop.bank.settle(&key);
                }
            }
            shop.portal.clock.advance(time::Duration::hours(13));
            shop.worker_after(1).await;
            shop.agree().await;
        }
    });
}

/// The books are imported while invoices are paid: neither fails for the other, and nothing that was paid is open again.
#[test]
fn books_are_imported_while_they_are_paid() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        shop.fill(&ann, "500").await;
        let numbers: Vec<String> = (0..8).map(|n| format!("IM{n}")).collect();
        let file = |day: usize, turned: bool| {
            let mut lines: Vec<String> = numbers
                .iter()
                .map(|number| {
                    invoice(number, "ann", &format!("2026-12-{:02}", day % 28 + 1), "USD", "900", "900")
                })
                .collect();
            if turned {
                lines.reverse();
            }
            lines.concat()
        };
        shop.invoices(&file(0, false)).await;
        let documents = shop.docs(&numbers.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let admin = shop.admin().await;
        for round in 0..rounds(6, 200) {
            let import = {
                let (shop, lines) = (shop.clone(), file(round + 1, round % 2 == 0));
                let contacts = CONTACTS.replace("acme,Acme,", &format!("acme,Acme {round},"));
                let contacts = contacts.replace("ann,Ann,", &format!("ann,Ann {round},"));
                tokio::spawn(async move {
                    let files = [("contacts.csv", contacts), ("invoices.csv", format!("{INVOICES}{lines}"))];
                    shop.portal.import(&files).await;
                })
            };
            let pays = (0..10).map(|n| {
                let mut chosen = documents.clone();
                chosen.rotate_left(below(8));
                chosen.truncate(2);
                let way = if n % 3 == 0 {
                    "wallet"
                } else if n % 3 == 1 {
                    "transfer"
                } else {
                    &card
                };
                let (cx, admin, sent) = (ann.clone(), admin.clone(), form(&chosen, "5", way));
                tokio::spawn(async move {
                    let id = payments::pay(&cx, &sent).await?;
                    if sent.way == "transfer" {
                        payments::confirm_transfer(&admin, id, "6").await?;
                    }
                    Ok::<(), ServiceError>(())
                })
            });
            for told in join_all(pays).await {
                match told.expect("no panic") {
                    Ok(()) | Err(ServiceError::Refused(_) | ServiceError::Invalid(_)) => {}
                    Err(error) => panic!("round {round}: {error:?}"),
                }
            }
            import.await.expect("imports");
            shop.agree().await;
        }
        for number in &numbers {
            let (open, paid) = shop.open_and_paid(number).await;
            assert_eq!(open + paid, 90_000, "{number}");
        }
    });
}

/// While somebody holds an invoice for long, such as an import of a hundred thousand, all other customers pay theirs.
#[test]
fn who_waits_for_an_invoice_does_not_hold_up_the_others() {
    on_each_database(|portal| async move {
        if portal.database != "postgres" {
            // One writes at a time there.
            return;
        }
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let zoe = shop.accountant("zoe").await;
        let held = shop.portal.portico.db.begin().await.expect("begins");
        let a1 = shop.docs(&["A1"]).await;
        document::Entity::find_by_id(Uuid::from(*a1.first().expect("one")))
            .lock_exclusive()
            .one(&held)
            .await
            .expect("locks");
        let (cx, sent) = (ann.clone(), form(&a1, "5", "transfer"));
        let waits = tokio::spawn(async move { payments::pay(&cx, &sent).await });
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let sent = form(&shop.docs(&["Z1"]).await, "5", "transfer");
        let paid = tokio::time::timeout(std::time::Duration::from_secs(5), payments::pay(&zoe, &sent)).await;
        paid.expect("does not wait").expect("begins");
        assert!(!waits.is_finished());
        held.rollback().await.expect("ends");
        waits.await.expect("no panic").expect("begins");
        shop.agree().await;
    });
}
