//! A server over a fresh SQLite database, and browsers of every kind of person.

pub mod localstripe;
pub mod process;

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use domain::{
    Instant,
    access::{RowChange, RowRequest, StaffRole},
    contacts::ContactForm,
    ids::ContactId,
};
use entities::{group, mail_outbox, membership, session, user};
use http_body_util::BodyExt;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use server::{
    printing::Printing,
    router::{AppState, router},
};
use services::{Clock, Db, Origin, Portico, PorticoConfig, access, auth, contacts, links, settings};
use temp_dir::TempDir;
use time::macros::datetime;
use tower::ServiceExt;
use uuid::Uuid;

pub const PASSWORD: &str = "tram-otter-violin-42";
pub const PUBLIC_URL: &str = "https://portal.business.example";

/// A number of rounds: the small one every day, the whole one in `cargo xtask soak`.
pub fn rounds(every_day: usize, whole: usize) -> usize {
    if is_soak() { whole } else { every_day }
}

/// Whether the whole rounds are asked for.
pub fn is_soak() -> bool {
    std::env::var_os("PORTICO_SOAK").is_some()
}

/// One installation and its router.
pub struct Site {
    pub portico: Arc<Portico>,
    pub clock: Clock,
    pub router: Router,
    pub folder: TempDir,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Answer {
    /// The browser that keeps the cookies of this answer.
    pub fn browser(&self) -> Browser {
        self.browser_of(&Browser::default())
    }

    /// A browser after this answer: its new cookies take the place of those of the same name.
    pub fn browser_of(&self, before: &Browser) -> Browser {
        let mut kept: Vec<(String, String)> = Vec::new();
        let old = before.cookie.iter().flat_map(|line| line.split("; "));
        let new = self.cookies();
        for pair in old.chain(new.iter().filter_map(|line| line.split(';').next())) {
            let (name, value) = pair.split_once('=').expect("a cookie");
            kept.retain(|(other, _)| other != name);
            kept.push((name.to_owned(), value.to_owned()));
        }
        let line: Vec<String> = kept.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Browser { cookie: Some(line.join("; ")).filter(|line| !line.is_empty()) }
    }

    /// The lines that set cookies.
    pub fn cookies(&self) -> Vec<String> {
        let lines = self.headers.get_all("set-cookie").iter();
        lines.map(|line| line.to_str().expect("text").to_owned()).collect()
    }

    /// The line that sets a cookie; empty when none does.
    pub fn cookie(&self, name: &str) -> String {
        let starts = format!("{name}=");
        self.cookies().into_iter().find(|line| line.starts_with(&starts)).unwrap_or_default()
    }
}

/// A browser with its cookies.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    pub cookie: Option<String>,
}

impl Site {
    pub async fn start() -> Self {
        let folder = temp_dir::TempDir::new().expect("a folder");
        let database = format!("sqlite://{}", folder.path().join("portico.db").display());
        Self::over(folder, &database, Clock::set_to(Instant::from(datetime!(2026-11-22 10:00 UTC)))).await
    }

    /// One over a database that a process may share.
    pub async fn over(folder: TempDir, database: &str, clock: Clock) -> Self {
        let db = Db::connect(database).await.expect("connects");
        db.migrate().await.expect("migrates");
        let config = PorticoConfig {
            public_url: PUBLIC_URL.to_owned(),
            business: "Rivet Works".to_owned(),
            support_email: "help@business.example".to_owned(),
            mail_from: "portal@business.example".to_owned(),
            secret_key: services::secrets::SecretKey::random(),
            files: services::files::Files::folder(&folder.path().join("files")).expect("a folder"),
            api_rate: 10,
        };
        let portico = Portico::new(db, clock.clone(), config);
        settings::seed_groups(&portico.system("test")).await.expect("groups");
        portico.set_printer(Printing::new(None));
        let router = router(AppState::new(Arc::clone(&portico), false), Arc::from([]));
        Self { portico, clock, router, folder }
    }

    pub async fn contact(&self, kind: &str, name: &str, parent: Option<ContactId>) -> ContactId {
        let parent = parent.map(|parent| parent.to_string()).unwrap_or_default();
        let form = ContactForm { name: name.into(), kind: kind.into(), parent, ..ContactForm::default() };
        contacts::save_contact(&self.portico.system("test"), None, &form).await.expect("a contact")
    }

    pub async fn change(&self, contact: ContactId, email: &str, change: RowChange) {
        let request = RowRequest { contact, email: email.to_owned(), change, group: None };
        access::change_access(&self.portico.system("test"), &[request], "").await.expect("changes");
    }

    /// The permission group of a code.
    pub async fn group(&self, code: &str) -> Uuid {
        let found = group::Entity::find().filter(group::Column::Code.eq(code)).one(self.portico.db.pool());
        found.await.expect("looks").expect("a seeded group").id
    }

    /// The newest invitation's secret.
    pub async fn link_secret(&self) -> String {
        let mail = mail_outbox::Entity::find()
            .order_by_desc(mail_outbox::Column::Id)
            .one(self.portico.db.pool())
            .await
            .expect("mails")
            .expect("a mail");
        let (_, after) = mail.text_body.split_once("/accept/").expect("a link");
        after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
    }

    /// Grants a contact access, accepts, and signs in by the form.
    pub async fn customer(&self, contact: ContactId, email: &str) -> Browser {
        self.accepted(contact, email).await;
        self.sign_in(email, PASSWORD).await
    }

    /// Grants a contact access, and accepts.
    pub async fn accepted(&self, contact: ContactId, email: &str) {
        self.change(contact, email, RowChange::Grant).await;
        let secret = self.link_secret().await;
        let anonymous = self.portico.anonymous(Origin::default());
        auth::accept_invitation(&anonymous, &secret, PASSWORD, PASSWORD).await.expect("accepts");
    }

    /// Puts the portal user of a contact into a seeded permission group.
    pub async fn regroup(&self, contact: ContactId, code: &str) {
        let pool = self.portico.db.pool();
        membership::Entity::update_many()
            .col_expr(membership::Column::GroupId, Expr::value(self.group(code).await))
            .filter(membership::Column::ContactId.eq(Uuid::from(contact)))
            .exec(pool)
            .await
            .expect("regroups");
    }

    /// Changes the session that was opened last.
    pub async fn change_session(&self, change: impl FnOnce(&mut session::ActiveModel)) {
        let pool = self.portico.db.pool();
        let newest = session::Entity::find()
            .order_by_desc(session::Column::CreatedAt)
            .order_by_desc(Expr::col("rowid"))
            .one(pool)
            .await;
        let mut row: session::ActiveModel = newest.expect("looks").expect("a session").into();
        change(&mut row);
        row.update(pool).await.expect("changes");
    }

    /// The live membership of a contact.
    pub async fn membership(&self, contact: ContactId) -> membership::Model {
        let found = membership::Entity::find()
            .filter(membership::Column::ContactId.eq(Uuid::from(contact)))
            .filter(membership::Column::State.ne("ended"))
            .one(self.portico.db.pool())
            .await;
        found.expect("looks").expect("a membership")
    }

    /// A staff user of a role, signed in by the form.
    pub async fn staff(&self, role: StaffRole) -> Browser {
        self.staff_named(&format!("{}@business.example", role.code()), role).await
    }

    /// A staff user of a login and role, signed in by the form.
    pub async fn staff_named(&self, login: &str, role: StaffRole) -> Browser {
        let id =
            auth::create_administrator(&self.portico.system("test"), login, PASSWORD).await.expect("staff");
        user::Entity::update_many()
            .col_expr(user::Column::Role, Expr::value(role.code()))
            .filter(user::Column::Id.eq(Uuid::from(id)))
            .exec(self.portico.db.pool())
            .await
            .expect("a role");
        self.sign_in(login, PASSWORD).await
    }

    /// The key of whoever signs in with a login.
    pub async fn user_id(&self, login: &str) -> Uuid {
        let found =
            user::Entity::find().filter(user::Column::Login.eq(login)).one(self.portico.db.pool()).await;
        found.expect("looks").expect("a user").id
    }

    /// The address of its database.
    pub fn database_url(&self) -> String {
        format!("sqlite://{}", self.folder.path().join("portico.db").display())
    }

    pub async fn sign_in(&self, login: &str, password: &str) -> Browser {
        let answer =
            self.post_form(&Browser::default(), "/login", &[("email", login), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.browser()
    }

    /// The path of the link that is mailed to whoever forgot the password of a login.
    pub async fn reset_link(&self, login: &str) -> String {
        let asked = self.post_form(&Browser::default(), "/reset", &[("email", login)]).await;
        assert_eq!(asked.header("location"), "/reset?notice=asked");
        auth::answer_resets(&self.portico).await.expect("answers");
        let mails = mail_outbox::Entity::find()
            .filter(mail_outbox::Column::Template.eq("password_reset"))
            .filter(mail_outbox::Column::ToEmail.eq(login))
            .order_by_desc(mail_outbox::Column::Id)
            .one(self.portico.db.pool())
            .await;
        let text = mails.expect("looks").expect("a mail").text_body;
        let (_, link) = text.split_once(PUBLIC_URL).expect("a link");
        link.split_whitespace().next().unwrap_or_default().to_owned()
    }

    /// The address of a customer's secure link, without the host.
    pub async fn secure_link(&self, customer: ContactId) -> String {
        let link = links::secure_link_of(&self.portico, self.portico.db.pool(), customer).await;
        link.expect("asks").expect("a link").strip_prefix(PUBLIC_URL).expect("ours").to_owned()
    }

    pub async fn get(&self, browser: &Browser, path: &str) -> Answer {
        self.send(browser, Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty())).await
    }

    pub async fn post_form(&self, browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body));
        self.send(browser, request).await
    }

    pub async fn call(&self, browser: &Browser, path: &str, body: &serde_json::Value) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_string()));
        self.send(browser, request).await
    }

    pub async fn send(&self, browser: &Browser, request: axum::http::Result<Request<Body>>) -> Answer {
        let mut request = request.expect("a request");
        if let Some(cookie) = &browser.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().expect("a cookie"));
        }
        let asked = format!("{} {}", request.method(), request.uri());
        let answer = self.router.clone().oneshot(request);
        let response = tokio::time::timeout(std::time::Duration::from_secs(20), answer).await;
        let response = response.unwrap_or_else(|_late| panic!("{asked} hangs")).expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Writes a visible invoice of a contact straight into the tables, for tests of who may see it.
pub async fn invoice(site: &Site, contact: ContactId, entity: ContactId) -> Uuid {
    invoice_of(site, contact, entity, 100).await
}

/// The same over so many cents.
pub async fn invoice_of(site: &Site, contact: ContactId, entity: ContactId, total: i64) -> Uuid {
    use entities::document;
    let id = Uuid::now_v7();
    let now = site.clock.now();
    let row = document::ActiveModel {
        id: Set(id),
        kind: Set("invoice".into()),
        number: Set("INV/1".into()),
        title: Set("Invoice".into()),
        state: Set("posted".into()),
        contact_id: Set(Some(contact.into())),
        entity_id: Set(Some(entity.into())),
        parent_id: Set(None),
        dated_on: Set(None),
        due_on: Set(None),
        sorted_on: Set(now.to_utc().date()),
        currency: Set(Some("USD".into())),
        untaxed: Set(Some(total)),
        tax: Set(Some(0)),
        total: Set(Some(total)),
        residual: Set(Some(total)),
        paid_here: Set(0),
        attention: Set(Some("pay".into())),
        published_at: Set(Some(now.millis())),
        is_visible: Set(true),
        details: Set(serde_json::json!({
            "invoice": {
                "direction": "Receivable", "is_credit": false,
                "payment_state": "Not Paid", "reference": "", "origin": ""
            }
        })),
        bill_to: Set(serde_json::json!({})),
        external_id: Set(None),
        fingerprint: Set(None),
        first_viewed_at: Set(None),
        first_viewed_by: Set(None),
        version: Set(1),
        created_at: Set(now.millis()),
        updated_at: Set(now.millis()),
    };
    document::Entity::insert(row).exec_without_returning(site.portico.db.pool()).await.expect("a document");
    id
}

/// A quotation of a contact, which waits for an answer.
pub async fn quotation(site: &Site, contact: ContactId, entity: ContactId) -> Uuid {
    use entities::document;
    let id = invoice(site, contact, entity).await;
    let details = serde_json::json!({
        "sale": { "salesperson": "", "valid_until": null, "customer_reference": "", "note": "" }
    });
    document::Entity::update_many()
        .col_expr(document::Column::Kind, Expr::value("sale"))
        .col_expr(document::Column::Number, Expr::value("S1"))
        .col_expr(document::Column::State, Expr::value("sent"))
        .col_expr(document::Column::Attention, Expr::value("review"))
        .col_expr(document::Column::Details, Expr::value(details))
        .filter(document::Column::Id.eq(id))
        .exec(site.portico.db.pool())
        .await
        .expect("a quotation");
    id
}

/// A running subscription of a contact's.
pub async fn subscription(site: &Site, contact: ContactId, entity: ContactId) -> Uuid {
    use entities::document;
    let id = invoice(site, contact, entity).await;
    let details = serde_json::json!({ "subscription": { "recurrence": "Monthly", "next_invoice_on": null } });
    document::Entity::update_many()
        .col_expr(document::Column::Kind, Expr::value("subscription"))
        .col_expr(document::Column::Number, Expr::value("SUB1"))
        .col_expr(document::Column::State, Expr::value("active"))
        .col_expr(document::Column::Attention, Expr::value(Option::<String>::None))
        .col_expr(document::Column::Details, Expr::value(details))
        .filter(document::Column::Id.eq(id))
        .exec(site.portico.db.pool())
        .await
        .expect("a subscription");
    id
}

/// An open ticket of a contact's.
pub async fn ticket(site: &Site, contact: ContactId, entity: ContactId) -> Uuid {
    use entities::document;
    let id = invoice(site, contact, entity).await;
    let details = serde_json::json!({ "ticket": { "priority": "", "description": "It does not start." } });
    document::Entity::update_many()
        .col_expr(document::Column::Kind, Expr::value("ticket"))
        .col_expr(document::Column::Number, Expr::value("T1"))
        .col_expr(document::Column::State, Expr::value("open"))
        .col_expr(document::Column::Currency, Expr::value(Option::<String>::None))
        .col_expr(document::Column::Attention, Expr::value(Option::<String>::None))
        .col_expr(document::Column::Details, Expr::value(details))
        .filter(document::Column::Id.eq(id))
        .exec(site.portico.db.pool())
        .await
        .expect("a ticket");
    id
}
