//! Acceptance cases A7, A8 and A10 of the addresses, and what they leave open.

use domain::{
    addresses::{AddressForm, AddressKind, AddressRow},
    ids::{AddressId, ContactId},
};
use entities::address;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use services::{Cx, ServiceError, addresses};
use uuid::Uuid;

use crate::support::{Portal, on_each_database};

struct People {
    acme: ContactId,
    ann: ContactId,
    ann_cx: Cx,
    bob_cx: Cx,
    zoe_cx: Cx,
}

/// Two colleagues of one company, and somebody of another.
async fn people(portal: &Portal) -> People {
    let (acme, zeta) = (portal.company("Acme").await, portal.company("Zeta").await);
    let ann = portal.person(acme, "Ann", "ann@acme.example").await;
    let bob = portal.person(acme, "Bob", "bob@acme.example").await;
    let zoe = portal.person(zeta, "Zoe", "zoe@zeta.example").await;
    People {
        acme,
        ann,
        ann_cx: portal.customer(ann, "ann@acme.example").await,
        bob_cx: portal.customer(bob, "bob@acme.example").await,
        zoe_cx: portal.customer(zoe, "zoe@zeta.example").await,
    }
}

fn form(kind: &str, name: &str) -> AddressForm {
    AddressForm {
        kind: kind.into(),
        name: name.into(),
        street: "Weg 1".into(),
        zip: "26133".into(),
        city: "Oldenburg".into(),
        country: "DE".into(),
        ..AddressForm::default()
    }
}

async fn add(cx: &Cx, form: &AddressForm) -> AddressId {
    addresses::save_address(cx, None, form).await.expect("adds")
}

async fn listed(cx: &Cx) -> Vec<AddressRow> {
    addresses::list_addresses(cx).await.expect("the list").addresses
}

async fn names(cx: &Cx) -> Vec<String> {
    listed(cx).await.into_iter().map(|row| row.name).collect()
}

fn is_not_found<T: std::fmt::Debug>(result: &Result<T, ServiceError>) -> bool {
    matches!(result, Err(ServiceError::NotFound))
}

async fn stored(portal: &Portal, id: AddressId) -> address::Model {
    let found = address::Entity::find_by_id(Uuid::from(id)).one(portal.portico.db.pool()).await;
    found.expect("looks").expect("an address")
}

#[test]
fn a7_an_address_belongs_to_whoever_adds_it_and_to_their_company() {
    on_each_database(|portal| async move {
        let People { acme, ann, ann_cx, .. } = people(&portal).await;
        for (kind, expected) in [
            ("billing", AddressKind::Billing),
            ("delivery", AddressKind::Delivery),
            ("both", AddressKind::Both),
        ] {
            let id = add(&ann_cx, &form(kind, &format!("Dock {kind}"))).await;
            let row = stored(&portal, id).await;
            assert_eq!((row.entity_id, row.contact_id), (Uuid::from(acme), Uuid::from(ann)));
            let shown = listed(&ann_cx).await.into_iter().find(|row| row.id == id).expect("there");
            assert_eq!(shown.kind, expected);
            assert_eq!(shown.lines, ["Weg 1", "26133 Oldenburg", "Germany"]);
        }
    });
}

#[test]
fn a8_only_ones_own_tree_is_touched_and_never_a_contact() {
    on_each_database(|portal| async move {
        let People { acme, ann, ann_cx, bob_cx, zoe_cx } = people(&portal).await;
        let id = add(&ann_cx, &form("delivery", "Dock")).await;
        // A colleague shares it; another company does not know that it is there.
        assert_eq!(names(&bob_cx).await, ["Dock"]);
        assert!(names(&zoe_cx).await.is_empty());
        let other = AddressForm { version: 1, ..form("both", "Stolen") };
        assert!(is_not_found(&addresses::get_address(&zoe_cx, Some(id), "").await));
        assert!(is_not_found(&addresses::save_address(&zoe_cx, Some(id), &other).await));
        assert!(is_not_found(&addresses::remove_address(&zoe_cx, id).await));
        assert!(is_not_found(&addresses::restore_address(&zoe_cx, id).await));
        // The key of somebody else's address makes another one, and tells nothing.
        let with_key = AddressForm { key: id.to_string(), ..form("both", "Theirs") };
        assert_ne!(add(&zoe_cx, &with_key).await, id);
        // No contact is one of them: neither one's own, nor a colleague's, nor the company.
        for contact in [ann, acme] {
            let as_address = AddressId(contact.0);
            for cx in [&ann_cx, &bob_cx, &zoe_cx] {
                assert!(is_not_found(&addresses::remove_address(cx, as_address).await));
                assert!(is_not_found(&addresses::save_address(cx, Some(as_address), &other).await));
            }
        }
        addresses::remove_address(&bob_cx, id).await.expect("removes");
        addresses::remove_address(&bob_cx, id).await.expect("a second click");
        assert!(names(&ann_cx).await.is_empty());
        assert!(is_not_found(&addresses::get_address(&ann_cx, Some(id), "").await), "removed");
        addresses::restore_address(&ann_cx, id).await.expect("restores");
        addresses::restore_address(&ann_cx, id).await.expect("a second click");
        assert_eq!(names(&bob_cx).await, ["Dock"]);
    });
}

#[test]
fn whoever_reaches_only_their_own_sees_and_changes_only_theirs() {
    on_each_database(|portal| async move {
        let People { ann, ann_cx, bob_cx, .. } = people(&portal).await;
        let shared = add(&bob_cx, &form("delivery", "Bob's")).await;
        let ann_cx = {
            let _standard = ann_cx;
            portal.regroup(ann, "limited").await
        };
        assert!(names(&ann_cx).await.is_empty());
        assert!(is_not_found(&addresses::remove_address(&ann_cx, shared).await));
        // The company's defaults are not hers to choose, whatever is sent.
        let sent = AddressForm { default_delivery: "true".into(), ..form("delivery", "Ann's") };
        let own = add(&ann_cx, &sent).await;
        assert!(!stored(&portal, own).await.is_default_delivery);
        assert!(!addresses::get_address(&ann_cx, Some(own), "").await.expect("hers").may_set_default);
        assert_eq!(names(&ann_cx).await, ["Ann's"]);
        assert_eq!(names(&bob_cx).await, ["Bob's", "Ann's"]);
        let ann_cx = portal.regroup(ann, "accounting").await;
        assert_eq!(names(&ann_cx).await.len(), 2);
        let ann_cx = portal.regroup_to(ann, portal.new_group("Looks", &["addresses.view"]).await).await;
        assert!(!addresses::list_addresses(&ann_cx).await.expect("looks").may_edit);
        assert!(is_not_found(&addresses::save_address(&ann_cx, None, &form("both", "X")).await));
        assert!(is_not_found(&addresses::remove_address(&ann_cx, own).await));
        let ann_cx = portal.regroup_to(ann, portal.new_group("Nothing", &[]).await).await;
        assert!(is_not_found(&addresses::list_addresses(&ann_cx).await));
        for cx in [portal.staff(domain::access::StaffRole::Administrator).await] {
            assert!(is_not_found(&addresses::list_addresses(&cx).await));
            assert!(is_not_found(&addresses::save_address(&cx, None, &form("both", "X")).await));
        }
    });
}

#[test]
fn a10_an_unnamed_address_is_completed_with_a_name() {
    on_each_database(|portal| async move {
        let People { ann_cx, .. } = people(&portal).await;
        let id = add(&ann_cx, &form("billing", "Dock")).await;
        let mut unnamed = stored(&portal, id).await.into_active_model();
        unnamed.name = Set(String::new());
        unnamed.update(portal.portico.db.pool()).await.expect("as imported");
        assert_eq!(names(&ann_cx).await, ["Acme"], "the company's name stands in");
        let named = AddressForm { version: 1, ..form("billing", "Accounts payable") };
        addresses::save_address(&ann_cx, Some(id), &named).await.expect("saves");
        assert_eq!(names(&ann_cx).await, ["Accounts payable"]);
        let again =
            addresses::save_address(&ann_cx, Some(id), &AddressForm { name: "X".into(), ..named }).await;
        assert!(matches!(again, Err(ServiceError::Stale)), "{again:?}");
    });
}

#[test]
fn there_is_one_default_of_each_kind_and_undo_takes_it_back_only_when_it_is_free() {
    on_each_database(|portal| async move {
        let People { ann_cx, bob_cx, .. } = people(&portal).await;
        let default = |kind: &str, name: &str| AddressForm {
            default_billing: "true".into(),
            default_delivery: if kind == "both" { "true".into() } else { String::new() },
            ..form(kind, name)
        };
        let first = add(&ann_cx, &default("both", "First")).await;
        let second = add(&bob_cx, &default("billing", "Second")).await;
        let flags = |rows: Vec<AddressRow>| -> Vec<(String, bool, bool)> {
            rows.into_iter().map(|row| (row.name, row.is_default_billing, row.is_default_delivery)).collect()
        };
        let expected = [("Second".to_owned(), true, false), ("First".to_owned(), false, true)];
        assert_eq!(flags(listed(&ann_cx).await), expected);

        addresses::remove_address(&ann_cx, second).await.expect("removes");
        let third = add(&ann_cx, &default("billing", "Third")).await;
        addresses::restore_address(&ann_cx, second).await.expect("restores");
        assert!(!stored(&portal, second).await.is_default_billing, "another is meanwhile");
        addresses::remove_address(&ann_cx, third).await.expect("removes");
        addresses::restore_address(&ann_cx, third).await.expect("restores");
        assert!(stored(&portal, third).await.is_default_billing, "nothing took its place");

        let wrong = AddressForm { default_billing: "true".into(), ..form("delivery", "X") };
        match addresses::save_address(&ann_cx, None, &wrong).await {
            Err(ServiceError::Invalid(errors)) => assert!(errors.get("default_billing").is_some()),
            other => panic!("{other:?}"),
        }
        let billing_only =
            AddressForm { version: stored(&portal, first).await.version, ..form("billing", "First") };
        addresses::save_address(&ann_cx, Some(first), &billing_only).await.expect("saves");
        assert!(!stored(&portal, first).await.is_default_delivery);
    });
}

#[test]
fn every_missing_field_is_named_and_the_same_form_twice_adds_one() {
    on_each_database(|portal| async move {
        let People { ann_cx, acme, .. } = people(&portal).await;
        let empty = AddressForm { kind: "x".into(), country: "US".into(), ..AddressForm::default() };
        match addresses::save_address(&ann_cx, None, &empty).await {
            Err(ServiceError::Invalid(errors)) => {
                let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
                assert_eq!(fields, ["kind", "name", "street", "city", "state", "zip"]);
            }
            other => panic!("{other:?}"),
        }
        let key = addresses::get_address(&ann_cx, None, "").await.expect("a form").key;
        let twice = AddressForm { key, ..form("both", " Dock  ") };
        let (one, other) = futures::join!(
            addresses::save_address(&ann_cx, None, &twice),
            addresses::save_address(&ann_cx, None, &twice)
        );
        assert_eq!(one.expect("adds"), other.expect("is added already"));
        assert_eq!(names(&ann_cx).await, ["Dock"]);
        let page = services::contacts::get_contact(&portal.system(), acme).await.expect("the contact's page");
        assert_eq!(page.addresses.len(), 1, "staff see it");
    });
}

#[test]
fn who_comes_under_a_company_brings_their_addresses_along_and_who_leaves_leaves_them() {
    on_each_database(|portal| async move {
        let lone = portal.contact(domain::contacts::ContactForm {
            name: "Lia".into(),
            kind: "person".into(),
            email: "lia@lone.example".into(),
            ..Default::default()
        });
        let lone = lone.await;
        let cx = portal.customer(lone, "lia@lone.example").await;
        let sent = AddressForm { default_billing: "true".into(), ..form("both", "Studio") };
        let id = add(&cx, &sent).await;
        assert!(stored(&portal, id).await.is_default_billing, "she is all of the customer");
        let acme = portal.company("Acme").await;
        let page = services::contacts::get_contact(&portal.system(), lone).await.expect("hers");
        let moved = domain::contacts::ContactForm { parent: acme.to_string(), ..page.form };
        services::contacts::save_contact(&portal.system(), Some(lone), &moved).await.expect("moves");
        let row = stored(&portal, id).await;
        assert_eq!((row.entity_id, row.is_default_billing), (Uuid::from(acme), false));
        let cx = portal.customer(lone, "lia@lone.example").await;
        assert_eq!(names(&cx).await, ["Studio"]);

        // Among the company's now, it stays with it.
        let page = services::contacts::get_contact(&portal.system(), lone).await.expect("hers");
        let alone = domain::contacts::ContactForm { parent: String::new(), ..page.form };
        services::contacts::save_contact(&portal.system(), Some(lone), &alone).await.expect("moves");
        let cx = portal.customer(lone, "lia@lone.example").await;
        for group in ["limited", "company_admin"] {
            assert!(names(&portal.regroup(lone, group).await).await.is_empty(), "{group}");
        }
        assert!(is_not_found(&addresses::remove_address(&cx, id).await));
    });
}
