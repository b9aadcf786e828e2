//! Saved cards: whose they are, who uses them, and how they go.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::{
    ids::MethodId,
    payments::{PayForm, PaymentState},
};
use entities::audit_event;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use services::{Cx, payments};
use uuid::Uuid;

use super::{Shop, field, form, is_not_found, refusal};
use crate::support::{
    bank::{Call, Fault},
    on_each_database,
};

async fn cards(cx: &Cx) -> Vec<String> {
    let page = payments::list_cards(cx).await.expect("lists");
    page.cards.into_iter().map(|card| card.label).collect()
}

fn key(way: &str) -> MethodId {
    way.strip_prefix("card:").and_then(|id| id.parse().ok()).expect("a key")
}

#[test]
fn ones_own_are_seen_by_nobody_else_and_the_companys_by_whom_it_reaches() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let bob = shop.accountant("bob").await;
        let zoe = shop.accountant("zoe").await;
        let own = shop.card(&ann, "1111").await;
        let company = shop.save_card(&ann, "2222", true).await;
        assert_eq!(cards(&ann).await.len(), 2);
        assert_eq!(cards(&bob).await, ["Visa •••• 2222"]);
        assert!(cards(&zoe).await.is_empty());
        let b1 = shop.docs(&["B1"]).await;
        let offered = payments::get_paying(&bob, &b1).await.expect("a page").ways.cards;
        assert_eq!(offered.iter().map(|card| card.is_company).collect::<Vec<_>>(), [true]);
        let id = payments::pay(&bob, &form(&b1, "10", &company)).await.expect("pays with the company's");
        assert_eq!(shop.state(id).await, PaymentState::Succeeded);
        // Those of others are as those that do not exist, also by their key.
        let missing = format!("card:{}", Uuid::now_v7());
        let z1 = shop.docs(&["Z1"]).await;
        for (cx, documents, way) in [
            (&bob, &b1, &own),
            (&bob, &b1, &missing),
            (&zoe, &z1, &own),
            (&zoe, &z1, &company),
            (&zoe, &z1, &missing),
        ] {
            let told = payments::pay(cx, &form(documents, "1", way)).await;
            assert_eq!(field(told, "way"), "This card was deleted. Choose another one.");
        }
        for (cx, way) in [(&bob, &own), (&zoe, &own), (&zoe, &company)] {
            assert!(is_not_found(&payments::remove_card(cx, key(way)).await));
            assert!(is_not_found(&payments::make_default(cx, key(way)).await));
        }
        // Whose permission reaches only their own sees no card of the company.
        let standard = shop.portal.regroup(shop.contact("bob").await, "standard").await;
        assert!(cards(&standard).await.is_empty());
        let told = payments::pay(&standard, &form(&b1, "1", &company)).await;
        assert!(field(told, "way").contains("deleted"));
        assert!(is_not_found(&payments::remove_card(&standard, key(&company)).await));
        let page = payments::list_cards(&standard).await.expect("lists");
        assert!(!page.may_add_for_company && page.may_remove && page.form.is_some());
        // What is asked to be the company's is one's own then.
        payments::add_card(&standard, &shop.setup(&standard, "3333").await, true).await.expect("saves");
        assert_eq!(cards(&standard).await, ["Visa •••• 3333"]);
        assert_eq!(cards(&ann).await.len(), 2);
        shop.agree().await;
    });
}

#[test]
fn the_field_of_somebody_else_saves_no_card() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let bob = shop.accountant("bob").await;
        let setup = shop.setup(&ann, "4242").await;
        assert!(is_not_found(&payments::add_card(&bob, &setup, false).await));
        let b1 = shop.docs(&["B1"]).await;
        let stolen = PayForm { setup: setup.clone(), ..form(&b1, "1", "new") };
        assert!(is_not_found(&payments::pay(&bob, &stolen).await));
        assert!(cards(&bob).await.is_empty() && shop.payments().await.is_empty());
        for _ in 0..3 {
            payments::add_card(&ann, &setup, false).await.expect("is one");
        }
        assert_eq!(cards(&ann).await.len(), 1);
        let again = (0..8).map(|_| {
            let (ann, setup) = (ann.clone(), setup.clone());
            tokio::spawn(async move { payments::add_card(&ann, &setup, false).await })
        });
        for told in futures::future::join_all(again).await {
            told.expect("no panic").expect("is one");
        }
        let fresh = shop.setup(&ann, "5555").await;
        let clicks = (0..8).map(|_| {
            let (ann, setup) = (ann.clone(), fresh.clone());
            tokio::spawn(async move { payments::add_card(&ann, &setup, false).await })
        });
        for told in futures::future::join_all(clicks).await {
            told.expect("no panic").expect("is one");
        }
        assert_eq!(cards(&ann).await.len(), 2);
        assert!(field(payments::add_card(&ann, " ", false).await, "card").contains("Enter"));
        for call in [Call::FinishSetup, Call::Customer] {
            let cx = if call == Call::Customer { shop.accountant("zoe").await } else { ann.clone() };
            shop.bank.fail(call, Fault::NeverArrives);
            let told = match call {
                Call::Customer => payments::begin_setup(&cx).await.map(drop),
                _ => payments::add_card(&cx, &fresh, false).await,
            };
            assert!(refusal(told).contains("cannot be reached"));
        }
    });
}

#[test]
fn one_is_offered_first_and_the_company_has_one_of_its_own() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let bob = shop.accountant("bob").await;
        let first = shop.card(&ann, "1111").await;
        let second = shop.card(&ann, "2222").await;
        shop.save_card(&ann, "8888", true).await;
        shop.save_card(&bob, "9998", true).await;
        let first_ones = |page: domain::payments::MethodsPage| -> Vec<String> {
            let firsts = page.cards.into_iter().filter(|card| card.is_default);
            firsts
                .map(|card| card.label.chars().rev().take(4).collect::<String>().chars().rev().collect())
                .collect()
        };
        let mut shown = first_ones(payments::list_cards(&ann).await.expect("lists"));
        shown.sort();
        assert_eq!(shown, ["1111", "8888"], "one of Ann's, one of the company's");
        payments::make_default(&ann, key(&second)).await.expect("changes");
        payments::make_default(&ann, key(&second)).await.expect("twice is once");
        let mut shown = first_ones(payments::list_cards(&ann).await.expect("lists"));
        shown.sort();
        assert_eq!(shown, ["2222", "8888"]);
        payments::remove_card(&ann, key(&first)).await.expect("removes");
        assert_eq!(cards(&ann).await.len(), 3);
    });
}

#[test]
fn a_removed_card_is_forgotten_everywhere_but_on_what_it_paid() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let a1 = shop.docs(&["A1"]).await;
        let id = payments::pay(&ann, &form(&a1, "10", &card)).await.expect("pays");
        payments::remove_card(&ann, key(&card)).await.expect("removes");
        payments::remove_card(&ann, key(&card)).await.expect("twice is once");
        assert_eq!((shop.bank.cards(), cards(&ann).await.len()), (0, 0));
        let told = payments::pay(&ann, &form(&a1, "10", &card)).await;
        assert_eq!(field(told, "way"), "This card was deleted. Choose another one.");
        assert_eq!(payments::get_payment(&ann, id).await.expect("a page").row.label, "Visa •••• 4242");
        shop.give_back(id, "10").await.expect("goes back all the same");
        let events =
            audit_event::Entity::find().filter(audit_event::Column::Action.starts_with("payment_method."));
        assert_eq!(
            events.count(shop.portal.portico.db.pool()).await.expect("counts"),
            2,
            "added and removed"
        );
        // Expired ones are shown, and not paid with.
        let setup = payments::begin_setup(&ann).await.expect("a setup");
        shop.bank.enter_expiring(&setup.id, "7777", 2025);
        payments::add_card(&ann, &setup.id, false).await.expect("saves");
        let shown = payments::list_cards(&ann).await.expect("lists").cards;
        assert!(shown[0].is_expired && shown[0].expiry == "12/2025");
        let told = payments::pay(&ann, &form(&a1, "10", &format!("card:{}", shown[0].id))).await;
        assert!(field(told, "way").contains("expired"));
        shop.agree().await;
    });
}
