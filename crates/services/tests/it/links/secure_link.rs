//! A customer's secure link: the first four of the five technical rules of the seed document on portal users.

use domain::{
    PageRequest,
    access::{Permission, RowChange, StaffRole},
    contacts::ContactForm,
    documents::{DocumentKind, DocumentRequest},
    ids::ContactId,
    links::SecureLink,
};
use entities::{audit_event, session};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use services::{
    Cx, ServiceError,
    auth::{self, Face, NewSession},
    contacts, documents,
    links::{self, SecureLinkOpened},
};
use uuid::Uuid;

use crate::support::{Portal, on_each_database, origin};

async fn link(portal: &Portal, customer: ContactId) -> String {
    links::secure_link_of(&portal.portico, portal.portico.db.pool(), customer)
        .await
        .expect("asks")
        .expect("a link")
}

fn secret(link: &str) -> &str {
    link.rsplit('/').next().expect("a secret")
}

async fn open(cx: &Cx, link: &str) -> SecureLinkOpened {
    links::open_secure_link(cx, secret(link), false).await.expect("opens")
}

/// What a contact's page shows of it.
async fn shown(cx: &Cx, contact: ContactId) -> Option<SecureLink> {
    contacts::get_contact(cx, contact).await.expect("a page").secure_link
}

/// A visitor's browser: the hash of its session.
async fn visit(portal: &Portal, link: &str) -> String {
    let SecureLinkOpened::Visit(whose) = open(&portal.anonymous(), link).await else { panic!("no visit") };
    let hash = Uuid::now_v7().to_string();
    auth::open_session(&portal.portico, &hash, whose, &origin()).await.expect("a session");
    hash
}

/// The context of a session's next request; `None` once it is over.
async fn next(portal: &Portal, hash: &str, face: Face) -> Option<Cx> {
    let found = auth::resolve_session(&portal.portico, hash, face, origin()).await.expect("resolves");
    found.map(|view| view.cx)
}

async fn actions(portal: &Portal) -> Vec<String> {
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::Action.starts_with("secure_link."))
        .order_by_asc(audit_event::Column::Id)
        .all(portal.portico.db.pool())
        .await
        .expect("events");
    events.into_iter().map(|event| event.action).collect()
}

#[test]
fn works_alone_only_while_the_customer_has_no_portal_user() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let link_of_acme = link(&portal, acme).await;
        assert_eq!(link(&portal, ann).await, link_of_acme, "a person's is the company's");
        assert!(link_of_acme.starts_with("https://portal.business.example/link/"));

        let visitor = visit(&portal, &link_of_acme).await;
        let cx = next(&portal, &visitor, Face::Portal).await.expect("in");
        assert!(cx.actor().is_visitor());
        documents::home(&cx).await.expect("a home");
        let request = DocumentRequest {
            kind: DocumentKind::Lead,
            filter: Default::default(),
            page: PageRequest::default(),
        };
        let leads = documents::list_documents(&cx, &request).await;
        assert!(matches!(leads, Err(ServiceError::NotFound)), "Non-portal users see no leads");

        // An invitation that nobody accepted counts already, and acts at the next request.
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        assert!(next(&portal, &visitor, Face::Portal).await.is_none());
        assert_eq!(open(&portal.anonymous(), &link_of_acme).await, SecureLinkOpened::SignIn);
        let manager = portal.staff(StaffRole::ContactManager).await;
        assert_eq!(open(&manager, &link_of_acme).await, SecureLinkOpened::Customer(acme));
        let seen = shown(&manager, acme).await.expect("a link");
        assert!(seen.has_portal_user && seen.link.as_deref() == Some(link_of_acme.as_str()));

        portal.change(ann, "", RowChange::Revoke).await;
        assert!(matches!(open(&portal.anonymous(), &link_of_acme).await, SecureLinkOpened::Visit(_)));
    });
}

#[test]
fn rotating_kills_the_old_link_and_what_it_opened_once() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let manager = portal.staff(StaffRole::ContactManager).await;
        let old = link(&portal, acme).await;
        let visitor = visit(&portal, &old).await;
        links::rotate_secure_link(&manager, acme, 0).await.expect("rotates");
        links::rotate_secure_link(&manager, acme, 0).await.expect("a second press is no second rotation");
        let new = link(&portal, acme).await;
        assert_ne!(old, new);
        assert!(next(&portal, &visitor, Face::Portal).await.is_none());
        let left = session::Entity::find().filter(session::Column::ContactId.is_not_null());
        assert_eq!(left.count(portal.portico.db.pool()).await.expect("counts"), 0);
        assert_eq!(open(&portal.anonymous(), &old).await, SecureLinkOpened::Nothing);
        assert!(matches!(open(&portal.anonymous(), &new).await, SecureLinkOpened::Visit(_)));
        assert_eq!(
            actions(&portal).await,
            ["secure_link.opened", "secure_link.rotated", "secure_link.opened"],
        );
    });
}

#[test]
fn off_archived_moved_forged_and_none_are_one_answer() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let zeta = portal.company("Zeta").await;
        let manager = portal.staff(StaffRole::ContactManager).await;
        let good = link(&portal, acme).await;
        let visitor = visit(&portal, &good).await;

        links::switch_secure_link(&manager, acme, false).await.expect("off");
        assert!(next(&portal, &visitor, Face::Portal).await.is_none());
        assert_eq!(open(&portal.anonymous(), &good).await, SecureLinkOpened::Nothing);
        let seen = shown(&manager, acme).await.expect("the section");
        assert!(seen.link.is_none(), "not even staff see what is off");
        let none =
            links::secure_link_of(&portal.portico, portal.portico.db.pool(), acme).await.expect("asks");
        assert!(none.is_none(), "and no mail has it");
        links::switch_secure_link(&manager, acme, true).await.expect("on");
        assert_eq!(link(&portal, acme).await, good);

        let own = secret(&good).to_owned();
        let foreign = secret(&link(&portal, zeta).await).to_owned();
        // Zeta's code does not prove Acme's key, nor is a code of another length one.
        let mixed = format!("{}{}", own.get(..21).expect("long"), foreign.get(21..).expect("long"));
        let forged =
            [mixed, own[..42].to_owned(), format!("{own}A"), format!("{own}="), String::new(), "é".into()];
        for forged in forged {
            let opened = links::open_secure_link(&portal.anonymous(), &forged, false).await.expect("answers");
            assert_eq!(opened, SecureLinkOpened::Nothing, "{forged}");
        }
        // The last character has four bits that mean nothing: only one spelling of them is the link.
        let last = own.chars().last().expect("long");
        for other in ('a'..='z').chain('A'..='Z').filter(|other| *other != last) {
            let respelt = format!("{}{other}", &own[..42]);
            let opened =
                links::open_secure_link(&portal.anonymous(), &respelt, false).await.expect("answers");
            assert_eq!(opened, SecureLinkOpened::Nothing, "{respelt}");
        }

        contacts::archive_contact(&portal.system(), zeta, true).await.expect("archives");
        let opened = links::open_secure_link(&portal.anonymous(), &foreign, false).await.expect("answers");
        assert_eq!(opened, SecureLinkOpened::Nothing);
    });
}

#[test]
fn only_who_manages_access_sees_and_changes_it() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let zeta = portal.company("Zeta").await;
        let visitor = visit(&portal, &link(&portal, zeta).await).await;
        let visitor = next(&portal, &visitor, Face::Portal).await.expect("in");
        let customer = portal.customer(ann, "ann@acme.example").await;
        for cx in [portal.staff(StaffRole::Staff).await, customer, visitor] {
            let page = contacts::get_contact(&cx, acme).await;
            assert!(page.map_or(true, |page| page.secure_link.is_none()));
            assert!(matches!(links::rotate_secure_link(&cx, acme, 0).await, Err(ServiceError::NotFound)));
            assert!(matches!(links::switch_secure_link(&cx, acme, false).await, Err(ServiceError::NotFound)));
        }
        let manager = portal.staff(StaffRole::ContactManager).await;
        assert_eq!(shown(&manager, ann).await, None, "the company's page has it");
        assert!(matches!(links::rotate_secure_link(&manager, ann, 0).await, Err(ServiceError::NotFound)));
        let missing = ContactId(Uuid::now_v7());
        assert!(matches!(links::rotate_secure_link(&manager, missing, 0).await, Err(ServiceError::NotFound)));
        let alone = ContactForm { name: "Sam".into(), kind: "person".into(), ..ContactForm::default() };
        let alone = portal.contact(alone).await;
        assert!(shown(&manager, alone).await.is_some(), "stands alone");
    });
}

#[test]
fn staff_keep_their_side_and_one_link_replaces_another() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let zeta = portal.company("Zeta").await;
        let hash = portal.staff_session(StaffRole::Administrator).await;
        for customer in [acme, zeta] {
            // "Some you'll have to click the link twice": not here.
            let staff = next(&portal, &hash, Face::Own).await.expect("signed in");
            assert_eq!(open(&staff, &link(&portal, customer).await).await, SecureLinkOpened::Portal);
            let face = next(&portal, &hash, Face::Portal).await.expect("in the portal");
            assert_eq!(face.actor().as_portal().expect("a face").entity(), customer);
            assert!(face.actor().is_visitor());
            let own = next(&portal, &hash, Face::Own).await.expect("signed in");
            assert!(own.actor().as_staff().is_some());
        }
        // Rotating takes the face away, and leaves the staff user signed in.
        let staff = next(&portal, &hash, Face::Own).await.expect("signed in");
        links::rotate_secure_link(&staff, zeta, 0).await.expect("rotates");
        let face = next(&portal, &hash, Face::Portal).await.expect("still signed in");
        assert!(face.actor().as_staff().is_some());
    });
}

#[test]
fn a_customer_who_is_signed_in_is_asked_before_they_become_another() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let zeta = portal.company("Zeta").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        let customer = portal.customer(ann, "ann@acme.example").await;
        let (own, other) = (link(&portal, acme).await, link(&portal, zeta).await);
        assert_eq!(open(&customer, &own).await, SecureLinkOpened::Portal);
        let SecureLinkOpened::Ask { customer: whose, name, company } = open(&customer, &other).await else {
            panic!("not asked")
        };
        assert_eq!((whose.as_str(), name.as_str(), company.as_str()), ("Zeta", "Ann", "Acme"));
        let opened = links::open_secure_link(&customer, secret(&other), true).await.expect("opens");
        let zetas = NewSession { contact: Some(zeta), ..NewSession::default() };
        assert_eq!(opened, SecureLinkOpened::Visit(zetas));
        // A visitor of one customer has nothing to lose and is not asked.
        let visitor = visit(&portal, &other).await;
        let visitor = next(&portal, &visitor, Face::Own).await.expect("in");
        assert_eq!(open(&visitor, &other).await, SecureLinkOpened::Portal);
        let third = portal.company("Omega").await;
        assert!(matches!(open(&visitor, &link(&portal, third).await).await, SecureLinkOpened::Visit(_)));
    });
}

#[test]
fn a_visitor_has_the_rights_of_the_group_and_not_one_more() {
    on_each_database(|portal| async move {
        let acme = portal.company("Acme").await;
        let visitor = visit(&portal, &link(&portal, acme).await).await;
        let cx = next(&portal, &visitor, Face::Portal).await.expect("in");
        let me = cx.actor().me().expect("somebody");
        let domain::users::Side::Portal { permissions, company, via } = me.side else { panic!("no portal") };
        assert_eq!((company.as_str(), via), ("Acme", domain::users::Via::SecureLink));
        assert!(permissions.scope_of(Permission::InvoicesView).is_some());
        for never in [Permission::MembersView, Permission::SalesAccept, Permission::AccessLogView] {
            assert_eq!(permissions.scope_of(never), None);
        }
        // An hour without a request ends it, as any customer's session.
        portal.clock.advance(time::Duration::minutes(61));
        assert!(next(&portal, &visitor, Face::Portal).await.is_none());
    });
}
