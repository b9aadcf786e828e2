//! Who consents to what, and how that is kept.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::{access::StaffRole, ids::DocumentId, payments::AutomaticForm};
use entities::audit_event;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use services::payments;
use uuid::Uuid;

use super::{
    INVOICE, SUBSCRIPTION, charged_after, consents, key, set, subscription, switch_off, switch_on, typed,
};
use crate::{
    payments::{Shop, field, is_not_found, refusal},
    support::on_each_database,
};

#[test]
fn without_consent_nothing_is_kept_and_with_it_every_word() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let silent = AutomaticForm { agreed: false, ..typed(&card, "") };
        assert!(field(set(&shop, &ann, "A3", &silent).await, "agreed").contains("consent"));
        for cap in ["0", "-5", "much", "1.001"] {
            let told = field(set(&shop, &ann, "A3", &typed(&card, cap)).await, "cap");
            assert!(told.contains("USD"), "{cap}: {told}");
        }
        for card in ["", "nonsense", &Uuid::now_v7().to_string()] {
            let form = AutomaticForm { card: card.to_owned(), agreed: true, ..AutomaticForm::default() };
            field(set(&shop, &ann, "A3", &form).await, "card");
        }
        assert!(consents(&shop).await.is_empty());

        let id: DocumentId = shop.doc("A3").await.id.into();
        let page = payments::get_automatic(&ann, INVOICE, id).await.expect("a page");
        assert_eq!((page.automatic, page.cards.len()), (None, 1));
        set(&shop, &ann, "A3", &typed(&card, "1,250.50")).await.expect("switches on");
        let kept = consents(&shop).await.remove(0);
        assert_eq!((kept.cap, kept.method_id), (Some(125_050), Uuid::from(key(&card))));
        assert_eq!((kept.consented_by.as_str(), kept.address.as_str()), ("Ann", "192.0.2.1"));
        assert_eq!(kept.consented_at, shop.portal.clock.now().millis());
        assert_eq!(kept.consent, page.consent);
        assert!(
            kept.consent.contains("Rivet Works") && kept.consent.contains("invoice A3"),
            "{}",
            kept.consent
        );
        let shown = payments::get_automatic(&ann, INVOICE, id).await.expect("a page").automatic.expect("on");
        assert_eq!((shown.card.as_str(), shown.cap.as_deref()), ("Visa •••• 4242", Some("$1,250.50")));
        assert_eq!((shown.by.as_str(), shown.consent), ("Ann", kept.consent.clone()));

        // Another one ends the one before, which stays as it was.
        let other = shop.card(&ann, "5555").await;
        switch_on(&shop, &ann, "A3", &other).await;
        switch_off(&shop, &ann, "A3").await;
        switch_off(&shop, &ann, "A3").await;
        let all = consents(&shop).await;
        assert_eq!(all.len(), 2);
        assert!(all.iter().all(|one| one.ended_at.is_some()));
        assert_eq!((all[0].cap, all[0].consent.as_str()), (kept.cap, kept.consent.as_str()));
        let events = audit_event::Entity::find()
            .filter(audit_event::Column::Action.starts_with("payment.automatic"))
            .order_by_asc(audit_event::Column::Id)
            .all(shop.portal.portico.db.pool());
        let events: Vec<String> = events.await.expect("events").into_iter().map(|one| one.action).collect();
        let (on, off) = ("payment.automatic_on", "payment.automatic_off");
        assert_eq!(events, [on, off, on, off], "switched off once");
    });
}

#[test]
fn only_those_consent_who_may_pay_and_have_a_card() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        subscription(&shop, "SUB/1", &[]).await;
        let ann = shop.accountant("ann").await;
        let card = shop.card(&ann, "4242").await;
        let zoe = shop.member("zoe", "company_admin").await;
        let bob = shop.member("bob", "standard").await;
        let reader =
            shop.portal.new_group("Reader", &["invoices.view", "subscriptions.view", "methods.view"]).await;
        let payer = shop.portal.new_group("No cards", &["invoices.view", "invoices.pay"]).await;
        let contact = shop.contact("bob").await;
        let (a3, sub) = (shop.doc("A3").await.id.into(), shop.doc("SUB/1").await.id.into());
        let form = typed(&card, "");
        // A colleague does not use a card that is Ann's own.
        assert!(field(set(&shop, &bob, "A3", &form).await, "card").contains("cannot be used"));
        assert!(is_not_found(&set(&shop, &bob, "SUB/1", &form).await), "may not change subscriptions");
        let reader = shop.portal.regroup_to(contact, reader).await;
        let payer = shop.portal.regroup_to(contact, payer).await;
        let admin = shop.portal.staff(StaffRole::Administrator).await;
        for cx in [&zoe, &reader, &payer, &admin] {
            for (kind, id) in [(INVOICE, a3), (SUBSCRIPTION, sub)] {
                assert!(is_not_found(&payments::get_automatic(cx, kind, id).await));
                assert!(is_not_found(&payments::set_automatic(cx, kind, id, &form).await));
                assert!(is_not_found(&payments::unset_automatic(cx, kind, id).await));
            }
        }
        assert!(
            is_not_found(&payments::set_automatic(&ann, SUBSCRIPTION, a3, &form).await),
            "of another kind"
        );
        switch_on(&shop, &ann, "SUB/1", &card).await;
        assert!(consents(&shop).await[0].consent.contains("each invoice of subscription SUB/1"));
    });
}

/// While it pays something it stays; afterwards it can go.
#[test]
fn a_card_that_pays_is_not_deleted() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let (card, other) = (shop.card(&ann, "4242").await, shop.card(&ann, "5555").await);
        switch_on(&shop, &ann, "A3", &card).await;
        let told = refusal(payments::remove_card(&ann, key(&card)).await);
        assert!(told.contains("pays A3") && told.contains("Choose another card"), "{told}");
        switch_on(&shop, &ann, "A3", &other).await;
        payments::remove_card(&ann, key(&card)).await.expect("is free");
        refusal(payments::remove_card(&ann, key(&other)).await);
        switch_off(&shop, &ann, "A3").await;
        payments::remove_card(&ann, key(&other)).await.expect("is free");

        // Also once the invoice is paid: nobody could switch that off.
        let third = shop.card(&ann, "6666").await;
        switch_on(&shop, &ann, "A2", &third).await;
        charged_after(&shop, 0).await;
        assert_eq!(charged_after(&shop, 3).await, 1);
        assert_eq!(shop.open_and_paid("A2").await.0, 0);
        switch_off(&shop, &ann, "A2").await;
        payments::remove_card(&ann, key(&third)).await.expect("is free");
        let fourth = shop.card(&ann, "7777").await;
        switch_on(&shop, &ann, "A1", &fourth).await;
        charged_after(&shop, 0).await;
        assert_eq!(charged_after(&shop, 3).await, 1);
        payments::remove_card(&ann, key(&fourth)).await.expect("pays nothing any more");
        shop.agree().await;
    });
}
