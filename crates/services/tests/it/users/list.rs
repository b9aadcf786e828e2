use domain::{
    access::{RowChange, StaffRole},
    ids::UserId,
    users::{QuickFilter, UserFilter, UserKind, UserStatus},
};
use services::{Cx, users};

use super::id_of;
use crate::support::{Portal, on_each_database};

/// The names of the users that a query shows, in the list's order.
async fn shown(cx: &Cx, query: &[(&str, &str)]) -> Vec<String> {
    let parsed = UserFilter::parse(query.iter().copied());
    assert_eq!(parsed.draft, None, "{query:?}");
    let page = users::list_users(cx, &parsed.filter).await.expect("a page");
    page.items.into_iter().map(|row| row.name).collect()
}

async fn condition(cx: &Cx, field: &str, operator: &str, value: &str) -> Vec<String> {
    shown(cx, &[("field", field), ("operator", operator), ("value", value)]).await
}

/// Ann and Émile of Acme, Zoe of Zeta who never signed in, and three staff.
async fn people(portal: &Portal) -> Cx {
    let acme = portal.company("Acme Ltd").await;
    let zeta = portal.company("Zeta").await;
    let ann = portal.person(acme, "Ann", "").await;
    let emile = portal.person(acme, "Émile", "").await;
    let zoe = portal.person(zeta, "Zoe", "").await;
    portal.customer(ann, "ann@acme.example").await;
    portal.customer(emile, "emile@acme.example").await;
    portal.regroup(emile, "accounting").await;
    portal.change(zoe, "zoe@zeta.example", RowChange::Grant).await;
    portal.staff(StaffRole::Staff).await;
    portal.staff(StaffRole::ContactManager).await;
    portal.staff(StaffRole::Administrator).await
}

#[test]
fn each_filter_shows_whom_it_says() {
    on_each_database(|portal| async move {
        let cx = people(&portal).await;
        let customers = ["Ann", "Émile", "Zoe"];
        let staff = ["Administrators", "Contact managers", "Staff"];
        let everybody =
            ["Administrators", "Ann", "Contact managers", "Émile", "Staff", "Zoe"].map(str::to_owned);
        assert_eq!(shown(&cx, &[]).await, everybody);
        assert_eq!(shown(&cx, &[("is", "portal")]).await, customers);
        assert_eq!(shown(&cx, &[("is", "internal")]).await, staff);
        assert_eq!(shown(&cx, &[("is", "internal"), ("is", "portal")]).await, everybody);
        assert_eq!(shown(&cx, &[("is", "inactive")]).await, [""; 0]);
        assert_eq!(shown(&cx, &[("is", "portal"), ("is", "never-connected")]).await, ["Zoe"]);
        assert_eq!(shown(&cx, &[("is", "two-factor-off")]).await, everybody);
        users::disable_user(&cx, id_of(&portal, "ann@acme.example").await).await.expect("disables");
        assert_eq!(shown(&cx, &[("is", "inactive")]).await, ["Ann"]);
        assert_eq!(shown(&cx, &[("is", "inactive"), ("is", "internal")]).await, [""; 0]);
    });
}

#[test]
fn groups_contain_system_groups_and_permission_groups() {
    on_each_database(|portal| async move {
        let cx = people(&portal).await;
        assert_eq!(condition(&cx, "groups", "contains", "portal").await, ["Ann", "Émile", "Zoe"]);
        assert_eq!(condition(&cx, "groups", "contains", "PORT").await, ["Ann", "Émile", "Zoe"]);
        assert_eq!(condition(&cx, "groups", "contains", "account").await, ["Émile"]);
        assert_eq!(condition(&cx, "groups", "is", "standard").await, ["Ann", "Zoe"]);
        assert_eq!(condition(&cx, "groups", "is", "stand").await, [""; 0]);
        assert_eq!(condition(&cx, "groups", "is", "administrators").await, ["Administrators"]);
        let others = ["Administrators", "Contact managers", "Staff"];
        assert_eq!(condition(&cx, "groups", "lacks", "portal").await, others);
        assert_eq!(condition(&cx, "groups", "not", "Standard").await.len(), 4);
        assert_eq!(condition(&cx, "groups", "contains", "%").await, [""; 0], "no pattern gets through");
    });
}

#[test]
fn the_other_fields_of_conditions() {
    on_each_database(|portal| async move {
        let cx = people(&portal).await;
        assert_eq!(condition(&cx, "login", "contains", "ACME").await, ["Ann", "Émile"]);
        assert_eq!(condition(&cx, "login", "is", "Ann@Acme.example").await, ["Ann"]);
        assert_eq!(condition(&cx, "name", "contains", "émi").await, ["Émile"]);
        assert_eq!(condition(&cx, "name", "is", "ANN").await, ["Ann"]);
        assert_eq!(condition(&cx, "name", "not", "ann").await.len(), 5);
        assert_eq!(condition(&cx, "company", "contains", "acme").await, ["Ann", "Émile"]);
        assert_eq!(condition(&cx, "company", "lacks", "acme").await.len(), 4);
        assert_eq!(condition(&cx, "status", "is", "invited").await, ["Zoe"]);
        assert_eq!(condition(&cx, "status", "not", "active").await, ["Zoe"]);
        assert_eq!(condition(&cx, "two-factor", "is", "on").await, [""; 0]);
        assert_eq!(condition(&cx, "two-factor", "not", "on").await.len(), 6);
        // Everybody who accepted an invitation did so on the 22nd.
        assert_eq!(condition(&cx, "last", "after", "2026-11-21").await, ["Ann", "Émile"]);
        assert_eq!(condition(&cx, "last", "after", "2026-11-22").await, [""; 0]);
        assert_eq!(condition(&cx, "last", "before", "2026-11-23").await, ["Ann", "Émile"]);
        assert_eq!(condition(&cx, "last", "before", "2026-11-22").await, [""; 0]);
        assert_eq!(condition(&cx, "last", "is", "never").await.len(), 4);
        assert_eq!(condition(&cx, "last", "not", "never").await, ["Ann", "Émile"]);
    });
}

#[test]
fn conditions_are_joined_by_and_or_by_or() {
    on_each_database(|portal| async move {
        let cx = people(&portal).await;
        let [acme, standard] = [("where", "company.contains.acme"), ("where", "groups.is.standard")];
        assert_eq!(shown(&cx, &[acme, standard]).await, ["Ann"]);
        assert_eq!(shown(&cx, &[acme, standard, ("match", "any")]).await, ["Ann", "Émile", "Zoe"]);
        let narrowed = [acme, standard, ("match", "any"), ("is", "never-connected")];
        assert_eq!(shown(&cx, &narrowed).await, ["Zoe"], "ready-made filters narrow all of it");
    });
}

#[test]
fn the_search_finds_login_name_and_company() {
    on_each_database(|portal| async move {
        let cx = people(&portal).await;
        assert_eq!(shown(&cx, &[("q", "ann")]).await, ["Ann"]);
        assert_eq!(shown(&cx, &[("q", "ZETA")]).await, ["Zoe"]);
        assert_eq!(shown(&cx, &[("q", "émile acme")]).await, ["Émile"]);
        assert_eq!(shown(&cx, &[("q", "acme zoe")]).await, [""; 0]);
        assert_eq!(shown(&cx, &[("q", "_")]).await, ["Contact managers"], "an underscore is an underscore");
    });
}

#[test]
fn a_row_says_what_somebody_is_and_sees() {
    on_each_database(|portal| async move {
        let cx = people(&portal).await;
        let filter = UserFilter { search: "émile".into(), ..UserFilter::default() };
        let row = users::list_users(&cx, &filter).await.expect("a page").items.remove(0);
        assert_eq!((row.login.as_str(), row.kind), ("emile@acme.example", UserKind::Portal));
        assert_eq!((row.groups, row.companies), (vec!["Accounting".to_owned()], vec!["Acme Ltd".to_owned()]));
        assert_eq!((row.status, row.two_factor), (UserStatus::Active, false));
        assert_eq!(row.last_authenticated, Some(portal.clock.now()));
    });
}

#[test]
fn pages_turn_both_ways_and_a_page_is_four_statements() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        for number in 0..120 {
            let person = portal.person(acme, &format!("Person {number:03}"), "").await;
            portal.change(person, &format!("p{number:03}@acme.example"), RowChange::Grant).await;
        }
        let cx = portal.staff(StaffRole::Administrator).await;
        let mut filter = UserFilter { quick: vec![QuickFilter::Portal], ..UserFilter::default() };
        let mut pages: Vec<Vec<UserId>> = Vec::new();
        loop {
            let page = users::list_users(&cx, &filter).await.expect("a page");
            pages.push(page.items.iter().map(|row| row.id).collect());
            assert_eq!(page.previous.is_some(), pages.len() > 1);
            let Some(next) = page.next else { break };
            filter.page.after = Some(next);
        }
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 20]);
        let last = users::list_users(&cx, &filter).await.expect("a page");
        filter.page = domain::PageRequest { after: None, before: last.previous };
        let before = users::list_users(&cx, &filter).await.expect("a page");
        assert_eq!(before.items.iter().map(|row| row.id).collect::<Vec<_>>(), pages[1]);

        let query = [("where", "groups.contains.portal"), ("q", "acme")];
        let filter = UserFilter::parse(query.into_iter()).filter;
        let (page, statements) = portal.statements_of(users::list_users(&cx, &filter)).await;
        assert_eq!(page.expect("a page").items.len(), 50);
        assert!(statements <= 4, "{statements}");
        let id = id_of(&portal, "p000@acme.example").await;
        let (page, statements) = portal.statements_of(users::get_user(&cx, id)).await;
        assert_eq!(page.expect("a page").memberships.len(), 1);
        assert!(statements <= 4, "{statements}");
    });
}
