//! A browser of every kind of person, for the tests that try each thing as everybody.

use axum::http::StatusCode;
use domain::{
    access::{RowChange, StaffRole},
    ids::ContactId,
};
use entities::{address, article, membership, user};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use time::Duration;
use uuid::Uuid;

use crate::support::{Browser, PASSWORD, Site, invoice, quotation, subscription, ticket};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Anonymous,
    Customer,
    CompanyAdmin,
    OtherCustomer,
    /// Of two companies; the other one is active.
    TwoCompanies,
    /// Whoever has the secure link of a customer without portal users.
    Visitor,
    /// Whoever has a share link to a quotation of Acme's: signed out to everything else.
    Sharing,
    Revoked,
    /// A membership that was over a minute ago.
    Expired,
    /// Gave the password; a code of the second factor is due.
    Halfway,
    /// Gave the password; a second factor has to be set up.
    Enrolling,
    Staff,
    ContactManager,
    Administrator,
    /// A contact manager who views the portal as the Company admin.
    Viewing,
}
pub use Who::{
    Administrator, Anonymous, CompanyAdmin, ContactManager, Customer, Enrolling, Expired, Halfway,
    OtherCustomer, Revoked, Sharing, Staff, TwoCompanies, Viewing, Visitor,
};

pub const EVERYBODY: [Who; 15] = [
    Anonymous,
    Customer,
    CompanyAdmin,
    OtherCustomer,
    TwoCompanies,
    Visitor,
    Sharing,
    Revoked,
    Expired,
    Halfway,
    Enrolling,
    Staff,
    ContactManager,
    Administrator,
    Viewing,
];
/// To everything but what is due of them, whoever is halfway is signed out.
pub const SIGNED_OUT: &[Who] = &[Anonymous, Sharing, Revoked, Expired, Halfway, Enrolling];
pub const ALL_STAFF: &[Who] = &[Staff, ContactManager, Administrator, Viewing];
pub const MANAGERS: &[Who] = &[ContactManager, Administrator, Viewing];
pub const ADMINISTRATORS: &[Who] = &[Administrator];
/// Portal users who signed in.
pub const CUSTOMERS: &[Who] = &[Customer, CompanyAdmin, OtherCustomer, TwoCompanies];
/// Everybody with an account of their own.
pub const HOLDERS: &[Who] =
    &[Customer, CompanyAdmin, OtherCustomer, TwoCompanies, Staff, ContactManager, Administrator, Viewing];
/// Everybody who sees a portal, their own or not.
pub const IN_PORTAL: &[Who] = &[Customer, CompanyAdmin, OtherCustomer, TwoCompanies, Visitor, Viewing];
/// Those of Acme's who may answer its quotations: with a login of their own, and not as somebody else.
pub const SIGNERS: &[Who] = &[Customer, CompanyAdmin];
/// Those of Acme's who may write on its documents and follow them.
pub const WRITERS: &[Who] = SIGNERS;
pub const OF_ACME: &[Who] = &[Customer, CompanyAdmin, Viewing];
/// Those whose group lets them see addresses; *Viewing* only looks.
pub const OF_ADDRESSES: &[Who] = &[Customer, CompanyAdmin, OtherCustomer, TwoCompanies, Viewing];
/// Those whose group lets them see the statement of account.
pub const SEES_STATEMENT: &[Who] = &[Customer, CompanyAdmin, OtherCustomer, TwoCompanies, Viewing];
/// Those whose group lets them pay.
pub const PAYERS: &[Who] = &[Customer, CompanyAdmin, OtherCustomer, TwoCompanies, Visitor];
/// Those whose group lets them read documentation.
pub const READERS: &[Who] = &[Customer, CompanyAdmin, OtherCustomer, TwoCompanies, Viewing];
/// Those who may look at members; *Viewing* only looks.
pub const SEES_MEMBERS: &[Who] = &[CompanyAdmin, Viewing];

pub struct People {
    pub site: Site,
    pub browsers: Vec<(Who, Browser)>,
    pub contact: String,
    pub ann: String,
    pub invoice: Uuid,
    /// One for everybody who may read documentation.
    pub article: Uuid,
    /// Waits for an answer of Acme's.
    pub quotation: Uuid,
    /// An open one of Ann's.
    pub ticket: Uuid,
    /// Is on the invoice, with a file.
    pub message: Uuid,
    pub mail: Uuid,
    pub group: Uuid,
    pub webhook: Uuid,
    /// A transfer that Ann announced.
    pub payment: Uuid,
    /// One of Ann's that runs.
    pub subscription: Uuid,
    /// One of Acme's.
    pub address: Uuid,
    /// Ann, who is `Customer`.
    pub user: Uuid,
}

pub async fn people() -> People {
    let site = Site::start().await;
    let acme = site.contact("company", "Acme", None).await;
    let zeta = site.contact("company", "Zeta", None).await;
    let ann = site.contact("person", "Ann", Some(acme)).await;
    let bob = site.contact("person", "Bob", Some(acme)).await;
    let zoe = site.contact("person", "Zoe", Some(zeta)).await;
    let tom =
        [site.contact("person", "Tom", Some(acme)).await, site.contact("person", "Tom", Some(zeta)).await];
    let eve = site.contact("person", "Eve", Some(acme)).await;
    let vega = site.contact("company", "Vega", None).await;
    let hal = site.contact("person", "Hal", Some(acme)).await;
    let eno = site.contact("person", "Eno", Some(acme)).await;
    let mut browsers = vec![
        (Anonymous, Browser::default()),
        (Customer, site.customer(ann, "ann@acme.example").await),
        (CompanyAdmin, site.customer(acme, "boss@acme.example").await),
        (OtherCustomer, site.customer(zoe, "zoe@zeta.example").await),
        (Revoked, site.customer(bob, "bob@acme.example").await),
        (Staff, site.staff(StaffRole::Staff).await),
        (ContactManager, site.staff(StaffRole::ContactManager).await),
        (Administrator, site.staff(StaffRole::Administrator).await),
    ];
    site.change(bob, "", RowChange::Revoke).await;
    browsers.push((TwoCompanies, two_companies(&site, tom).await));
    browsers.push((Visitor, visitor(&site, vega).await));
    browsers.push((Expired, expired(&site, eve).await));
    browsers.push((Viewing, viewing(&site, acme).await));
    browsers.push((Halfway, halfway(&site, hal, "hal@acme.example", true).await));
    browsers.push((Enrolling, halfway(&site, eno, "eno@acme.example", false).await));
    let invoice = invoice(&site, ann, acme).await;
    let quotation = quotation(&site, ann, acme).await;
    browsers.push((Sharing, sharing(&site, quotation).await));
    assert_eq!(browsers.len(), EVERYBODY.len());
    let article = article(&site).await;
    let group = site.group("limited").await;
    let ticket = ticket(&site, ann, acme).await;
    let message = message(&site, invoice, "ann@acme.example").await;
    let webhook = webhook(&site).await;
    let subscription = subscription(&site, ann, acme).await;
    let payment = payment(&site, ann, acme).await;
    let address = address(&site, ann, acme).await;
    let user = site.user_id("ann@acme.example").await;
    let (contact, ann) = (acme.to_string(), ann.to_string());
    People {
        contact,
        ann,
        invoice,
        article,
        quotation,
        ticket,
        message,
        mail: Uuid::now_v7(),
        group,
        webhook,
        payment,
        subscription,
        address,
        user,
        site,
        browsers,
    }
}

/// A webhook, as if somebody had made it.
async fn webhook(site: &Site) -> Uuid {
    let row = entities::webhook::ActiveModel {
        id: Set(Uuid::now_v7()),
        url: Set("https://erp.example/portico".into()),
        secret: Set("sealed".into()),
        events: Set("ticket.created".into()),
        created_by: Set("Tess".into()),
        created_at: Set(site.clock.now().millis()),
        paused_at: Set(None),
        last_success_at: Set(None),
        failing_since: Set(None),
        last_error: Set(None),
    };
    let id = row.id.clone().unwrap();
    entities::webhook::Entity::insert(row).exec_without_returning(site.portico.db.pool()).await.expect("one");
    id
}

/// A transfer that a customer announced, and that did not arrive yet.
async fn payment(site: &Site, contact: ContactId, entity: ContactId) -> Uuid {
    let id = Uuid::now_v7();
    let text = |text: &str| Set(text.to_owned());
    let row = entities::payment::ActiveModel {
        id: Set(id),
        number: text("P00001"),
        entity_id: Set(entity.into()),
        contact_id: Set(contact.into()),
        user_id: Set(Some(site.user_id("ann@acme.example").await)),
        share_link_id: Set(None),
        payer: text("Ann"),
        purpose: text("documents"),
        means: text("transfer"),
        provider: text("bank"),
        provider_ref: Set(None),
        method_id: Set(None),
        label: text("Bank transfer"),
        reference: text("RF42P00001"),
        state: text("pending"),
        currency: text("USD"),
        amount: Set(100),
        received: Set(0),
        refunded: Set(0),
        failure: text(""),
        created_at: Set(site.clock.now().millis()),
        settled_at: Set(None),
        next_check_at: Set(None),
    };
    entities::payment::Entity::insert(row).exec_without_returning(site.portico.db.pool()).await.expect("one");
    id
}

/// A message with a file on a document.
async fn message(site: &Site, document: Uuid, author: &str) -> Uuid {
    let files = &site.portico.config.files;
    let hash = files.keep(bytes::Bytes::from_static(b"%PDF-1.4 a file")).await.expect("keeps");
    let id = Uuid::now_v7();
    let row = entities::message::ActiveModel {
        id: Set(id),
        document_id: Set(document),
        author_id: Set(Some(site.user_id(author).await)),
        share_link_id: Set(None),
        author_name: Set("Ann".into()),
        is_staff: Set(false),
        is_internal: Set(false),
        text: Set("See the file.".into()),
        files: Set(serde_json::json!([
            { "name": "file.pdf", "media": "application/pdf", "sha256": hash.as_str(), "size": 15 }
        ])),
        created_at: Set(site.clock.now().millis()),
    };
    let pool = site.portico.db.pool();
    entities::message::Entity::insert(row).exec_without_returning(pool).await.expect("a message");
    id
}

/// Somebody with access to two companies, who is active in the second.
async fn two_companies(site: &Site, [first, second]: [ContactId; 2]) -> Browser {
    let browser = site.customer(first, "tom@books.example").await;
    site.change(second, "tom@books.example", RowChange::Grant).await;
    let secret = site.link_secret().await;
    let accepted = site.post_form(&browser, &format!("/accept/{secret}"), &[]).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
    let browser = site.sign_in("tom@books.example", PASSWORD).await;
    let other = site.membership(second).await.id.to_string();
    let switched = site.post_form(&browser, "/my/companies", &[("membership", &other)]).await;
    assert_eq!(switched.header("location"), "/my");
    browser
}

async fn visitor(site: &Site, customer: ContactId) -> Browser {
    let browser = site.staff_named("link@business.example", StaffRole::Staff).await;
    site.change_session(|session| {
        session.user_id = Set(None);
        session.contact_id = Set(Some(customer.into()));
    })
    .await;
    browser
}

async fn expired(site: &Site, contact: ContactId) -> Browser {
    let browser = site.customer(contact, "eve@acme.example").await;
    let mut membership: membership::ActiveModel = site.membership(contact).await.into();
    membership.valid_until = Set(Some(site.clock.now().millis()));
    membership.update(site.portico.db.pool()).await.expect("ends");
    browser
}

/// Somebody who gave their password and has a second factor, or must have one.
async fn halfway(site: &Site, contact: ContactId, login: &str, has_it: bool) -> Browser {
    site.customer(contact, login).await;
    let change = if has_it {
        (user::Column::TwoFactorSince, Expr::value(site.clock.now().millis()))
    } else {
        (user::Column::RequireTwoFactor, Expr::value(true))
    };
    user::Entity::update_many()
        .col_expr(change.0, change.1)
        .filter(user::Column::Login.eq(login))
        .exec(site.portico.db.pool())
        .await
        .expect("changes");
    site.sign_in(login, PASSWORD).await
}

async fn viewing(site: &Site, contact: ContactId) -> Browser {
    let browser = site.staff_named("viewer@business.example", StaffRole::ContactManager).await;
    let membership = site.membership(contact).await.id;
    let until = site.clock.now().plus(Duration::minutes(15)).millis();
    site.change_session(|session| {
        session.view_membership_id = Set(Some(membership));
        session.view_reason = Set(Some("test".to_owned()));
        session.view_until = Set(Some(until));
    })
    .await;
    browser
}

/// Somebody who opened a share link; the cookie goes along everywhere, further than browsers send it.
async fn sharing(site: &Site, document: Uuid) -> Browser {
    let link = crate::share_links::make(site, document, true).await;
    site.get(&Browser::default(), &link).await.browser()
}

/// A published article.
async fn article(site: &Site) -> Uuid {
    let id = Uuid::now_v7();
    let text = |text: &str| Set(text.to_owned());
    let row = article::ActiveModel {
        id: Set(id),
        title: text("How to pay"),
        category: text("Invoices"),
        summary: text(""),
        body: text("By bank transfer"),
        search: text("how to pay"),
        place: Set(0),
        is_for_all: Set(true),
        published_at: Set(Some(0)),
        version: Set(1),
        created_at: Set(0),
        updated_at: Set(0),
    };
    row.insert(site.portico.db.pool()).await.expect("an article");
    id
}

async fn address(site: &Site, contact: ContactId, entity: ContactId) -> Uuid {
    let id = Uuid::now_v7();
    let text = |text: &str| Set(text.to_owned());
    let row = address::ActiveModel {
        id: Set(id),
        entity_id: Set(entity.into()),
        contact_id: Set(contact.into()),
        kind: text("delivery"),
        name: text("Warehouse"),
        phone: text(""),
        street: text("Dock 1"),
        street2: text(""),
        zip: text("94523"),
        city: text("Pleasant Hill"),
        state_code: text("CA"),
        country_code: text("US"),
        is_default_billing: Set(false),
        is_default_delivery: Set(false),
        removed_at: Set(None),
        version: Set(1),
        created_at: Set(0),
        updated_at: Set(0),
    };
    row.insert(site.portico.db.pool()).await.expect("an address");
    id
}
