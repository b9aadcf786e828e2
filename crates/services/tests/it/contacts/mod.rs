use domain::{
    PageRequest,
    access::{PortalState, RowChange, RowOutcome, StaffRole},
    contacts::{ContactFilter, ContactForm, ContactKind},
};
use services::{ServiceError, contacts, users};

use crate::support::{Portal, on_each_database};

async fn names(portal: &Portal, filter: ContactFilter) -> Vec<String> {
    let page = contacts::list_contacts(&portal.system(), &filter).await.expect("lists");
    page.items.into_iter().map(|row| row.name).collect()
}

fn search(text: &str) -> ContactFilter {
    ContactFilter { search: text.into(), ..ContactFilter::default() }
}

/// SQLite's index knows what changed, and where it finds too many, the list is read along instead.
#[test]
fn search_follows_changes_and_finds_the_rare_among_the_common() {
    on_each_database(|portal| async move {
        let rows: String = (0..2_050).map(|number| format!("c{number},Common {number:04}\n")).collect();
        portal.import(&[("contacts.csv", format!("id,name\n{rows}odd,Pêche Ñandú\n"))]).await;
        assert_eq!(names(&portal, search("2049 common")).await, ["Common 2049"]);
        let common = names(&portal, search("mmo")).await;
        assert_eq!(common.first().map(String::as_str), Some("Common 0000"));
        assert!(common.len() > 10 && names(&portal, search("mmo such")).await.is_empty());
        assert_eq!(names(&portal, search("ñand")).await, ["Pêche Ñandú"]);
        assert_eq!(
            names(&portal, search("ñan\0dú")).await,
            ["Pêche Ñandú"],
            "what no text has is not looked for"
        );
        portal.import(&[("contacts.csv", "id,name\nodd,Rare Bird\n".to_owned())]).await;
        assert!(names(&portal, search("ñand")).await.is_empty());
        assert_eq!(names(&portal, search("rare bird")).await, ["Rare Bird"]);
    });
}

#[test]
fn search_looks_at_name_email_reference_city_and_phone() {
    on_each_database(|portal| async move {
        let form = ContactForm {
            name: "Zoë Ågren".into(),
            kind: "person".into(),
            email: "zoe@100%_acme.example".into(),
            reference: "REF-77".into(),
            city: "Malmö".into(),
            phone: "+46 (0)40-123 45".into(),
            ..ContactForm::default()
        };
        portal.contact(form).await;
        portal.company("Other").await;
        for text in
            ["zoë", "ÅGREN", "acme.example", "ref-77", "malmö", "4604012345", "123 45", "zoë malmö", "100%_"]
        {
            assert_eq!(names(&portal, search(text)).await, ["Zoë Ågren"], "{text} on {}", portal.database);
        }
        for text in ["%", "_", "zoë oslo", "\\"] {
            let found = names(&portal, search(text)).await;
            let is_literal = matches!(text, "%" | "_");
            assert_eq!(found.len(), usize::from(is_literal), "{text}");
        }
    });
}

#[test]
fn filters_join() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.person(acme, "Bob", "bob@acme.example").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let only = |change: fn(&mut ContactFilter)| {
            let mut filter = ContactFilter::default();
            change(&mut filter);
            filter
        };
        assert_eq!(names(&portal, only(|f| f.kind = Some(ContactKind::Company))).await, ["Acme"]);
        assert_eq!(names(&portal, only(|f| f.state = Some(PortalState::Invited))).await, ["Ann"]);
        assert_eq!(names(&portal, only(|f| f.state = Some(PortalState::None))).await, ["Acme", "Bob"]);
        assert_eq!(names(&portal, only(|f| f.state = Some(PortalState::Active))).await, [""; 0]);
        let system = portal.system();
        let (user, _) = portal.member(ann).await;
        users::disable_user(&system, user).await.expect("disables");
        assert_eq!(names(&portal, only(|f| f.state = Some(PortalState::Disabled))).await, ["Ann"]);
        assert_eq!(names(&portal, only(|f| f.state = Some(PortalState::Invited))).await, [""; 0]);
        let page = contacts::get_contact(&system, ann).await.expect("a page");
        assert_eq!(page.state, PortalState::Disabled, "and says so");
        let again = portal.change(ann, "ann@acme.example", RowChange::Reinvite).await;
        assert!(
            matches!(&again, RowOutcome::Refused { reason, .. } if reason.contains("disabled")),
            "{again:?}"
        );
        users::enable_user(&system, user).await.expect("enables");
        let both =
            ContactFilter { kind: Some(ContactKind::Person), state: Some(PortalState::None), ..search("b") };
        assert_eq!(names(&portal, both).await, ["Bob"]);
        contacts::archive_contact(&portal.system(), ann, true).await.expect("archives");
        assert_eq!(names(&portal, only(|f| f.archived = true)).await, ["Ann"]);
    });
}

#[test]
fn names_sort_without_case_and_pages_hold_each_once() {
    on_each_database(|portal| async move {
        for n in 0..120 {
            let name = if n % 2 == 0 { format!("name {n:03}") } else { format!("Name {n:03}") };
            portal.company(&name).await;
        }
        let mut all = Vec::new();
        let mut page = PageRequest::default();
        loop {
            let filter = ContactFilter { page, ..ContactFilter::default() };
            let found = contacts::list_contacts(&portal.system(), &filter).await.expect("lists");
            all.extend(found.items.into_iter().map(|row| row.name.to_lowercase()));
            match found.next {
                Some(after) => page = PageRequest { after: Some(after), before: None },
                None => break,
            }
        }
        assert_eq!(all.len(), 120);
        assert!(all.is_sorted());
    });
}

#[test]
fn a_stale_save_is_refused_and_changes_nothing() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let cx = portal.system();
        let first = contacts::get_contact(&cx, acme).await.expect("the contact").form;
        let mine = ContactForm { city: "Boston".into(), ..first.clone() };
        contacts::save_contact(&cx, Some(acme), &mine).await.expect("saves");
        let late = ContactForm { city: "Salem".into(), ..first };
        let refused = contacts::save_contact(&cx, Some(acme), &late).await;
        assert!(matches!(refused, Err(ServiceError::Stale)));
        assert_eq!(contacts::get_contact(&cx, acme).await.expect("the contact").form.city, "Boston");
    });
}

#[test]
fn a_company_cannot_hang_under_itself() {
    on_each_database(|portal| async move {
        let top = portal.company("Top").await;
        let below = portal
            .contact(ContactForm {
                name: "Below".into(),
                kind: "company".into(),
                parent: top.to_string(),
                ..ContactForm::default()
            })
            .await;
        let mut form = contacts::get_contact(&portal.system(), top).await.expect("the contact").form;
        form.parent = below.to_string();
        let refused = contacts::save_contact(&portal.system(), Some(top), &form).await;
        assert!(matches!(refused, Err(ServiceError::Invalid(errors)) if errors.get("parent").is_some()));
    });
}

#[test]
fn staff_read_and_managers_write() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let customer = portal.customer(ann, "ann@acme.example").await;
        let staff = portal.staff(StaffRole::Staff).await;
        let form = contacts::get_contact(&staff, acme).await.expect("staff read").form;
        for cx in [&customer, &staff] {
            assert!(matches!(
                contacts::save_contact(cx, Some(acme), &form).await,
                Err(ServiceError::NotFound)
            ));
            assert!(matches!(contacts::archive_contact(cx, acme, true).await, Err(ServiceError::NotFound)));
            assert!(matches!(contacts::list_companies(cx).await, Err(ServiceError::NotFound)));
        }
        assert!(matches!(contacts::get_contact(&customer, acme).await, Err(ServiceError::NotFound)));
        let anonymous = portal.anonymous();
        let filter = ContactFilter::default();
        assert!(matches!(
            contacts::list_contacts(&anonymous, &filter).await,
            Err(ServiceError::Unauthenticated)
        ));
    });
}

#[test]
fn people_below_a_person_move_along() {
    on_each_database(|portal| async move {
        let contacts = "id,name,is_company,parent_id/id,email\n\
            acme,Acme,True,,\nzeta,Zeta,True,,\nann,Ann,,acme,\nassistant,Bea,,ann,bea@acme.example\n";
        portal.import(&[("contacts.csv", contacts.to_owned())]).await;
        let (ann, zeta, bea) =
            (portal.imported("ann").await, portal.imported("zeta").await, portal.imported("assistant").await);
        portal.customer(bea, "bea@acme.example").await;
        let cx = portal.system();
        let mut form = contacts::get_contact(&cx, ann).await.expect("the contact").form;
        form.parent = zeta.to_string();
        contacts::save_contact(&cx, Some(ann), &form).await.expect("saves");
        let page = contacts::get_contact(&cx, bea).await.expect("the contact");
        assert_eq!(page.state, PortalState::None, "what was Acme's is not Zeta's");
        let bea = portal.customer(bea, "bea@acme.example").await;
        let Some(domain::users::Side::Portal { company, .. }) = bea.actor().me().map(|me| me.side) else {
            panic!("not in the portal")
        };
        assert_eq!(company, "Zeta");
    });
}
