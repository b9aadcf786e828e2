use domain::{
    access::{Affected, GroupForm, Permission as P, ScopeKind},
    documents::{DocumentKind, DocumentRequest},
};
use serde_json::json;
use services::{ServiceError, documents, groups};

use super::{Open, buyers, done, effects, form_of, save, save_confirmed, told, wrong};
use crate::{
    documents::books,
    support::{Portal, on_each_database},
};

fn without_invoices(form: &GroupForm) -> GroupForm {
    let kept = form.permissions.iter().filter(|(permission, _)| *permission != P::InvoicesView);
    GroupForm { permissions: kept.collect(), ..form.clone() }
}

async fn standard(portal: &Portal) -> (domain::ids::GroupId, GroupForm) {
    let id = portal.group("standard").await;
    (id, form_of(portal, id).await)
}

#[test]
fn a_change_acts_at_the_next_request_of_everybody_concerned() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = Open::of(&portal, portal.imported("ann").await, "ann@acme.example").await;
        let zoe = Open::of(&portal, portal.imported("zoe").await, "zoe@zeta.example").await;
        let invoices = || DocumentRequest {
            kind: DocumentKind::Invoice,
            filter: Default::default(),
            page: Default::default(),
        };
        for open in [&ann, &zoe] {
            assert!(documents::list_documents(&open.next().await, &invoices()).await.is_ok());
        }
        let (id, form) = standard(&portal).await;
        save_confirmed(&portal, id, &without_invoices(&form)).await;
        for open in [&ann, &zoe] {
            let cx = open.next().await;
            let answer = documents::list_documents(&cx, &invoices()).await;
            assert!(matches!(answer, Err(ServiceError::NotFound)), "{answer:?}");
            let home = documents::home(&cx).await.expect("a home");
            assert!(home.tiles.iter().all(|tile| tile.kind != DocumentKind::Invoice));
            assert!(home.tiles.iter().any(|tile| tile.kind == DocumentKind::Sale), "the rest stays");
        }
        // And back.
        let narrowed = form_of(&portal, id).await;
        save_confirmed(&portal, id, &GroupForm { version: narrowed.version, ..form.clone() }).await;
        assert!(documents::list_documents(&ann.next().await, &invoices()).await.is_ok());
        assert!(form_of(&portal, id).await.says_the_same(&form));
    });
}

#[test]
fn what_people_gain_and_lose_is_shown_before_it_is_saved() {
    on_each_database(|portal| async move {
        books(&portal).await;
        for (name, email) in [("ann", "ann@acme.example"), ("bob", "bob@acme.example")] {
            portal.customer(portal.imported(name).await, email).await;
        }
        let (id, form) = standard(&portal).await;
        let mut typed = without_invoices(&form);
        typed.permissions.allow(P::WalletTopup, ScopeKind::Own);
        let shown = effects(save(&portal, Some(id), &typed).await);
        assert_eq!(shown.affected, Affected::People(2));
        let changes: Vec<_> = shown
            .changes
            .iter()
            .map(|change| (change.permission, change.before, change.after, change.is_gain()))
            .collect();
        let company = Some(ScopeKind::Company);
        assert_eq!(
            changes,
            [
                (P::InvoicesView, company, None, false),
                // They follow what cannot be seen any more.
                (P::InvoicesDownload, company, None, false),
                (P::InvoicesPay, company, None, false),
                (P::WalletTopup, None, Some(ScopeKind::Own), true),
            ]
        );
        assert!(form_of(&portal, id).await.says_the_same(&form), "nothing is saved yet");
        assert!(told(&portal).await.is_empty());

        // Whoever changes more, or has more people meanwhile, is shown that first.
        let more = GroupForm { require_two_factor: true, ..typed.clone() };
        let again = groups::save_group(&portal.system(), Some(id), &more, &shown.confirmation).await;
        assert_eq!(effects(again).two_factor, Some(true));
        portal.customer(portal.imported("zoe").await, "zoe@zeta.example").await;
        let again = groups::save_group(&portal.system(), Some(id), &typed, &shown.confirmation).await;
        let again = effects(again);
        assert_eq!(again.affected, Affected::People(3));

        // Sent twice, it is saved once.
        for _ in 0..2 {
            done(groups::save_group(&portal.system(), Some(id), &typed, &again.confirmation).await);
        }
        let events = told(&portal).await;
        assert_eq!(events.len(), 1);
        let (action, subject, data) = &events[0];
        assert_eq!((action.as_str(), subject.as_str()), ("group.changed", "Standard"));
        let before = json!({
            "invoices.view": "company", "invoices.download": "company", "invoices.pay": "company",
            "wallet.topup": "no",
        });
        let after = json!({
            "invoices.view": "no", "invoices.download": "no", "invoices.pay": "no", "wallet.topup": "own",
        });
        assert_eq!(data, &json!({ "before": before, "after": after }));
    });
}

#[test]
fn a_group_that_nobody_has_is_saved_at_once() {
    on_each_database(|portal| async move {
        let id = buyers(&portal).await;
        let form = form_of(&portal, id).await;
        assert_eq!((form.name.as_str(), form.version), ("Buyers", 1));
        let renamed = GroupForm {
            name: "Purchasing".into(),
            permissions: Default::default(),
            require_two_factor: true,
            ..form.clone()
        };
        done(save(&portal, Some(id), &renamed).await);
        let after = form_of(&portal, id).await;
        assert!(after.says_the_same(&renamed));
        assert_eq!(after.version, 2);
        // What differs in nothing is nothing, and told nowhere.
        done(save(&portal, Some(id), &after).await);
        let told: Vec<_> = told(&portal).await.into_iter().map(|(action, ..)| action).collect();
        assert_eq!(told, ["group.created", "group.changed"]);
    });
}

#[test]
fn whoever_comes_second_is_told_so() {
    on_each_database(|portal| async move {
        let id = buyers(&portal).await;
        let form = form_of(&portal, id).await;
        let first = GroupForm { description: "Buy things.".into(), ..form.clone() };
        done(save(&portal, Some(id), &first).await);
        let second = GroupForm { name: "Buying".into(), ..form.clone() };
        let stale = save(&portal, Some(id), &second).await;
        assert!(matches!(stale, Err(ServiceError::Stale)), "{stale:?}");
        // The same once more is no conflict: somebody clicked twice.
        done(save(&portal, Some(id), &first).await);
        assert!(form_of(&portal, id).await.says_the_same(&first));
    });
}

#[test]
fn a_name_is_there_once_whatever_its_case() {
    on_each_database(|portal| async move {
        let id = buyers(&portal).await;
        let mut twin = GroupForm { name: "BUYERS".into(), ..GroupForm::default() };
        assert_eq!(wrong(save(&portal, None, &twin).await), ["name"]);
        twin.name = "limited".into();
        assert_eq!(wrong(save(&portal, None, &twin).await), ["name"]);
        let form = GroupForm { name: "Standard".into(), ..form_of(&portal, id).await };
        assert_eq!(wrong(save(&portal, Some(id), &form).await), ["name"]);
        let upper = GroupForm { name: "BUYERS".into(), ..form };
        done(save(&portal, Some(id), &upper).await);
        // A new group that is sent twice is made once.
        let fresh = GroupForm { name: "Fresh".into(), ..GroupForm::default() };
        assert_eq!(done(save(&portal, None, &fresh).await), done(save(&portal, None, &fresh).await));
    });
}

#[test]
fn no_action_reaches_further_than_what_can_be_seen() {
    on_each_database(|portal| async move {
        let id = buyers(&portal).await;
        let mut form = form_of(&portal, id).await;
        form.permissions.allow(P::SalesAccept, ScopeKind::CompanyTree);
        form.permissions.allow(P::InvoicesPay, ScopeKind::Own);
        assert_eq!(wrong(save(&portal, Some(id), &form).await), ["sales.accept", "invoices.pay"]);
        // A copy follows like the group that it was copied from.
        let standard = portal.group("standard").await;
        let copy = GroupForm {
            name: "No invoices".into(),
            is_default: false,
            copied_from: Some(standard),
            ..without_invoices(&form_of(&portal, standard).await)
        };
        let id = done(save(&portal, None, &copy).await);
        let permissions = form_of(&portal, id).await.permissions;
        assert_eq!(permissions.scope_of(P::InvoicesPay), None);
        assert_eq!(permissions.scope_of(P::SalesPay), Some(ScopeKind::Company));
    });
}

#[test]
fn visitors_group_can_be_edited_within_limits() {
    on_each_database(|portal| async move {
        let id = portal.group("non_portal").await;
        let form = form_of(&portal, id).await;
        let mut typed = form.clone();
        typed.permissions.allow(P::SalesAccept, ScopeKind::Company);
        typed.permissions.allow(P::WalletView, ScopeKind::Company);
        typed.is_default = true;
        assert_eq!(
            wrong(save(&portal, Some(id), &typed).await),
            ["is_default", "sales.accept", "wallet.view"]
        );
        // Its note in the seed: the documentation section.
        let mut typed = form.clone();
        typed.permissions.allow(P::DocumentationViewPublic, ScopeKind::Company);
        let shown = effects(save(&portal, Some(id), &typed).await);
        assert_eq!((shown.affected, shown.changes.len()), (Affected::Visitors, 1));
        save_confirmed(&portal, id, &typed).await;
        assert!(form_of(&portal, id).await.permissions.scope_of(P::DocumentationViewPublic).is_some());
    });
}
