//! Why somebody may see something: the gate's own answer, for everybody and everything.

use domain::{
    access::{AccessExplained, AccessQuestion, RowChange, StaffRole},
    contacts::ContactForm,
    documents::DocumentKind,
    ids::{ContactId, DocumentId, MembershipId, UserId},
};
use entities::{document, group, membership, user};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use services::{Cx, ServiceError, access, documents, links};
use uuid::Uuid;

use crate::support::{Portal, on_each_database};

async fn write(
    portal: &Portal,
    kind: DocumentKind,
    of: (ContactId, ContactId),
    number: &str,
    visible: bool,
) -> Uuid {
    let id = Uuid::now_v7();
    let now = portal.clock.now();
    let details = if kind == DocumentKind::Invoice {
        serde_json::json!({ "invoice": { "direction": "Receivable", "is_credit": false,
            "payment_state": "Not Paid", "reference": "", "origin": "" } })
    } else {
        serde_json::json!({ "ticket": {} })
    };
    let row = document::ActiveModel {
        id: Set(id),
        kind: Set(kind.code().into()),
        number: Set(number.into()),
        title: Set(format!("Title of {number}")),
        state: Set("posted".into()),
        contact_id: Set(Some(of.0.into())),
        entity_id: Set(Some(of.1.into())),
        parent_id: Set(None),
        dated_on: Set(None),
        due_on: Set(None),
        sorted_on: Set(now.to_utc().date()),
        currency: Set(Some("USD".into())),
        untaxed: Set(Some(100)),
        tax: Set(Some(0)),
        total: Set(Some(100)),
        residual: Set(Some(100)),
        paid_here: Set(0),
        attention: Set(None),
        published_at: Set(visible.then(|| now.millis())),
        is_visible: Set(visible),
        details: Set(details),
        bill_to: Set(serde_json::json!({})),
        external_id: Set(None),
        fingerprint: Set(None),
        first_viewed_at: Set(None),
        first_viewed_by: Set(None),
        version: Set(1),
        created_at: Set(now.millis()),
        updated_at: Set(now.millis()),
    };
    document::Entity::insert(row).exec_without_returning(portal.portico.db.pool()).await.expect("a document");
    id
}

async fn membership_of(portal: &Portal, contact: ContactId) -> membership::Model {
    membership::Entity::find()
        .filter(membership::Column::ContactId.eq(Uuid::from(contact)))
        .one(portal.portico.db.pool())
        .await
        .expect("looks")
        .expect("a membership")
}

fn ask(who: impl ToString, what: &str, document: impl ToString) -> AccessQuestion {
    AccessQuestion { who: who.to_string(), what: what.into(), document: document.to_string() }
}

/// Verdict and chain; they must never differ.
fn allowed(page: &AccessExplained) -> bool {
    let answer = page.answer.as_ref().expect("an answer");
    let chain = answer.steps.iter().all(|step| step.holds);
    assert_eq!(answer.allowed, chain, "{answer:#?}");
    answer.allowed
}

/// A few numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("small") % sides
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of.get(self.throw(of.len())).copied().expect("one of them")
    }
}

#[test]
fn chain_verdict_and_what_the_person_finds_agree_for_everybody_and_everything() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let below = ContactForm {
            name: "Acme Below".into(),
            kind: "company".into(),
            parent: acme.to_string(),
            ..ContactForm::default()
        };
        let below = portal.contact(below).await;
        let zeta = portal.company("Zeta").await;
        let mut people = Vec::new();
        let mut owners = vec![(acme, acme), (below, below), (zeta, zeta)];
        for (company, name) in [(acme, "Ann"), (acme, "Bob"), (below, "Sam"), (zeta, "Zoe")] {
            let email = format!("{}@example.com", name.to_lowercase());
            let person = portal.person(company, name, &email).await;
            portal.customer(person, &email).await;
            people.push((person, membership_of(&portal, person).await));
            owners.push((person, company));
        }
        let mut papers = Vec::new();
        for (index, owner) in owners.iter().enumerate() {
            for visible in [true, false] {
                let number = format!("INV/{index}/{visible}");
                papers.push(write(&portal, DocumentKind::Invoice, *owner, &number, visible).await);
            }
        }
        let groups = group::Entity::find().all(portal.portico.db.pool()).await.expect("groups");
        let groups: Vec<Uuid> = groups.iter().map(|group| group.id).collect();
        let manager = portal.staff(StaffRole::ContactManager).await;
        let now = portal.clock.now().millis();
        let mut dice = Dice(7);
        let (mut yes, mut no) = (0, 0);
        for _ in 0..60 {
            let (person, row) = dice.pick(&people.iter().map(|(id, row)| (*id, row)).collect::<Vec<_>>());
            let states = ["active", "active", "active", "active", "pending", "ended"];
            let statuses = ["active", "active", "active", "active", "invited", "disabled"];
            let from = dice.pick(&[None, None, None, None, None, Some(now - 1), Some(now), Some(now + 1)]);
            let until = dice.pick(&[None, None, None, None, None, Some(now - 1), Some(now), Some(now + 1)]);
            membership::Entity::update_many()
                .col_expr(membership::Column::State, Expr::value(dice.pick(&states)))
                .col_expr(membership::Column::GroupId, Expr::value(dice.pick(&groups)))
                .col_expr(membership::Column::ValidFrom, Expr::value(from))
                .col_expr(membership::Column::ValidUntil, Expr::value(until))
                .filter(membership::Column::Id.eq(row.id))
                .exec(portal.portico.db.pool())
                .await
                .expect("changes");
            user::Entity::update_many()
                .col_expr(user::Column::Status, Expr::value(dice.pick(&statuses)))
                .filter(user::Column::Id.eq(row.user_id))
                .exec(portal.portico.db.pool())
                .await
                .expect("changes");
            let session = portal.signed_in(UserId(row.user_id), Some(MembershipId(row.id))).await;
            for paper in &papers {
                let page = access::explain_access(&manager, person, ask(row.id, "invoice", paper)).await;
                let told = allowed(&page.expect("explains"));
                let found = match &session {
                    Some(view) => {
                        let id = DocumentId(*paper);
                        documents::get_document(&view.cx, DocumentKind::Invoice, id).await.is_ok()
                    }
                    None => false,
                };
                assert_eq!(told, found);
                if told { yes += 1 } else { no += 1 }
            }
        }
        assert!(yes > 40 && no > 200, "both happen: {yes} and {no}");
    });
}

#[test]
fn answers_why_the_portal_of_a_customer_without_portal_users_is_nearly_empty() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let manager = portal.staff(StaffRole::ContactManager).await;
        let page = access::explain_access(&manager, acme, AccessQuestion::default()).await.expect("explains");
        assert!(page.note.as_deref().is_some_and(|note| note.contains("no portal users")));
        assert!(page.answer.is_none() && page.people.len() == 1);
        let page =
            access::explain_access(&manager, acme, ask("", "documentation", "")).await.expect("explains");
        assert!(!allowed(&page));
        let last = page.answer.expect("an answer").steps.pop().expect("a step");
        assert!(last.text.contains("Non-portal users does not allow it"), "{}", last.text);
        assert!(last.text.contains("staff included"), "{}", last.text);
        let page =
            access::explain_access(&manager, acme, ask("visitor", "invoice", "")).await.expect("explains");
        assert!(allowed(&page));
        links::switch_secure_link(&manager, acme, false).await.expect("off");
        let page =
            access::explain_access(&manager, acme, ask("visitor", "invoice", "")).await.expect("explains");
        assert!(!allowed(&page));
        links::switch_secure_link(&manager, acme, true).await.expect("on");
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let page =
            access::explain_access(&manager, acme, ask("visitor", "invoice", "")).await.expect("explains");
        assert!(!allowed(&page) && page.note.is_none());
    });
}

#[test]
fn a_document_is_found_by_number_title_or_key_and_several_are_offered() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let manager = portal.staff(StaffRole::ContactManager).await;
        for number in ["INV/1", "INV/10", "INV/11%"] {
            write(&portal, DocumentKind::Invoice, (acme, acme), number, true).await;
        }
        let explain = async |document: &str| {
            access::explain_access(&manager, acme, ask("", "invoice", document)).await.expect("explains")
        };
        assert!(explain("inv/1").await.answer.is_some(), "the whole number beats longer ones");
        assert_eq!(explain("title of").await.candidates.len(), 3);
        assert!(explain("11%").await.answer.is_some(), "a percent sign is a percent sign");
        assert!(explain("%").await.answer.is_some());
        assert!(explain("nothing").await.problem.is_some());
        let wrong = access::explain_access(&manager, acme, ask("", "secrets", "")).await;
        assert!(matches!(wrong, Err(ServiceError::NotFound)));
    });
}

#[test]
fn company_admins_ask_about_their_own_people_and_documents_only() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let zeta = portal.company("Zeta").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let bob = portal.person(acme, "Bob", "bob@acme.example").await;
        let zoe = portal.person(zeta, "Zoe", "zoe@zeta.example").await;
        for (person, email) in
            [(ann, "ann@acme.example"), (bob, "bob@acme.example"), (zoe, "zoe@zeta.example")]
        {
            portal.customer(person, email).await;
        }
        let limited = portal.regroup(bob, "limited").await;
        let admin: Cx = portal.regroup(ann, "company_admin").await;
        let (bobs, zoes) = (membership_of(&portal, bob).await.id, membership_of(&portal, zoe).await.id);
        let own = write(&portal, DocumentKind::Invoice, (ann, acme), "INV/ANN", true).await;
        let hidden = write(&portal, DocumentKind::Invoice, (ann, acme), "INV/DRAFT", false).await;
        let foreign = write(&portal, DocumentKind::Invoice, (zoe, zeta), "INV/ZOE", true).await;

        let page = access::explain_member_access(&admin, ask(bobs, "invoice", own)).await.expect("explains");
        assert!(!allowed(&page), "Bob sees his own only");
        let chain = page.answer.expect("an answer").steps;
        assert!(
            chain.iter().any(|step| !step.holds && step.text.contains("made out to Ann, of Acme")),
            "{chain:?}"
        );
        let mut answers = Vec::new();
        for unknown in [hidden, foreign, Uuid::now_v7()] {
            let page = access::explain_member_access(&admin, ask(bobs, "invoice", unknown)).await;
            let mut page = page.expect("a page");
            page.question.document.clear();
            answers.push(page);
        }
        assert!(answers[0].answer.is_none() && answers[0].problem.is_some());
        assert!(answers[0] == answers[1] && answers[1] == answers[2], "forbidden and missing are one answer");
        for who in [zoes, Uuid::now_v7()] {
            let page = access::explain_member_access(&admin, ask(who, "invoice", "")).await;
            assert!(matches!(page, Err(ServiceError::NotFound)));
        }
        let refused = access::explain_member_access(&limited, AccessQuestion::default()).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)));
        let staff = portal.staff(StaffRole::Staff).await;
        assert!(matches!(
            access::explain_access(&staff, acme, AccessQuestion::default()).await,
            Err(ServiceError::NotFound)
        ));
    });
}
