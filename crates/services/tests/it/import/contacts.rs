use domain::{
    access::{PortalState, RowChange, RowOutcome},
    contacts::ContactForm,
    ids::ContactId,
};
use entities::contact;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use services::contacts as contact_services;

use super::{contact as find, edited, export, file, import, said, totals};
use crate::support::{Portal, on_each_database};

const HEADER: &str = "id,name,is_company,parent_id/id,email";

async fn entity_of(portal: &Portal, external_id: &str) -> String {
    let own = find(portal, external_id).await;
    let entity = contact::Entity::find_by_id(own.entity_id).one(portal.portico.db.pool()).await;
    entity.expect("reads").expect("an entity").external_id.expect("an id")
}

#[test]
fn companies_parents_and_commercial_entities_are_as_in_the_export() {
    on_each_database(|portal| async move {
        import(&portal, export()).await;
        let all = contact::Entity::find().all(portal.portico.db.pool()).await.expect("contacts");
        assert_eq!(all.len(), 123);
        assert_eq!(all.iter().filter(|contact| contact.kind == "company").count(), 15);
        assert_eq!(all.iter().filter(|contact| contact.parent_id.is_some()).count(), 82);
        for contact in &all {
            // In this export everybody hangs under a company at once, or under nothing.
            assert_eq!(contact.entity_id, contact.parent_id.unwrap_or(contact.id), "{}", contact.name);
        }
        let wood = find(&portal, "base.res_partner_1").await;
        assert_eq!(wood.tags, "Vendor / Desk Manufacturers,Vendor / Office Supplies");
        assert_eq!((wood.state_code.as_str(), wood.country_code.as_str()), ("CA", "US"));
        assert_eq!((wood.lang.as_str(), wood.zip.as_str()), ("English (US)", "95380"));
        let bad = find(&portal, "__export__.res_partner_123_5bd003b4").await;
        assert_eq!((bad.email.as_str(), bad.email_key.as_deref()), ("not-an-email", Some("not-an-email")));
        let query = contact::Entity::find().filter(contact::Column::EmailKey.eq("sally@small.example"));
        assert_eq!(query.all(portal.portico.db.pool()).await.expect("contacts").len(), 2);
    });
}

#[test]
fn parents_may_come_after_their_children() {
    on_each_database(|portal| async move {
        let files = [file(
            "contacts.csv",
            &[
                HEADER,
                "p2,Deputy,,p1,d@x.example",
                "p1,Person,,c2,p@x.example",
                "c2,Branch,True,c1,",
                "c1,Head,True,,",
            ],
        )];
        import(&portal, files.to_vec()).await;
        for (contact, entity) in [("p2", "c2"), ("p1", "c2"), ("c2", "c2"), ("c1", "c1")] {
            assert_eq!(entity_of(&portal, contact).await, entity, "{contact}");
        }
        // A parent that is here already, from an earlier import.
        let report = import(&portal, vec![file("contacts.csv", &[HEADER, "p3,New,,p2,n@x.example"])]).await;
        assert_eq!(totals(&report), [1, 0, 0, 0]);
        assert_eq!(entity_of(&portal, "p3").await, "c2");
    });
}

#[test]
fn a_loop_and_an_unknown_parent_cost_only_their_own_rows() {
    on_each_database(|portal| async move {
        let lines = [
            HEADER,
            "a,A,True,b,a@x.example",
            "b,B,True,a,b@x.example",
            "s,Self,True,s,s@x.example",
            "o,Orphan,,nobody,o@x.example",
            "u,Under orphan,,o,u@x.example",
            "g,Good,True,,g@x.example",
        ];
        let report = import(&portal, vec![file("contacts.csv", &lines)]).await;
        assert_eq!(totals(&report), [1, 0, 0, 5]);
        assert_eq!(
            said(&report.notes),
            [
                "contacts.csv:2 parent_id/id: “b” leads back to this contact: a loop of parents",
                "contacts.csv:3 parent_id/id: “a” leads back to this contact: a loop of parents",
                "contacts.csv:4 parent_id/id: “s” leads back to this contact: a loop of parents",
                "contacts.csv:5 parent_id/id: “nobody” is no contact that is known",
                "contacts.csv:6 parent_id/id: “o” is no contact that is known",
            ]
        );
    });
}

#[test]
fn a_file_cannot_close_a_loop_with_what_is_here() {
    on_each_database(|portal| async move {
        import(&portal, vec![file("contacts.csv", &[HEADER, "a,A,True,,", "b,B,True,a,"])]).await;
        let report = import(&portal, vec![file("contacts.csv", &[HEADER, "a,A,True,b,"])]).await;
        assert_eq!(totals(&report), [0, 0, 0, 1]);
        assert_eq!(find(&portal, "a").await.parent_id, None);
    });
}

#[test]
fn what_staff_changed_stays_until_the_file_changes() {
    on_each_database(|portal| async move {
        import(&portal, export()).await;
        let ann = find(&portal, "__export__.res_partner_121_2b92601c").await;
        let id = ContactId(ann.id);
        let page = contact_services::get_contact(&portal.system(), id).await.expect("the contact");
        let form = ContactForm { phone: "555 1234".into(), ..page.form };
        contact_services::save_contact(&portal.system(), Some(id), &form).await.expect("saves");

        let report = import(&portal, export()).await;
        assert_eq!(totals(&report), [0, 0, 959, 0]);
        let kept = find(&portal, "__export__.res_partner_121_2b92601c").await;
        assert_eq!((kept.phone.as_str(), kept.version), ("555 1234", 2));

        let report =
            import(&portal, edited("contacts.csv", "ann@acme.example", "ann.good@acme.example")).await;
        assert_eq!(totals(&report), [0, 1, 958, 0]);
        let changed = find(&portal, "__export__.res_partner_121_2b92601c").await;
        assert_eq!((changed.email.as_str(), changed.version), ("ann.good@acme.example", 3));
        assert!(changed.search.contains("ann.good@acme.example"));
        assert_eq!((changed.entity_id, changed.created_at), (ann.entity_id, ann.created_at));
    });
}

#[test]
fn a_file_with_fewer_columns_leaves_the_others_alone() {
    on_each_database(|portal| async move {
        import(&portal, export()).await;
        let lines = ["name,id", "Wood Corner,base.res_partner_1", "Acme & Co,base.res_partner_2"];
        let report = import(&portal, vec![file("contacts.csv", &lines)]).await;
        assert_eq!(totals(&report), [0, 1, 1, 0]);
        let acme = find(&portal, "base.res_partner_2").await;
        assert_eq!((acme.name.as_str(), acme.kind.as_str()), ("Acme & Co", "company"));
        assert_eq!((acme.city.as_str(), acme.email.as_str()), ("Pleasant Hill", "info@agrolait.com"));
    });
}

async fn state_of(portal: &Portal, contact: ContactId) -> PortalState {
    contact_services::get_contact(&portal.system(), contact).await.expect("the contact").state
}

#[test]
fn whoever_moves_to_another_company_loses_access_and_those_below_too() {
    on_each_database(|portal| async move {
        let before =
            [HEADER, "c1,One,True,,", "c2,Two,True,,", "p,Boss,,c1,p@x.example", "q,Aide,,p,q@x.example"];
        import(&portal, vec![file("contacts.csv", &before)]).await;
        let (boss, aide) = (find(&portal, "p").await, find(&portal, "q").await);
        for contact in [&boss, &aide] {
            let outcome = portal.change(ContactId(contact.id), &contact.email, RowChange::Grant).await;
            assert!(matches!(outcome, RowOutcome::Done { .. }), "{outcome:?}");
        }
        // A change that is no move takes nothing away.
        import(&portal, vec![file("contacts.csv", &[HEADER, "p,The Boss,,c1,p@x.example"])]).await;
        assert_eq!(state_of(&portal, ContactId(boss.id)).await, PortalState::Invited);

        let report =
            import(&portal, vec![file("contacts.csv", &[HEADER, "p,The Boss,,c2,p@x.example"])]).await;
        assert_eq!(totals(&report), [0, 1, 0, 0]);
        for (contact, external_id) in [(boss, "p"), (aide, "q")] {
            assert_eq!(entity_of(&portal, external_id).await, "c2");
            assert_eq!(state_of(&portal, ContactId(contact.id)).await, PortalState::None);
        }
    });
}

#[test]
fn a_company_that_turns_person_leaves_its_people_to_themselves() {
    on_each_database(|portal| async move {
        import(&portal, vec![file("contacts.csv", &[HEADER, "c,One,True,,", "p,Ann,,c,p@x.example"])]).await;
        assert_eq!(entity_of(&portal, "p").await, "c");
        import(&portal, vec![file("contacts.csv", &[HEADER, "c,One,False,,"])]).await;
        assert_eq!(entity_of(&portal, "p").await, "p");
        import(&portal, vec![file("contacts.csv", &[HEADER, "c,One,True,,"])]).await;
        assert_eq!(entity_of(&portal, "p").await, "c");
    });
}
