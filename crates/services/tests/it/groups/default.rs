use domain::access::{GroupForm, RowChange};
use services::groups;

use super::{buyers, done, form_of, save, told, wrong};
use crate::support::{Portal, on_each_database};

async fn defaults(portal: &Portal) -> Vec<String> {
    let rows = groups::list_groups(&portal.system()).await.expect("groups");
    rows.into_iter().filter(|row| row.is_default).map(|row| row.name).collect()
}

#[test]
fn there_always_is_one_default() {
    on_each_database(|portal| async move {
        let standard = portal.group("standard").await;
        let form = form_of(&portal, standard).await;
        let without = GroupForm { is_default: false, ..form.clone() };
        assert_eq!(wrong(save(&portal, Some(standard), &without).await), ["is_default"]);
        assert_eq!(defaults(&portal).await, ["Standard"]);

        let limited = portal.group("limited").await;
        let chosen = GroupForm { is_default: true, ..form_of(&portal, limited).await };
        done(save(&portal, Some(limited), &chosen).await);
        assert_eq!(defaults(&portal).await, ["Limited"]);
        let events: Vec<_> =
            told(&portal).await.into_iter().map(|(_, subject, data)| (subject, data)).collect();
        assert_eq!(events[0].0, "Standard");
        assert_eq!(events[0].1["after"]["is_default"], false);
        assert_eq!(events[1].1["after"]["is_default"], true);

        // A page on which Standard still is the default does not make it so again unseen.
        let stale = GroupForm { description: "Changed.".into(), ..form };
        let answer = save(&portal, Some(standard), &stale).await;
        assert!(matches!(answer, Err(services::ServiceError::Stale)), "{answer:?}");

        // A new group may be the default from its first day.
        let fresh = GroupForm { name: "Fresh".into(), is_default: true, ..GroupForm::default() };
        done(save(&portal, None, &fresh).await);
        assert_eq!(defaults(&portal).await, ["Fresh"]);
    });
}

#[test]
fn a_new_grant_gets_the_default_of_that_moment() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let bob = portal.person(acme, "Bob", "bob@acme.example").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let id = buyers(&portal).await;
        let chosen = GroupForm { is_default: true, ..form_of(&portal, id).await };
        done(save(&portal, Some(id), &chosen).await);
        portal.change(bob, "bob@acme.example", RowChange::Grant).await;
        let rows = groups::list_groups(&portal.system()).await.expect("groups");
        let people: Vec<_> =
            rows.iter().filter(|row| row.people > 0).map(|row| (row.name.as_str(), row.people)).collect();
        assert_eq!(people, [("Buyers", 1), ("Standard", 1)], "whoever had one keeps it");
    });
}

#[test]
fn two_who_make_a_default_at_once_take_turns() {
    on_each_database(|portal| async move {
        let (limited, accounting) = (portal.group("limited").await, portal.group("accounting").await);
        let first = GroupForm { is_default: true, ..form_of(&portal, limited).await };
        let second = GroupForm { is_default: true, ..form_of(&portal, accounting).await };
        let (one, two) =
            tokio::join!(save(&portal, Some(limited), &first), save(&portal, Some(accounting), &second));
        done(one);
        done(two);
        assert_eq!(defaults(&portal).await.len(), 1, "{}", portal.database);
    });
}
