use domain::{
    PageRequest,
    access::{RowChange, StaffRole},
    audit::{ActionGroup, AuditFilter, Change},
    contacts::ContactForm,
};
use services::{
    Cx, ServiceError,
    audit::{begin_export, export_events, list_events},
    auth, contacts,
};
use time::{Duration, macros::date};
use uuid::Uuid;

use super::{all, read, whats};
use crate::support::{PASSWORD, Portal, on_each_database};

async fn csv_of(cx: &Cx, filter: &AuditFilter) -> Vec<Vec<String>> {
    let mut export = Some(begin_export(cx, filter).expect("begins"));
    let mut bytes = Vec::new();
    while let Some(running) = export.take() {
        if let Some((part, rest)) = export_events(cx, running).await.expect("exports") {
            bytes.extend(part);
            export = Some(rest);
        }
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// A company with somebody in the portal, an administrator who signed in, and an archived other company.
async fn eventful(portal: &Portal) -> (Uuid, Cx) {
    let acme = portal.company("Acme").await;
    let ann = portal.person(acme, "Ann", "ann@acme.example").await;
    let customer = portal.customer(ann, "ann@acme.example").await;
    let boss = auth::create_administrator(&portal.system(), "boss@business.example", PASSWORD).await;
    boss.expect("an administrator");
    for login in ["ann@acme.example", "boss@business.example"] {
        auth::sign_in(&portal.anonymous(), login, PASSWORD).await.expect("signs in");
    }
    portal.clock.advance(Duration::days(2));
    let zeta = portal.company("Zeta").await;
    contacts::archive_contact(&portal.system(), zeta, true).await.expect("archives");
    (ann.into(), customer)
}

#[test]
fn administrators_read_all_contact_managers_what_is_about_customers_and_others_nothing() {
    on_each_database(|portal| async move {
        let (_, customer) = eventful(&portal).await;
        let administrator = portal.staff(StaffRole::Administrator).await;
        let everything = all(&administrator).await;
        let expected = [
            "Contact archived",
            "Contact created",
            "Logged in",
            "Logged in",
            "Administrator created",
            "Invitation accepted",
            "Portal access granted",
            "Contact created",
            "Contact created",
        ];
        assert_eq!(whats(&everything), expected);
        let manager = portal.staff(StaffRole::ContactManager).await;
        let part = all(&manager).await;
        assert_eq!(part.len(), everything.len() - 2, "{:?}", whats(&part));
        assert!(part.iter().all(|event| event.subject != "boss@business.example"), "{part:?}");
        assert!(
            part.iter().any(|event| event.what == "Logged in" && event.company.as_deref() == Some("Acme"))
        );
        let filter = AuditFilter::default();
        for cx in [portal.staff(StaffRole::Staff).await, customer] {
            assert!(matches!(list_events(&cx, &filter).await, Err(ServiceError::NotFound)));
            assert!(matches!(begin_export(&cx, &filter), Err(ServiceError::NotFound)));
        }
        let nobody = portal.anonymous();
        assert!(matches!(list_events(&nobody, &filter).await, Err(ServiceError::Unauthenticated)));
        assert!(matches!(begin_export(&nobody, &filter), Err(ServiceError::Unauthenticated)));
        let exported = csv_of(&manager, &filter).await;
        assert_eq!(exported.len(), part.len() + 1);
    });
}

#[test]
fn each_filter_leaves_what_it_says() {
    on_each_database(|portal| async move {
        let (ann, _) = eventful(&portal).await;
        let cx = portal.staff(StaffRole::Administrator).await;
        let by = |filter: AuditFilter| read(&cx, filter);
        let none = AuditFilter::default;
        let by_ann = by(AuditFilter { who: "ANN".into(), ..none() }).await;
        assert_eq!(whats(&by_ann), ["Logged in", "Invitation accepted"]);
        let by_login = by(AuditFilter { who: "ann@acme".into(), ..none() }).await;
        assert_eq!(by_login, by_ann, "the login works too");
        let access = by(AuditFilter { what: Some(ActionGroup::Access), ..none() }).await;
        assert_eq!(whats(&access), ["Invitation accepted", "Portal access granted"]);
        let users = by(AuditFilter { what: Some(ActionGroup::Users), ..none() }).await;
        assert_eq!(whats(&users), ["Administrator created"]);
        assert!(by(AuditFilter { what: Some(ActionGroup::Other), ..none() }).await.is_empty());
        let acme = by(AuditFilter { whom: "acme".into(), ..none() }).await;
        assert_eq!(acme.len(), 5, "{acme:?}");
        let wild = by(AuditFilter { whom: "%".into(), ..none() }).await;
        assert!(wild.is_empty(), "signs that search for anything are signs: {wild:?}");
        let about = by(AuditFilter { about: Some(ann), ..none() }).await;
        assert_eq!(whats(&about), ["Invitation accepted", "Portal access granted", "Contact created"]);
        let day = date!(2026 - 11 - 24);
        let since = by(AuditFilter { from: Some(day), ..none() }).await;
        assert_eq!(whats(&since), ["Contact archived", "Contact created"]);
        let before = by(AuditFilter { until: day.previous_day(), ..none() }).await;
        assert_eq!(before.len(), 7);
        let on_the_day = by(AuditFilter { from: Some(day), until: Some(day), ..none() }).await;
        assert_eq!(on_the_day, since);
        let never =
            by(AuditFilter { from: Some(time::Date::MAX), until: Some(time::Date::MAX), ..none() }).await;
        assert!(never.is_empty());
    });
}

#[test]
fn a_change_tells_what_was_and_what_is() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let zeta = portal.company("Zeta").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let form = ContactForm {
            name: "Ann".into(),
            kind: "person".into(),
            parent: zeta.to_string(),
            email: "ann@zeta.example".into(),
            version: 1,
            ..ContactForm::default()
        };
        contacts::save_contact(&portal.system(), Some(ann), &form).await.expect("saves");
        let newest = all(&portal.system()).await.remove(0);
        let change = |label: &str, before: &str, after: &str| Change {
            label: label.into(),
            before: Some(before.into()),
            after: after.into(),
        };
        let mut changes = newest.changes;
        changes.sort_by(|a, b| a.label.cmp(&b.label));
        let expected =
            [change("Company", "Acme", "Zeta"), change("Email", "ann@acme.example", "ann@zeta.example")];
        assert_eq!(changes, expected);
        assert_eq!((newest.subject.as_str(), newest.company.as_deref()), ("Ann", Some("Zeta")));
    });
}

#[test]
fn pages_are_by_key_newest_first_and_cost_two_statements() {
    on_each_database(|portal| async move {
        for number in 0..120 {
            portal.company(&format!("Company {number}")).await;
        }
        let cx = portal.staff(StaffRole::Administrator).await;
        let (first, statements) = portal.statements_of(list_events(&cx, &AuditFilter::default())).await;
        assert!(statements <= 2, "{statements}");
        let first = first.expect("lists");
        assert_eq!((first.items.len(), first.items[0].subject.as_str()), (50, "Company 119"));
        let page =
            |after, before| AuditFilter { page: PageRequest { after, before }, ..AuditFilter::default() };
        let second = list_events(&cx, &page(first.next.clone(), None)).await.expect("lists");
        assert_eq!(second.items[0].subject, "Company 69");
        let third = list_events(&cx, &page(second.next, None)).await.expect("lists");
        assert_eq!((third.items.len(), third.next), (20, None));
        let back = list_events(&cx, &page(None, second.previous)).await.expect("lists");
        assert_eq!(back, first);
    });
}

#[test]
fn the_export_is_whole_and_no_cell_is_a_formula() {
    on_each_database(|portal| async move {
        for number in 0..1_003 {
            portal.company(&format!("=HYPERLINK({number}), \"quoted\"")).await;
        }
        let cx = portal.staff(StaffRole::Administrator).await;
        let rows = csv_of(&cx, &AuditFilter::default()).await;
        assert_eq!(rows.len(), 1_004, "titles, and more than one part");
        assert_eq!(rows[0][..3], ["When", "What", "Action"]);
        assert_eq!(rows[1][3], "'=HYPERLINK(1002), \"quoted\"");
        assert_eq!(rows[1_003][3], "'=HYPERLINK(0), \"quoted\"");
        assert_eq!(rows[1][2], "contact.created");
        assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])));
        let none = csv_of(&cx, &AuditFilter { whom: "nobody".into(), ..AuditFilter::default() }).await;
        assert_eq!(none.len(), 1);
    });
}

#[test]
fn a_revocation_is_told_with_its_login() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        portal.change(ann, "", RowChange::Revoke).await;
        let newest = all(&portal.system()).await.remove(0);
        assert_eq!(newest.what, "Portal access revoked");
        let login = Change { label: "Login".into(), before: None, after: "ann@acme.example".into() };
        assert_eq!(newest.changes, [login]);
        assert_eq!(newest.address, "");
    });
}
