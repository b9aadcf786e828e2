//! People's own accounts.

mod change_password;
mod closing;
mod details;
mod email_change;
mod export;
mod locks;
mod mails;
mod new_device;
mod sessions;

use domain::{access::StaffRole, contacts::ContactForm, details::DetailsForm, ids::ContactId};
use entities::{audit_event, contact, membership, session, user};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use services::{
    Cx, Origin, ServiceError, account,
    auth::{self, Face, Level, NewSession},
    links::{self, SecureLinkOpened},
};
use time::Duration;
use uuid::Uuid;

use crate::support::{Portal, origin};

/// Somebody of a company, with everything that a form asks for.
async fn ann(portal: &Portal) -> (ContactId, ContactId, Cx) {
    let acme = portal
        .contact(ContactForm {
            name: "Acme".into(),
            kind: "company".into(),
            email: "info@acme.example".into(),
            phone: "+1 555 010 0000".into(),
            street: "Main St 1".into(),
            zip: "94523".into(),
            city: "Pleasant Hill".into(),
            state: "CA".into(),
            country: "US".into(),
            ..ContactForm::default()
        })
        .await;
    let ann = portal
        .contact(ContactForm {
            name: "Ann".into(),
            kind: "person".into(),
            parent: acme.to_string(),
            email: "ann@acme.example".into(),
            phone: "+1 555 010 0001".into(),
            ..ContactForm::default()
        })
        .await;
    let cx = portal.customer(ann, "ann@acme.example").await;
    (acme, ann, cx)
}

async fn stored(portal: &Portal, id: ContactId) -> contact::Model {
    let found = contact::Entity::find_by_id(Uuid::from(id)).one(portal.portico.db.pool()).await;
    found.expect("looks").expect("a contact")
}

/// A form that changes nothing, of the versions that are saved.
async fn form(cx: &Cx) -> DetailsForm {
    let page = account::get_details(cx, "", Default::default()).await.expect("the form");
    DetailsForm { version: page.version, company_version: page.company_version, ..DetailsForm::default() }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The fields that are wrong.
fn wrong<T: std::fmt::Debug>(result: Result<T, ServiceError>) -> Vec<String> {
    match result {
        Err(ServiceError::Invalid(errors)) => errors.iter().map(|(field, _)| field.to_owned()).collect(),
        other => panic!("{other:?}"),
    }
}

const CHROME: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";
const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0";

/// A browser somewhere, with the cookie by which it is known again.
fn browser(agent: &str, address: &str, device: Option<&str>) -> Origin {
    Origin {
        agent: agent.to_owned(),
        address: address.to_owned(),
        device: device.map(services::hash_secret),
        ..origin()
    }
}

/// Somebody logs in once more, in another browser.
async fn other_session(portal: &Portal, cx: &Cx, origin: &Origin, level: Level) -> Cx {
    let user = user_of(portal, &cx.actor().me().expect("somebody").login).await.id;
    let membership = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user))
        .one(portal.portico.db.pool())
        .await
        .expect("looks")
        .map(|membership| membership.id.into());
    let proved_at = Some(portal.clock.now());
    let whose = NewSession { user: Some(user.into()), membership, level, proved_at, ..NewSession::default() };
    let hash = Uuid::now_v7().to_string();
    auth::open_session(&portal.portico, &hash, whose, origin).await.expect("a session");
    let view = auth::resolve_session(&portal.portico, &hash, Face::Portal, origin.clone()).await;
    view.expect("resolves").expect("signed in").cx
}

async fn user_of(portal: &Portal, login: &str) -> user::Model {
    let found =
        user::Entity::find().filter(user::Column::Login.eq(login)).one(portal.portico.db.pool()).await;
    found.expect("looks").expect("a user")
}

async fn events(portal: &Portal, action: &str) -> Vec<audit_event::Model> {
    audit_event::Entity::find()
        .filter(audit_event::Column::Action.eq(action))
        .order_by_asc(audit_event::Column::Id)
        .all(portal.portico.db.pool())
        .await
        .expect("looks")
}

/// Everybody who has no account of their own here: nobody, somebody signed in halfway, a visitor with a secure link,
/// and staff who look at what a customer sees.
async fn without_account(portal: &Portal, customer: &Cx) -> Vec<(&'static str, Cx)> {
    let half = other_session(portal, customer, &origin(), Level::Code).await;
    let vega = portal.company("Vega").await;
    let link = links::secure_link_of(&portal.portico, portal.portico.db.pool(), vega).await.expect("asks");
    let link = link.expect("a link");
    let secret = link.rsplit('/').next().expect("a secret");
    let opened = links::open_secure_link(&portal.anonymous(), secret, false).await.expect("opens");
    let SecureLinkOpened::Visit(whose) = opened else { panic!("no visit") };
    let hash = Uuid::now_v7().to_string();
    auth::open_session(&portal.portico, &hash, whose, &origin()).await.expect("a session");
    let visitor = auth::resolve_session(&portal.portico, &hash, Face::Portal, origin()).await;
    let staff = portal.staff_session(StaffRole::Administrator).await;
    let seen = user_of(portal, &customer.actor().me().expect("somebody").login).await.id;
    let seen = membership::Entity::find().filter(membership::Column::UserId.eq(seen));
    let seen = seen.one(portal.portico.db.pool()).await.expect("looks").expect("a membership");
    let look = session::ActiveModel {
        id_hash: Set(staff.clone()),
        view_membership_id: Set(Some(seen.id)),
        view_reason: Set(Some("test".to_owned())),
        view_until: Set(Some(portal.clock.now().plus(Duration::minutes(15)).millis())),
        ..Default::default()
    };
    look.update(portal.portico.db.pool()).await.expect("views");
    let viewing = auth::resolve_session(&portal.portico, &staff, Face::Portal, origin()).await;
    vec![
        ("nobody", portal.anonymous()),
        ("halfway", half),
        ("visitor", visitor.expect("resolves").expect("a visit").cx),
        ("viewing", viewing.expect("resolves").expect("signed in").cx),
    ]
}
