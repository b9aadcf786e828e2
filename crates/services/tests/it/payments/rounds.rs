//! Many who pay one invoice at once, again and again: what is paid never exceeds what is open, and no money is lost.

use std::collections::BTreeSet;

use domain::{ids::PaymentId, payments::PayForm};
use futures::future::join_all;
use services::{Cx, ServiceError, payments, up_to};
use uuid::Uuid;

use super::{Shop, form, invoice};
use crate::support::{on_each_database, rounds};

fn pick<T>(from: &[T]) -> &T {
    let last = u64::try_from(from.len() - 1).expect("few");
    let place = usize::try_from(up_to(last)).expect("few");
    from.get(place).expect("within")
}

/// Looks at an invoice while others pay it: nobody ever sees more paid than there was to pay.
async fn watch(shop: &Shop, number: &str, total: i64) {
    loop {
        let (open, paid) = shop.open_and_paid(number).await;
        assert!(open >= 0 && paid <= total && open + paid == total, "{open} open and {paid} paid of {total}");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

async fn one_round(shop: &Shop, people: &[(Cx, Vec<String>)], round: usize, tasks: usize) -> i64 {
    let number = format!("R{round}");
    let total = 10_000;
    shop.invoices(&invoice(&number, "ann", "2026-11-20", "USD", "100", "100")).await;
    let documents = shop.docs(&[&number]).await;
    // Some forms are sent more than once.
    let mut forms: Vec<(usize, PayForm)> = Vec::new();
    for _ in 0..tasks {
        if forms.is_empty() || up_to(2) > 0 {
            let who = usize::try_from(up_to(u64::try_from(people.len() - 1).expect("few"))).expect("few");
            let (_, ways) = people.get(who).expect("within");
            let amount = format!("{}.{:02}", up_to(30), up_to(99));
            forms.push((who, form(&documents, &amount, pick::<String>(ways))));
        } else {
            forms.push(pick(&forms).clone());
        }
    }
    let sent = forms.into_iter().map(|(who, sent)| {
        let (cx, _) = people.get(who).expect("within").clone();
        let key: PaymentId = sent.key.parse().expect("a key");
        tokio::spawn(async move { (key, payments::pay(&cx, &sent).await) })
    });
    let watcher = {
        let (shop, number) = (shop.clone(), number.clone());
        tokio::spawn(async move { watch(&shop, &number, total).await })
    };
    let answers = join_all(sent).await;
    assert!(!watcher.is_finished(), "saw something wrong");
    watcher.abort();
    let (mut begun, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for answer in answers {
        match answer.expect("no panic") {
            (key, Ok(id)) => {
                assert_eq!(id, key, "the same form has the same answer");
                begun.insert(Uuid::from(id));
            }
            (key, Err(ServiceError::Refused(_) | ServiceError::Invalid(_))) => {
                refused.insert(Uuid::from(key));
            }
            (_, Err(error)) => panic!("{error:?}"),
        }
    }
    // One click may have come while another payment was under way, and the next one after it.
    let known: BTreeSet<Uuid> = shop.payments().await.into_iter().map(|payment| payment.id).collect();
    assert!(begun.is_subset(&known), "what was begun is written down");
    assert!(refused.difference(&begun).all(|key| !known.contains(key)), "what was refused is not");
    let (open, paid) = shop.open_and_paid(&number).await;
    assert_eq!(open + paid, total);
    paid
}

#[test]
fn many_at_once_never_pay_more_than_is_open() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let mut people = Vec::new();
        for who in ["ann", "bob"] {
            let cx = shop.accountant(who).await;
            let card = shop.card(&cx, "4242").await;
            let ways = vec!["wallet".to_owned(), card.clone(), card, shop.card(&cx, "0341").await];
            people.push((cx, ways));
        }
        let (ann, ways) = people.first().expect("somebody").clone();
        let card = ways.get(1).expect("a card that works");
        shop.fill_by(&ann, "100", card).await;
        let tasks = rounds(20, 100);
        let mut paid = 0;
        for round in 0..rounds(20, 1_000) {
            paid += one_round(&shop, &people, round, tasks).await;
            if up_to(3) == 0 {
                shop.fill_by(&ann, "30", card).await;
            }
            // Some of it goes back.
            let succeeded = shop.payments().await;
            let some = succeeded
                .iter()
                .rfind(|payment| payment.state == "succeeded" && payment.purpose == "documents");
            if let Some(payment) = some.filter(|payment| payment.received > payment.refunded && up_to(1) == 0)
            {
                shop.give_back(payment.id.into(), "0.01").await.expect("gives back");
            }
            if round % 10 == 9 {
                shop.agree().await;
            }
        }
        assert!(paid > 0, "somebody paid");
        shop.agree().await;
    });
}
