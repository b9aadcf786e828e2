//! What the pages of payments cost, in statements, after the one that resolves session and rights.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::payments::PaymentRequest;
use services::{payments, wallet};

use super::{Shop, form};
use crate::support::on_each_database;

#[test]
fn pages_keep_to_their_budget() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let (ann, admin) = (shop.accountant("ann").await, shop.admin().await);
        let card = shop.card(&ann, "4242").await;
        shop.fill(&ann, "100").await;
        let documents = shop.docs(&["A1", "A2"]).await;
        let paid = payments::pay(&ann, &form(&documents, "120", &card)).await.expect("pays");
        shop.give_back(paid, "5").await.expect("gives back");
        let left = shop.docs(&["A2"]).await;

        let (page, all) = shop.portal.statements_of(payments::get_paying(&ann, &[])).await;
        let ways = page.expect("a page").ways;
        assert_eq!((ways.cards.len(), ways.wallet.map(|there| there.minor)), (1, Some(10_000)));
        let (page, some) = shop.portal.statements_of(payments::get_paying(&ann, &left)).await;
        assert!(page.expect("a page").payables.iter().any(|payable| payable.id == left[0]));
        let (page, one) = shop.portal.statements_of(payments::get_payment(&ann, paid)).await;
        let page = page.expect("a page");
        assert_eq!((page.allocations.len(), page.refunds.len()), (2, 1));
        let request = PaymentRequest::default();
        let (_, list) = shop.portal.statements_of(payments::list_payments(&ann, &request)).await;
        let (_, cards) = shop.portal.statements_of(payments::list_cards(&ann)).await;
        let (page, there) = shop.portal.statements_of(wallet::get_wallet(&ann)).await;
        assert_eq!(page.expect("a page").balances[0].minor, 10_000);
        let counts = [all, some, one, list, cards, there];
        assert!(counts.iter().all(|count| *count <= 2), "{counts:?}");

        let (_, one) = shop.portal.statements_of(payments::get_staff_payment(&admin, paid)).await;
        let (_, list) = shop.portal.statements_of(payments::list_staff_payments(&admin, &request)).await;
        assert!(one <= 4 && list <= 4, "{one} {list}");
    });
}
