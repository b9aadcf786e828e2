use domain::{
    access::{BulkChange, BulkResult, BulkRow, BulkTargets, PortalState, RowChange},
    contacts::ContactFilter,
    ids::GroupId,
};
use services::{access, contacts};

use crate::support::{Portal, on_each_database, rounds};

fn change(change: RowChange, group: Option<GroupId>) -> BulkChange {
    BulkChange { change, group, message: "Welcome".to_owned() }
}

fn everybody() -> BulkTargets {
    BulkTargets::Matching(ContactFilter { search: "bulk".to_owned(), ..ContactFilter::default() })
}

fn results(rows: &[BulkRow]) -> Vec<(&str, BulkResult)> {
    rows.iter().map(|row| (row.name.as_str(), row.result)).collect()
}

async fn some_people(portal: &Portal) -> [domain::ids::ContactId; 4] {
    let acme = portal.company("Bulk").await;
    [
        acme,
        portal.person(acme, "Bulk Ann", "ann@bulk.example").await,
        portal.person(acme, "Bulk Bob", "ann@bulk.example").await,
        portal.person(acme, "Bulk Cid", "not-an-email").await,
    ]
}

#[test]
fn the_preview_says_what_happens_and_changes_nothing() {
    on_each_database(|portal| async move {
        some_people(&portal).await;
        let system = portal.system();
        let grant = change(RowChange::Grant, None);
        let preview = access::change_in_bulk(&system, &everybody(), &grant, true).await.expect("a preview");
        let expected = [
            ("Bulk", BulkResult::Refused),
            ("Bulk Bob", BulkResult::Refused),
            ("Bulk Cid", BulkResult::Refused),
            ("Bulk Ann", BulkResult::Changed),
        ];
        assert_eq!(results(&preview), expected, "the same email twice goes to the first");
        assert!(portal.mails().await.is_empty());
        let page = access::list_bulk_rows(&system, &everybody()).await.expect("the page");
        assert!(page.rows.iter().all(|row| row.state == PortalState::None));

        let done = access::change_in_bulk(&system, &everybody(), &grant, false).await.expect("done");
        assert_eq!(results(&done), expected, "it did what it said");
        assert_eq!(portal.mails().await.len(), 1);
        let again = access::change_in_bulk(&system, &everybody(), &grant, false).await.expect("again");
        assert_eq!(again.iter().filter(|row| row.result == BulkResult::Changed).count(), 0);
        assert_eq!(portal.mails().await.len(), 1, "a second time repeats nothing");
    });
}

#[test]
fn a_group_is_granted_changed_and_revoked_in_bulk() {
    on_each_database(|portal| async move {
        let [_, ann, ..] = some_people(&portal).await;
        let system = portal.system();
        let these = BulkTargets::These(vec![ann]);
        let [limited, accounting] = [portal.group("limited").await, portal.group("accounting").await];
        let group = async || {
            let page = contacts::get_contact(&system, ann).await.expect("the page");
            page.portal_users.first().map(|user| user.group_name.clone())
        };
        for (asked, expected) in [
            (change(RowChange::Regroup, Some(limited)), (BulkResult::Refused, None)),
            (change(RowChange::Grant, Some(limited)), (BulkResult::Changed, Some("Limited"))),
            (change(RowChange::Regroup, Some(accounting)), (BulkResult::Changed, Some("Accounting"))),
            (change(RowChange::Regroup, Some(accounting)), (BulkResult::Unchanged, Some("Accounting"))),
            (change(RowChange::Reinvite, None), (BulkResult::Changed, Some("Accounting"))),
            (change(RowChange::Revoke, None), (BulkResult::Changed, None)),
            (change(RowChange::Revoke, None), (BulkResult::Unchanged, None)),
        ] {
            let rows = access::change_in_bulk(&system, &these, &asked, false).await.expect("changes");
            assert_eq!((rows[0].result, group().await.as_deref()), expected, "{asked:?}: {rows:?}");
        }
        assert!(
            access::change_in_bulk(&system, &these, &change(RowChange::Regroup, None), false).await.is_err()
        );
        let non_portal = Some(portal.group("non_portal").await);
        let rows =
            access::change_in_bulk(&system, &these, &change(RowChange::Grant, non_portal), false).await;
        assert_eq!(rows.expect("answers")[0].result, BulkResult::Refused);
    });
}

/// A thousand at once queue a thousand mails, and asking again queues none.
#[test]
fn many_are_granted_once_each() {
    on_each_database(|portal| async move {
        let number = rounds(120, 1_000);
        let mut contacts = "id,name,is_company,parent_id/id,email\nbulk,Bulk,True,,\n".to_owned();
        for n in 0..number {
            contacts += &format!("bulk_{n},Bulk {n},,bulk,bulk-{n}@bulk.example\n");
        }
        portal.import(&[("contacts.csv", contacts)]).await;
        let system = portal.system();
        let grant = change(RowChange::Grant, None);
        // A double click.
        let targets = everybody();
        let (first, second) = tokio::join!(
            access::change_in_bulk(&system, &targets, &grant, false),
            access::change_in_bulk(&system, &targets, &grant, false),
        );
        let changed = |rows: &[BulkRow]| rows.iter().filter(|row| row.result == BulkResult::Changed).count();
        let (first, second) = (first.expect("one"), second.expect("the other"));
        assert_eq!(changed(&first) + changed(&second), number);
        assert_eq!(portal.mails().await.len(), number);
        let again = access::change_in_bulk(&system, &targets, &grant, false).await.expect("again");
        assert_eq!((changed(&again), portal.mails().await.len()), (0, number));
    });
}
