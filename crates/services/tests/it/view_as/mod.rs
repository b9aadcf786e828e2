//! Staff look at the portal as a customer sees it.

use domain::{
    access::{RowChange, StaffRole},
    documents::{DocumentKind, DocumentRequest},
    ids::{ContactId, MembershipId},
    users::{Side, Via},
};
use entities::{audit_event, membership, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use services::{
    Cx, ServiceError,
    auth::{self, Face, SessionView},
    documents, links, view_as,
};
use time::Duration;
use uuid::Uuid;

use crate::support::{Portal, on_each_database, origin};

async fn view(portal: &Portal, hash: &str, face: Face) -> SessionView {
    let found = auth::resolve_session(&portal.portico, hash, face, origin()).await.expect("resolves");
    found.expect("signed in")
}

async fn staff_side(portal: &Portal, hash: &str) -> Cx {
    view(portal, hash, Face::Own).await.cx
}

async fn portal_side(portal: &Portal, hash: &str) -> Cx {
    view(portal, hash, Face::Portal).await.cx
}

fn shown(cx: &Cx) -> (String, Option<Via>) {
    let me = cx.actor().me().expect("somebody");
    match me.side {
        Side::Portal { via, .. } => (me.name, Some(via)),
        Side::Staff { .. } => (me.name, None),
    }
}

async fn membership_of(portal: &Portal, contact: ContactId) -> membership::Model {
    membership::Entity::find()
        .filter(membership::Column::ContactId.eq(Uuid::from(contact)))
        .filter(membership::Column::State.ne("ended"))
        .one(portal.portico.db.pool())
        .await
        .expect("looks")
        .expect("a membership")
}

async fn events(portal: &Portal) -> Vec<audit_event::Model> {
    audit_event::Entity::find()
        .filter(audit_event::Column::Action.starts_with("view_as."))
        .order_by_asc(audit_event::Column::Id)
        .all(portal.portico.db.pool())
        .await
        .expect("events")
}

#[test]
fn shows_exactly_what_the_portal_user_sees_and_stays_staff_beside_it() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let bob = portal.person(acme, "Bob", "bob@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        portal.customer(bob, "bob@acme.example").await;
        portal.regroup(bob, "none").await;
        let hash = portal.staff_session(StaffRole::ContactManager).await;

        let staff = staff_side(&portal, &hash).await;
        view_as::begin_view(&staff, ann, "", "  Ann called  ").await.expect("begins");
        let face = portal_side(&portal, &hash).await;
        let (name, via) = shown(&face);
        let until = portal.clock.now().plus(Duration::minutes(15));
        let staff_name = StaffRole::ContactManager.label().to_owned();
        assert_eq!(name, "Ann");
        assert_eq!(via, Some(Via::ViewAs { staff: staff_name, reason: "Ann called".into(), until }));
        documents::home(&face).await.expect("reads");
        assert!(staff_side(&portal, &hash).await.actor().as_staff().is_some());

        // From the company's page there are two to choose from, and one has to be chosen.
        let offered = view_as::list_view_choices(&staff, acme).await.expect("offers");
        assert_eq!(offered.choices.len(), 2);
        let unsaid = view_as::begin_view(&staff, acme, "", "x").await;
        assert!(matches!(unsaid, Err(ServiceError::Invalid(errors)) if errors.get("choice").is_some()));
        // Another one replaces the first at once.
        let bobs = MembershipId(membership_of(&portal, bob).await.id).to_string();
        view_as::begin_view(&staff, acme, &bobs, "Bob called").await.expect("begins");
        let face = portal_side(&portal, &hash).await;
        assert_eq!(shown(&face).0, "Bob");
        let request = DocumentRequest {
            kind: DocumentKind::Invoice,
            filter: Default::default(),
            page: Default::default(),
        };
        let read = documents::list_documents(&face, &request).await;
        assert!(matches!(read, Err(ServiceError::NotFound)), "the group No access has none");

        assert_eq!(view_as::leave_view(&staff).await.expect("leaves"), Some(bob));
        assert!(portal_side(&portal, &hash).await.actor().as_staff().is_some());
        assert_eq!(view_as::leave_view(&staff).await.expect("again"), None);

        let told: Vec<(String, String, Option<Uuid>)> = events(&portal)
            .await
            .into_iter()
            .map(|event| (event.action, event.data["reason"].as_str().unwrap_or("").into(), event.entity_id))
            .collect();
        let entity = Some(Uuid::from(acme));
        let expected = [
            ("view_as.opened", "Ann called"),
            ("view_as.left", "Ann called"),
            ("view_as.opened", "Bob called"),
            ("view_as.left", "Bob called"),
        ];
        assert_eq!(told, expected.map(|(action, reason)| (action.to_owned(), reason.to_owned(), entity)));
    });
}

#[test]
fn a_customer_without_portal_users_is_viewed_as_whoever_has_its_link() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let hash = portal.staff_session(StaffRole::Administrator).await;
        let staff = staff_side(&portal, &hash).await;
        // Also from a person's page, and while the link is switched off: it is about what the group gives.
        links::switch_secure_link(&staff, acme, false).await.expect("off");
        for contact in [acme, ann] {
            view_as::begin_view(&staff, contact, "visitor", "What do they see?").await.expect("begins");
            let face = portal_side(&portal, &hash).await;
            assert_eq!(shown(&face).0, "Acme");
            assert!(!face.actor().is_visitor(), "looks only, where a visitor could act");
        }
        // With an invitation that is not accepted yet there is a portal user, and nobody to be viewed as.
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let seen = view(&portal, &hash, Face::Portal).await;
        assert!(seen.has_lost_view && seen.cx.actor().as_staff().is_some());
        let offered = view_as::list_view_choices(&staff, acme).await.expect("offers");
        assert_eq!(offered.choices.len(), 1, "an invited person can be viewed as");
        assert!(offered.choices[0].label.contains("has not signed in yet"));
        let bob = portal.person(acme, "Bob", "bob@acme.example").await;
        let offered = view_as::list_view_choices(&staff, bob).await.expect("offers");
        assert!(offered.choices.is_empty() && offered.refusal.is_some());
        let refused = view_as::begin_view(&staff, bob, "", "x").await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))));
    });
}

#[test]
fn a_reason_is_needed_and_only_the_right_people_may() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let customer = portal.customer(ann, "ann@acme.example").await;
        let hash = portal.staff_session(StaffRole::ContactManager).await;
        let staff = staff_side(&portal, &hash).await;
        for reason in ["", "  ", &"x".repeat(201), "two\nlines"] {
            let answer = view_as::begin_view(&staff, ann, "", reason).await;
            assert!(matches!(answer, Err(ServiceError::Invalid(errors)) if errors.get("reason").is_some()));
        }
        view_as::begin_view(&staff, ann, "", &"é".repeat(200)).await.expect("200 are let through");
        let viewer = portal_side(&portal, &hash).await;
        for cx in [portal.staff(StaffRole::Staff).await, customer, viewer] {
            assert!(matches!(view_as::begin_view(&cx, ann, "", "x").await, Err(ServiceError::NotFound)));
            assert!(matches!(view_as::list_view_choices(&cx, ann).await, Err(ServiceError::NotFound)));
        }
        let missing = ContactId(Uuid::now_v7());
        assert!(matches!(view_as::begin_view(&staff, missing, "", "x").await, Err(ServiceError::NotFound)));
        let zeta = portal.company("Zeta").await;
        let foreign = MembershipId(membership_of(&portal, ann).await.id).to_string();
        let answer = view_as::begin_view(&staff, zeta, &foreign, "x").await;
        assert!(matches!(answer, Err(ServiceError::Invalid(_))), "of another customer");
    });
}

#[test]
fn ends_with_the_time_the_right_the_access_and_the_login() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.customer(ann, "ann@acme.example").await;
        let hash = portal.staff_session(StaffRole::ContactManager).await;
        let begin = async || {
            let staff = staff_side(&portal, &hash).await;
            view_as::begin_view(&staff, ann, "", "x").await.expect("begins");
            assert!(portal_side(&portal, &hash).await.actor().as_portal().is_some());
        };
        let has_ended = async || {
            let seen = view(&portal, &hash, Face::Portal).await;
            seen.has_lost_view && seen.cx.actor().as_staff().is_some()
        };

        begin().await;
        portal.clock.advance(Duration::minutes(15) - Duration::seconds(1));
        assert!(portal_side(&portal, &hash).await.actor().as_portal().is_some());
        portal.clock.advance(Duration::seconds(1));
        assert!(has_ended().await, "after 15 minutes");
        let lefts = events(&portal).await.into_iter().filter(|event| event.action == "view_as.left").count();
        assert_eq!(lefts, 0);

        begin().await;
        set_role(&portal, &hash, StaffRole::Staff).await;
        assert!(has_ended().await, "demoted");
        set_role(&portal, &hash, StaffRole::ContactManager).await;

        begin().await;
        portal.change(ann, "", RowChange::Revoke).await;
        assert!(has_ended().await, "revoked");
    });
}

async fn set_role(portal: &Portal, hash: &str, role: StaffRole) {
    let id = view(portal, hash, Face::Own).await.whose.user.expect("a user");
    user::Entity::update_many()
        .col_expr(user::Column::Role, Expr::value(role.code()))
        .filter(user::Column::Id.eq(Uuid::from(id)))
        .exec(portal.portico.db.pool())
        .await
        .expect("a role");
}

#[test]
fn a_secure_link_and_a_view_replace_each_other() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let zeta = portal.company("Zeta").await;
        let hash = portal.staff_session(StaffRole::ContactManager).await;
        let staff = staff_side(&portal, &hash).await;
        let link = links::secure_link_of(&portal.portico, portal.portico.db.pool(), acme).await;
        let link = link.expect("asks").expect("a link");
        let secret = link.rsplit('/').next().expect("a secret");
        view_as::begin_view(&staff, zeta, "", "x").await.expect("begins");
        links::open_secure_link(&staff, secret, false).await.expect("opens");
        let face = portal_side(&portal, &hash).await;
        assert_eq!(shown(&face), ("Acme".to_owned(), Some(Via::SecureLink)));
        view_as::begin_view(&staff, zeta, "", "x").await.expect("begins");
        let face = portal_side(&portal, &hash).await;
        assert_eq!(shown(&face).0, "Zeta");
        view_as::leave_view(&staff).await.expect("leaves");
        assert!(
            portal_side(&portal, &hash).await.actor().as_staff().is_some(),
            "nothing from before comes back"
        );
    });
}
