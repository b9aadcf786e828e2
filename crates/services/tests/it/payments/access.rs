//! Who may pay, and who sees what was paid: every operation by everybody.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::{
    access::{RowChange, StaffRole},
    api::ApiScope,
    ids::{ContactId, DocumentId, MethodId, PaymentId},
    payments::{PayForm, PaymentState},
};
use entities::group_permission;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use services::{
    Cx, ServiceError,
    auth::{self, Face},
    links::{self, SecureLinkOpened},
    payments, view_as, wallet,
};
use uuid::Uuid;

use super::{Shop, form, is_not_found, new_key, top_up};
use crate::support::{on_each_database, origin};

/// What is tried upon.
struct Target {
    document: DocumentId,
    payment: PaymentId,
    transfer: PaymentId,
    method: MethodId,
}

impl Target {
    /// A payment of Ann's, one that she waits for, and her card.
    async fn of(shop: &Shop, ann: &Cx) -> Self {
        let card = shop.card(ann, "4242").await;
        let payment = payments::pay(ann, &form(&shop.docs(&["A1"]).await, "10", &card)).await.expect("pays");
        let waits = form(&shop.docs(&["A2"]).await, "10", "transfer");
        let transfer = payments::pay(ann, &waits).await.expect("begins");
        let method = card.strip_prefix("card:").and_then(|id| id.parse().ok()).expect("a key");
        Self { document: shop.docs(&["A1"]).await[0], payment, transfer, method }
    }
}

type Told = Vec<(&'static str, Result<(), ServiceError>)>;

/// Everything that is done in the portal.
async fn portal_work(cx: &Cx, on: &Target) -> Told {
    let card = format!("card:{}", on.method);
    vec![
        ("get_paying", payments::get_paying(cx, &[on.document]).await.map(drop)),
        ("pay", payments::pay(cx, &form(&[on.document], "1", "transfer")).await.map(drop)),
        ("pay by card", payments::pay(cx, &form(&[on.document], "1", &card)).await.map(drop)),
        ("get_payment", payments::get_payment(cx, on.payment).await.map(drop)),
        ("list_payments", payments::list_payments(cx, &Default::default()).await.map(drop)),
        ("check_payment", payments::check_payment(cx, on.payment).await),
        ("cancel_payment", payments::cancel_payment(cx, on.transfer).await),
        ("begin_setup", payments::begin_setup(cx).await.map(drop)),
        ("add_card", payments::add_card(cx, "setup_of_nobody", false).await),
        ("list_cards", payments::list_cards(cx).await.map(drop)),
        ("make_default", payments::make_default(cx, on.method).await),
        ("remove_card", payments::remove_card(cx, on.method).await),
        ("get_wallet", wallet::get_wallet(cx).await.map(drop)),
        ("top_up", wallet::top_up(cx, &top_up("1", "transfer")).await.map(drop)),
    ]
}

/// Everything that is done by staff; what is read first.
async fn staff_work(cx: &Cx, on: &Target) -> Told {
    vec![
        ("get_staff_payment", payments::get_staff_payment(cx, on.payment).await.map(drop)),
        ("list_staff_payments", payments::list_staff_payments(cx, &Default::default()).await.map(drop)),
        ("refund_payment", payments::refund_payment(cx, on.payment, &new_key(), "1", "").await),
        ("confirm_transfer", payments::confirm_transfer(cx, on.transfer, "10").await),
        ("give_up_transfer", payments::give_up_transfer(cx, on.transfer).await),
    ]
}

/// Those operations that were done.
fn done(told: Told) -> Vec<&'static str> {
    told.into_iter().filter(|(_, answer)| answer.is_ok()).map(|(name, _)| name).collect()
}

fn all_not_found(told: Told) {
    for (name, answer) in told {
        assert!(is_not_found(&answer), "{name}: {answer:?}");
    }
}

async fn link(shop: &Shop, customer: ContactId) -> String {
    let portico = &shop.portal.portico;
    links::secure_link_of(portico, portico.db.pool(), customer).await.expect("asks").expect("a link")
}

/// Whoever has a customer's secure link.
async fn visitor(shop: &Shop, customer: ContactId) -> Cx {
    let link = link(shop, customer).await;
    let secret = link.rsplit('/').next().expect("a secret");
    let opened = links::open_secure_link(&shop.portal.anonymous(), secret, false).await.expect("opens");
    let SecureLinkOpened::Visit(whose) = opened else { panic!("no visit") };
    let hash = Uuid::now_v7().to_string();
    auth::open_session(&shop.portal.portico, &hash, whose, &origin()).await.expect("a session");
    face(shop, &hash).await
}

async fn face(shop: &Shop, hash: &str) -> Cx {
    let view = auth::resolve_session(&shop.portal.portico, hash, Face::Portal, origin()).await;
    view.expect("resolves").expect("in").cx
}

#[test]
fn those_who_are_not_in_the_portal_pay_nothing_and_staff_do_by_their_rights() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let on = Target::of(&shop, &ann).await;
        let nobody = shop.portal.anonymous();
        for (name, answer) in
            portal_work(&nobody, &on).await.into_iter().chain(staff_work(&nobody, &on).await)
        {
            assert!(matches!(answer, Err(ServiceError::Unauthenticated)), "{name}: {answer:?}");
        }
        let scopes = ApiScope::ALL.map(ApiScope::code);
        let program = shop.portal.program(&scopes).await;
        all_not_found(portal_work(&program, &on).await);
        all_not_found(staff_work(&program, &on).await);
        all_not_found(staff_work(&ann, &on).await);
        for role in [StaffRole::Staff, StaffRole::ContactManager] {
            let cx = shop.portal.staff(role).await;
            all_not_found(portal_work(&cx, &on).await);
            assert_eq!(done(staff_work(&cx, &on).await), ["get_staff_payment", "list_staff_payments"]);
            let page = payments::get_staff_payment(&cx, on.payment).await.expect("a page");
            assert_eq!((page.refundable, page.row.company.as_str()), (None, "Acme"));
            let waits = payments::get_staff_payment(&cx, on.transfer).await.expect("a page");
            assert!(!waits.may_cancel);
        }
        assert_eq!(shop.payments().await.len(), 2, "nothing was begun");
        let admin = shop.admin().await;
        all_not_found(portal_work(&admin, &on).await);
        assert!(payments::get_staff_payment(&admin, on.transfer).await.expect("a page").may_cancel);
        assert_eq!(done(staff_work(&admin, &on).await).len(), 5);
        let shown = payments::list_staff_payments(&admin, &Default::default()).await.expect("lists").items;
        assert!(shown.iter().all(|row| row.company == "Acme" && row.payer == "Ann"));
        shop.agree().await;
    });
}

#[test]
fn another_company_sees_and_pays_nothing_of_it() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let on = Target::of(&shop, &ann).await;
        let zoe = shop.member("zoe", "company_admin").await;
        let allowed = done(portal_work(&zoe, &on).await);
        assert_eq!(allowed, ["list_payments", "begin_setup", "list_cards", "get_wallet", "top_up"]);
        let seen = payments::list_payments(&zoe, &Default::default()).await.expect("lists").items;
        assert!(seen.iter().all(|row| row.payer == "Zoe"), "{seen:?}");
        assert!(payments::list_cards(&zoe).await.expect("lists").cards.is_empty());
        // What is not theirs is as what does not exist.
        let missing = DocumentId(Uuid::now_v7());
        for document in [on.document, missing] {
            assert!(is_not_found(&payments::get_paying(&zoe, &[document]).await));
            assert!(is_not_found(&payments::pay(&zoe, &form(&[document], "1", "transfer")).await));
        }
        let mixed = [shop.docs(&["Z1"]).await[0], on.document];
        assert!(is_not_found(&payments::pay(&zoe, &form(&mixed, "1", "transfer")).await));
        assert!(is_not_found(&payments::get_paying(&zoe, &mixed).await));
        assert_eq!(shop.state(on.transfer).await, PaymentState::Pending);
    });
}

#[test]
fn a_colleague_sees_and_pays_as_far_as_their_scope_reaches() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let on = Target::of(&shop, &ann).await;
        let bob = shop.member("bob", "limited").await;
        assert_eq!(done(portal_work(&bob, &on).await), ["list_payments", "begin_setup", "list_cards"]);
        assert!(payments::list_payments(&bob, &Default::default()).await.expect("lists").items.is_empty());
        let b1 = shop.docs(&["B1"]).await;
        let own = payments::pay(&bob, &form(&b1, "10", "transfer")).await.expect("pays");
        payments::get_payment(&bob, own).await.expect("sees their own");
        payments::cancel_payment(&bob, own).await.expect("gives up their own");
        assert!(payments::pay(&bob, &form(&b1, "10", "wallet")).await.is_err(), "no wallet");

        let bob_contact = shop.contact("bob").await;
        let colleague = shop.portal.regroup(bob_contact, "standard").await;
        payments::get_payment(&colleague, on.payment).await.expect("is the company's");
        payments::check_payment(&colleague, on.payment).await.expect("asks");
        assert!(is_not_found(&payments::cancel_payment(&colleague, on.transfer).await));
        assert!(is_not_found(&wallet::top_up(&colleague, &top_up("5", "transfer")).await));

        // A reader reads, and pays nothing.
        let reader = shop.portal.new_group("Reader", &["invoices.view"]).await;
        let reader = shop.portal.regroup_to(bob_contact, reader).await;
        let may = ["get_payment", "list_payments", "check_payment"];
        let told = portal_work(&reader, &on).await;
        for (name, answer) in &told {
            assert!(answer.is_ok() || is_not_found(answer), "{name}: {answer:?}");
        }
        assert_eq!(done(told), may);
        // Whoever may pay but not see pays nothing either.
        let blind = shop.portal.new_group("Blind", &["invoices.pay"]).await;
        let blind = shop.portal.regroup_to(bob_contact, blind).await;
        assert_eq!(done(portal_work(&blind, &on).await), ["list_payments", "begin_setup"]);
        let seen = payments::list_payments(&blind, &Default::default()).await.expect("lists").items;
        assert_eq!(seen.iter().map(|row| row.id).collect::<Vec<_>>(), [own], "what they paid themselves");

        // The company's administrator pays for those below, but not from this company's wallet.
        shop.fill(&ann, "50").await;
        let head = shop.portal.regroup(bob_contact, "company_admin").await;
        let s1 = shop.docs(&["S1"]).await;
        assert_eq!(payments::get_paying(&head, &s1).await.expect("a page").ways.wallet, None);
        assert!(is_not_found(&payments::pay(&head, &form(&s1, "10", "wallet")).await));
        let id = payments::pay(&head, &form(&s1, "10", "transfer")).await.expect("pays");
        payments::get_payment(&head, id).await.expect("sees it");
        let acme_sub = Uuid::from(shop.contact("acme_sub").await);
        assert_eq!(shop.payment(id).await.entity_id, acme_sub);
    });
}

#[test]
fn whoever_lost_their_access_or_only_looks_pays_nothing() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let on = Target::of(&shop, &ann).await;
        let hash = shop.portal.staff_session(StaffRole::Administrator).await;
        let staff = shop.portal.portico.clone();
        let own = auth::resolve_session(&staff, &hash, Face::Own, origin()).await.expect("resolves");
        let contact = shop.contact("ann").await;
        view_as::begin_view(&own.expect("signed in").cx, contact, "", "Ann called").await.expect("begins");
        let looks = face(&shop, &hash).await;
        let told = done(portal_work(&looks, &on).await);
        // Nor do they ask the bank: what it says would be written down.
        let reads = ["get_payment", "list_payments", "list_cards", "get_wallet"];
        assert_eq!(told, reads);
        let page = payments::get_payment(&looks, on.transfer).await.expect("a page");
        assert!(!page.may_cancel);
        assert_eq!(shop.state(on.transfer).await, PaymentState::Pending);

        // Even when there is something to write.
        let card = shop.card(&ann, "3155").await;
        let waits = payments::pay(&ann, &form(&shop.docs(&["A3"]).await, "10", &card)).await.expect("begins");
        assert_eq!(payments::get_payment(&looks, waits).await.expect("a page").confirm, None);
        shop.bank.confirm(&shop.reference(waits), true);
        payments::check_payment(&looks, waits).await.expect_err("looks only");
        assert_eq!(shop.state(waits).await, PaymentState::Pending);

        shop.portal.change(contact, "", RowChange::Revoke).await;
        assert!(shop.portal.again(&ann).await.is_none());
    });
}

#[test]
fn a_visitor_pays_by_a_card_that_is_not_kept() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let acme = shop.contact("acme").await;
        let guest = visitor(&shop, acme).await;
        let a1 = shop.docs(&["A1"]).await;
        let page = payments::get_paying(&guest, &a1).await.expect("a page");
        assert!(page.ways.cards.is_empty() && page.ways.wallet.is_none() && !page.ways.may_save);
        let setup = shop.setup(&guest, "4242").await;
        let sent = PayForm { setup, keep: true, for_company: true, ..form(&a1, "30", "new") };
        let id = payments::pay(&guest, &sent).await.expect("pays");
        assert_eq!((shop.state(id).await, shop.bank.cards()), (PaymentState::Succeeded, 0));
        let page = payments::get_payment(&guest, id).await.expect("a page");
        assert_eq!(page.row.payer, "Acme");
        assert_eq!(payments::pay(&guest, &sent).await.expect("is one"), id);
        let waits = PayForm { setup: shop.setup(&guest, "3155").await, ..form(&a1, "30", "new") };
        let waits = payments::pay(&guest, &waits).await.expect("begins");
        assert!(payments::get_payment(&guest, waits).await.expect("a page").confirm.is_some());
        payments::cancel_payment(&guest, waits).await.expect("gives up");

        for answer in [
            payments::list_cards(&guest).await.map(drop),
            payments::add_card(&guest, "setup", false).await,
            wallet::get_wallet(&guest).await.map(drop),
            wallet::top_up(&guest, &top_up("5", "transfer")).await.map(drop),
            payments::pay(&guest, &form(&a1, "1", "wallet")).await.map(drop),
            payments::pay(&guest, &form(&a1, "1", &format!("card:{}", Uuid::now_v7()))).await.map(drop),
            payments::get_paying(&guest, &shop.docs(&["Z1"]).await).await.map(drop),
        ] {
            assert!(is_not_found(&answer), "{answer:?}");
        }
        let other = visitor(&shop, shop.contact("zeta").await).await;
        assert!(is_not_found(&payments::get_payment(&other, id).await));
        assert!(payments::list_payments(&other, &Default::default()).await.expect("lists").items.is_empty());
        shop.agree().await;
        // With a portal user, the link opens nothing any more, and the company's people see what was paid.
        let ann = shop.accountant("ann").await;
        assert!(shop.portal.again(&guest).await.is_none());
        payments::get_payment(&ann, id).await.expect("sees it");
        assert!(is_not_found(&payments::cancel_payment(&ann, id).await), "somebody else began it");
    });
}

/// Somebody behind a link who may not read invoices sees what they paid themselves.
#[test]
fn a_visitor_sees_the_own_payment_without_seeing_invoices() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        shop.set(|form| form.down_payment = "30".into()).await;
        let pool = shop.portal.portico.db.pool();
        let group = Uuid::from(shop.portal.group("non_portal").await);
        let all = group_permission::Entity::delete_many().filter(group_permission::Column::GroupId.eq(group));
        all.exec(pool).await.expect("deletes");
        for action in ["view", "pay"] {
            let row = group_permission::ActiveModel {
                group_id: Set(group),
                area: Set("sales".to_owned()),
                action: Set(action.to_owned()),
                scope: Set("company".to_owned()),
            };
            group_permission::Entity::insert(row).exec_without_returning(pool).await.expect("a permission");
        }
        let orders = "id,name,partner_id/id,date_order,validity_date,state,currency_id/name,amount_total\n\
            q1,Q1,ann,2026-11-01,2026-12-30,Quotation Sent,USD,100.0\n";
        shop.portal.import(&[("orders.csv", orders.to_owned())]).await;
        let guest = visitor(&shop, shop.contact("acme").await).await;
        let a1 = payments::get_paying(&guest, &shop.docs(&["A1"]).await).await;
        assert!(is_not_found(&a1));
        let sent = PayForm {
            setup: shop.setup(&guest, "4242").await,
            ..form(&shop.docs(&["Q1"]).await, "30", "new")
        };
        let id = payments::pay(&guest, &sent).await.expect("pays");
        let page = payments::get_payment(&guest, id).await.expect("their own");
        assert_eq!(page.allocations.len(), 1);
        payments::check_payment(&guest, id).await.expect("asks");
        assert_eq!(payments::list_payments(&guest, &Default::default()).await.expect("lists").items.len(), 1);
    });
}

#[test]
fn lists_are_narrowed_and_turned_page_by_page() {
    on_each_database(|portal| async move {
        let shop = Shop::open(portal).await;
        let ann = shop.accountant("ann").await;
        let (good, bad) = (shop.card(&ann, "4242").await, shop.card(&ann, "0341").await);
        let a1 = shop.docs(&["A1"]).await;
        for _ in 0..3 {
            payments::pay(&ann, &form(&a1, "1", &good)).await.expect("pays");
            payments::pay(&ann, &form(&a1, "1", &bad)).await.expect("fails");
            shop.portal.clock.advance(time::Duration::seconds(1));
        }
        let transfer = payments::pay(&ann, &form(&a1, "1", "transfer")).await.expect("begins");
        let admin = shop.admin().await;
        let count = |state: Option<PaymentState>, search: &str| {
            let request =
                domain::payments::PaymentRequest { state, search: search.into(), ..Default::default() };
            let (admin, ann) = (admin.clone(), ann.clone());
            async move {
                let staff = payments::list_staff_payments(&admin, &request).await.expect("lists").items;
                let own = payments::list_payments(&ann, &request).await.expect("lists").items;
                assert_eq!(staff.len(), own.len());
                staff.len()
            }
        };
        assert_eq!(count(None, "").await, 7);
        assert_eq!(count(Some(PaymentState::Failed), "").await, 3);
        assert_eq!(count(Some(PaymentState::Succeeded), "4242").await, 3);
        assert_eq!(count(None, "p00001").await, 1);
        assert_eq!(count(None, "%").await, 0);
        assert_eq!(count(None, "ann").await, 7);
        let page = payments::get_payment(&ann, transfer).await.expect("a page").transfer.expect("waits");
        assert_eq!(count(None, &page.reference).await, 1, "as it is shown");
    });
}
