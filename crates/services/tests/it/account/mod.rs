//! People's own accounts.

mod change_password;
mod details;
mod email_change;
mod locks;

use domain::{contacts::ContactForm, details::DetailsForm, ids::ContactId};
use entities::contact;
use sea_orm::EntityTrait;
use services::{Cx, ServiceError, account};
use uuid::Uuid;

use crate::support::Portal;

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
