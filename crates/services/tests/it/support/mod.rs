//! A portal to try things on, and people of every kind to try them as.

#[cfg(feature = "passkeys")]
pub mod authenticator;
pub mod bank;
pub mod printer;
pub mod smtp_server;

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::{
    Instant,
    access::{RowChange, RowOutcome, RowRequest, StaffRole},
    contacts::ContactForm,
    ids::{ContactId, GroupId, MembershipId, UserId},
    import::Severity,
};
use entities::{api_key, contact, group, group_permission, mail_outbox, membership, user};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, Database, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use services::{
    Clock, Cx, Db, Origin, Portico, PorticoConfig, access, api, auth, contacts,
    import::{SourceFile, import_odoo},
    settings,
};
use time::macros::datetime;
use uuid::Uuid;

/// A password that every rule lets through.
pub const PASSWORD: &str = "tram-otter-violin-42";

/// A number of rounds: the small one every day, the whole one in `cargo xtask soak`.
pub fn rounds(every_day: usize, whole: usize) -> usize {
    if std::env::var_os("PORTICO_SOAK").is_some() { whole } else { every_day }
}

/// One installation with a clock that tests set.
#[derive(Clone)]
pub struct Portal {
    pub portico: Arc<Portico>,
    pub clock: Clock,
    statements: Arc<AtomicU64>,
    /// `sqlite` or `postgres`, for messages.
    pub database: &'static str,
}

/// Runs a test on a fresh SQLite database, and on a fresh PostgreSQL one where a server is at hand.
pub fn on_each_database<F, Fut>(test: F)
where
    F: Fn(Portal) -> Fut,
    Fut: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let folder = temp_dir::TempDir::new().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("portico.db").display());
        test(Portal::over(&url, "sqlite").await).await;
        if let Ok(server) = std::env::var("PORTICO_TEST_POSTGRES") {
            let (base, _) = server.rsplit_once('/').expect("an address with a database");
            let name = format!("test_{}", Uuid::now_v7().simple());
            let maintenance = Database::connect(&server).await.expect("the PostgreSQL server");
            maintenance.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
            test(Portal::over(&format!("{base}/{name}"), "postgres").await).await;
        }
    });
}

impl Portal {
    async fn over(url: &str, database: &'static str) -> Self {
        let db = Db::connect(url).await.expect("connects");
        db.migrate().await.expect("migrates");
        let (db, statements) = db.counted();
        let clock = Clock::set_to(Instant::from(datetime!(2026-11-22 10:00 UTC)));
        let config = PorticoConfig {
            public_url: "https://portal.business.example".to_owned(),
            business: "Rivet Works".to_owned(),
            support_email: "help@business.example".to_owned(),
            mail_from: "portal@business.example".to_owned(),
            secret_key: services::secrets::SecretKey::random(),
            files: services::files::Files::in_memory(),
            api_rate: 10,
        };
        let portico = Portico::new(db, clock.clone(), config);
        settings::seed_groups(&portico.system("test")).await.expect("groups");
        printer::plain(&portico);
        Self { portico, clock, statements, database }
    }

    /// Another process over the same database.
    pub fn restarted(&self) -> Self {
        let config = self.portico.config.clone();
        let portico = Portico::new(self.portico.db.clone(), self.clock.clone(), config);
        Self { portico, ..self.clone() }
    }

    /// How many statements something takes.
    pub async fn statements_of<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        let before = self.statements.load(Ordering::SeqCst);
        let done = work.await;
        (done, self.statements.load(Ordering::SeqCst) - before)
    }

    /// Imports CSV texts, by the names of their files.
    pub async fn import(&self, files: &[(&str, String)]) {
        let files =
            files.iter().map(|(name, text)| SourceFile::new(*name, text.clone().into_bytes())).collect();
        let report = import_odoo(&self.system(), files, false, |_, _| {}).await.expect("imports");
        assert_eq!(report.notes_of(Severity::Error), 0, "{:?}", report.notes);
    }

    /// The contact of an external id.
    pub async fn imported(&self, external_id: &str) -> ContactId {
        let found = contact::Entity::find()
            .filter(contact::Column::ExternalId.eq(external_id))
            .one(self.portico.db.pool())
            .await
            .expect("looks");
        ContactId(found.expect("a contact").id)
    }

    /// A seeded permission group.
    pub async fn group(&self, code: &str) -> GroupId {
        let found = group::Entity::find()
            .filter(group::Column::Code.eq(code))
            .one(self.portico.db.pool())
            .await
            .expect("looks");
        GroupId(found.expect("a seeded group").id)
    }

    /// A permission group that allows something within the company: `sales.view`.
    pub async fn new_group(&self, name: &str, allows: &[&str]) -> GroupId {
        let id = Uuid::now_v7();
        let row = group::ActiveModel {
            id: Set(id),
            code: Set(None),
            name: Set(name.to_owned()),
            description: Set(String::new()),
            is_default: Set(false),
            require_two_factor: Set(false),
            version: Set(1),
        };
        group::Entity::insert(row).exec_without_returning(self.portico.db.pool()).await.expect("a group");
        for allowed in allows {
            let (area, action) = allowed.split_once('.').expect("area.action");
            let row = group_permission::ActiveModel {
                group_id: Set(id),
                area: Set(area.to_owned()),
                action: Set(action.to_owned()),
                scope: Set("company".to_owned()),
            };
            let insert = group_permission::Entity::insert(row);
            insert.exec_without_returning(self.portico.db.pool()).await.expect("a permission");
        }
        GroupId(id)
    }

    /// Puts the customers of a contact into a seeded permission group, and resolves their session anew.
    pub async fn regroup(&self, contact: ContactId, code: &str) -> Cx {
        self.regroup_to(contact, self.group(code).await).await
    }

    /// Puts the customers of a contact into a permission group, and resolves their session anew.
    pub async fn regroup_to(&self, contact: ContactId, group: GroupId) -> Cx {
        let (user, membership) = self.member(contact).await;
        membership::Entity::update_many()
            .col_expr(membership::Column::GroupId, Expr::value(Uuid::from(group)))
            .filter(membership::Column::Id.eq(Uuid::from(membership)))
            .exec(self.portico.db.pool())
            .await
            .expect("regroups");
        let session = self.signed_in(user, Some(membership)).await;
        session.expect("a session").cx
    }

    /// The user and membership of a contact in force.
    pub async fn member(&self, contact: ContactId) -> (UserId, MembershipId) {
        let live = membership::Entity::find()
            .filter(membership::Column::ContactId.eq(Uuid::from(contact)))
            .filter(membership::Column::State.eq("active"))
            .one(self.portico.db.pool())
            .await
            .expect("looks")
            .expect("a membership");
        (UserId(live.user_id), MembershipId(live.id))
    }

    /// Another program, with a key for these scopes.
    pub async fn program(&self, scopes: &[&str]) -> Cx {
        let secret = format!("ptk_{}", Uuid::now_v7());
        let row = api_key::ActiveModel {
            id: Set(Uuid::now_v7()),
            name: Set("ERP".to_owned()),
            hint: Set("ptk_test".to_owned()),
            hash: Set(services::hash_secret(&secret)),
            scopes: Set(scopes.join(" ")),
            created_by: Set("Tess".to_owned()),
            created_at: Set(self.clock.now().millis()),
            expires_at: Set(None),
            last_used_at: Set(None),
            revoked_at: Set(None),
        };
        api_key::Entity::insert(row).exec_without_returning(self.portico.db.pool()).await.expect("a key");
        api::enter_key(&self.anonymous(), &secret).await.expect("enters").cx
    }

    pub fn system(&self) -> Cx {
        self.portico.system("test")
    }

    pub fn anonymous(&self) -> Cx {
        self.portico.anonymous(origin())
    }

    /// The context of a staff user with a role.
    pub async fn staff(&self, role: StaffRole) -> Cx {
        let user = self.staff_user(role).await;
        self.signed_in(user, None).await.expect("a session").cx
    }

    /// The hash of a new session of a new staff user with a role.
    pub async fn staff_session(&self, role: StaffRole) -> String {
        let whose = auth::NewSession { user: Some(self.staff_user(role).await), ..Default::default() };
        let hash = Uuid::now_v7().to_string();
        auth::open_session(&self.portico, &hash, whose, &origin()).await.expect("a session");
        hash
    }

    /// A new staff user with a role.
    pub async fn staff_user(&self, role: StaffRole) -> UserId {
        let id = Uuid::now_v7();
        let row = user::ActiveModel {
            id: Set(id),
            login: Set(format!("{}-{id}@business.example", role.code())),
            name: Set(role.label().to_owned()),
            password_hash: Set(None),
            kind: Set("staff".to_owned()),
            role: Set(Some(role.code().to_owned())),
            status: Set("active".to_owned()),
            require_two_factor: Set(false),
            two_factor_since: Set(None),
            last_authenticated_at: Set(None),
            created_at: Set(self.clock.now().millis()),
        };
        user::Entity::insert(row).exec_without_returning(self.portico.db.pool()).await.expect("a staff user");
        UserId(id)
    }

    /// Opens a session and resolves it, as the server does for each request.
    pub async fn signed_in(
        &self,
        user: UserId,
        membership: Option<MembershipId>,
    ) -> Option<auth::SessionView> {
        let hash = Uuid::now_v7().to_string();
        let proved_at = Some(self.clock.now());
        let whose = auth::NewSession { user: Some(user), membership, proved_at, ..Default::default() };
        auth::open_session(&self.portico, &hash, whose, &origin()).await.expect("a session");
        auth::resolve_session(&self.portico, &hash, auth::Face::Portal, origin()).await.expect("resolves")
    }

    /// The next request of the same browser.
    pub async fn again(&self, cx: &Cx) -> Option<Cx> {
        let hash = cx.session().expect("a session");
        let view = auth::resolve_session(&self.portico, hash, auth::Face::Portal, origin()).await;
        view.expect("resolves").map(|view| view.cx)
    }

    pub async fn company(&self, name: &str) -> ContactId {
        self.contact(ContactForm { name: name.into(), kind: "company".into(), ..ContactForm::default() })
            .await
    }

    pub async fn person(&self, company: ContactId, name: &str, email: &str) -> ContactId {
        let form = ContactForm {
            name: name.into(),
            kind: "person".into(),
            parent: company.to_string(),
            email: email.into(),
            ..ContactForm::default()
        };
        self.contact(form).await
    }

    pub async fn contact(&self, form: ContactForm) -> ContactId {
        contacts::save_contact(&self.system(), None, &form).await.expect("a contact")
    }

    /// One row of the dialog, as an administrator.
    pub async fn change(&self, contact: ContactId, email: &str, change: RowChange) -> RowOutcome {
        let request = RowRequest { contact, email: email.to_owned(), change, group: None };
        let mut outcomes = access::change_access(&self.system(), &[request], "").await.expect("changes");
        outcomes.remove(0)
    }

    /// Grants access and accepts the invitation; the context of the customer.
    pub async fn customer(&self, contact: ContactId, email: &str) -> Cx {
        let outcome = self.change(contact, email, RowChange::Grant).await;
        assert!(matches!(outcome, RowOutcome::Done { .. }), "{outcome:?}");
        let secret = self.newest_link_secret().await;
        let accepted =
            auth::accept_invitation(&self.anonymous(), &secret, PASSWORD, PASSWORD).await.expect("accepts");
        self.signed_in(accepted.user, accepted.membership).await.expect("a session").cx
    }

    /// Every mail, oldest first.
    pub async fn mails(&self) -> Vec<mail_outbox::Model> {
        mail_outbox::Entity::find()
            .order_by_asc(mail_outbox::Column::CreatedAt)
            .order_by_asc(mail_outbox::Column::Id)
            .all(self.portico.db.pool())
            .await
            .expect("mails")
    }

    /// The secret in the newest mail's link.
    pub async fn newest_link_secret(&self) -> String {
        let mails = self.mails().await;
        link_secret(&mails.last().expect("a mail").text_body)
    }
}

/// The secret of the invitation link in a mail's text.
pub fn link_secret(text: &str) -> String {
    let (_, after) = text.split_once("https://portal.business.example/accept/").expect("a link");
    after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

pub fn origin() -> Origin {
    Origin {
        address: "192.0.2.1".to_owned(),
        agent: "test".to_owned(),
        request_id: "test".to_owned(),
        device: None,
    }
}
