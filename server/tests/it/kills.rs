//! The program killed, as by a power cut, while it grants access and sends the invitation.

use std::time::{Duration, Instant};

use entities::{contact, mail_outbox, membership, token, user};
use sea_orm::{
    ColumnTrait, ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait, PaginatorTrait,
    QueryFilter, Statement, sea_query::Expr,
};
use serde_json::json;
use temp_dir::TempDir;
use tokio::time::sleep;

use crate::{
    smtp_server::{Mood, SmtpServer},
    support::{
        process::{PASSWORD, Server, create_administrator, new_postgres_database},
        rounds,
    },
};

const JSON: &str = "application/json";

/// When the program is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// So long after the grant was asked for: before its commit, after it, or while the mail is under way.
    After(Duration),
    /// When the mail server has the mail, and has not said so.
    BeforeTheAnswer,
}

impl Moment {
    /// Every sixth time at the narrowest place; else spread evenly over what a grant and its mail take.
    fn of(cycle: usize) -> Self {
        match cycle % 6 {
            5 => Self::BeforeTheAnswer,
            _ => Self::After(Duration::from_millis((cycle as u64 * 37) % 97)),
        }
    }
}

async fn cycles(database: &str) {
    let folder = TempDir::new().expect("a folder");
    create_administrator(&folder, database);
    let books = Database::connect(database).await.expect("the database");
    let mails = SmtpServer::start().await;
    let mail = format!("smtp://127.0.0.1:{}", mails.port);
    let settings = [("PORTICO_MAIL", mail.as_str())];
    let mut server = Server::start_with(&folder, database, &settings).await;
    let cookie = server.sign_in(PASSWORD, "").await.cookie("portico").expect("a session");
    let number = rounds(12, 500);
    for cycle in 0..number {
        let email = format!("p{cycle}@acme.example");
        let form = json!({ "id": null, "form": { "name": email, "kind": "person", "email": email } });
        let saved = server.post("/fn/staff/contacts/save_contact", JSON, &cookie, &form.to_string()).await;
        assert_eq!(saved.map(|answer| answer.status), Some(200), "{cycle}");
        let person = contact::Entity::find().filter(contact::Column::Email.eq(&email)).one(&books).await;
        let person = person.expect("reads").expect("the contact");
        let grant = json!({
            "rows": [{ "contact": person.id, "email": email, "change": "Grant" }],
            "message": "",
        });
        let grant = grant.to_string();
        let change = server.post("/fn/staff/access/change_access", JSON, &cookie, &grant);
        match Moment::of(cycle) {
            Moment::After(pause) => {
                tokio::select! {
                    biased;
                    () = sleep(pause) => {}
                    () = async { change.await; std::future::pending().await } => {}
                }
            }
            Moment::BeforeTheAnswer => {
                mails.set(Mood::HangsAfterData);
                let before = mails.received().len();
                tokio::join!(change, mails.wait_for(before + 1));
            }
        }
        server.kill();
        mails.set(Mood::Willing);
        is_whole(&books).await;
        // Two minutes go by: whatever the killed one was at is free again.
        mail_outbox::Entity::update_many()
            .col_expr(mail_outbox::Column::LeasedUntil, Expr::value(None::<i64>))
            .exec(&books)
            .await
            .expect("writes");
        server = Server::start_with(&folder, database, &settings).await;
        let again = server.post("/fn/staff/access/change_access", JSON, &cookie, &grant).await;
        assert_eq!(again.map(|answer| answer.status), Some(200), "{cycle}");
        is_granted_once(&books, &person, cycle).await;
    }
    all_are_sent(&books).await;
    server.kill();
    let received = mails.received();
    assert!(received.len() <= 2 * number, "a kill repeats one mail at most: {}", received.len());
    for cycle in 0..number {
        let theirs = received.iter().filter(|mail| mail.to == format!("p{cycle}@acme.example"));
        let mut ids: Vec<_> = theirs.map(|mail| &mail.message_id).collect();
        ids.dedup();
        assert_eq!(ids.len(), 1, "{cycle}: not lost, and whatever came again is the same mail");
    }
    let users = user::Entity::find().filter(user::Column::Kind.eq("portal")).count(&books).await;
    assert_eq!(users.expect("counts"), number as u64, "nobody twice");
}

/// The database says of itself that it is whole.
async fn is_whole(books: &DatabaseConnection) {
    if books.get_database_backend() == DbBackend::Sqlite {
        let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check");
        let row = books.query_one_raw(check).await.expect("checks").expect("an answer");
        assert_eq!(row.try_get_by_index::<String>(0).expect("a text"), "ok");
    }
}

/// One membership, one living link, and one mail.
async fn is_granted_once(books: &DatabaseConnection, person: &contact::Model, cycle: usize) {
    let held = membership::Entity::find().filter(membership::Column::ContactId.eq(person.id));
    let held = held.filter(membership::Column::State.ne("ended")).all(books).await.expect("reads");
    assert_eq!(held.len(), 1, "{cycle}: {held:?}");
    let links = token::Entity::find().filter(token::Column::MembershipId.eq(held[0].id));
    let links = links.filter(token::Column::VoidedAt.is_null());
    let links = links.filter(token::Column::UsedAt.is_null()).count(books).await.expect("counts");
    assert_eq!(links, 1, "{cycle}");
    let written = mail_outbox::Entity::find().filter(mail_outbox::Column::ToEmail.eq(&person.email));
    assert_eq!(written.count(books).await.expect("counts"), 1, "{cycle}: one mail is written");
}

/// Waits until no mail is left.
async fn all_are_sent(books: &DatabaseConnection) {
    let patience = Instant::now();
    loop {
        let left = mail_outbox::Entity::find().filter(mail_outbox::Column::State.ne("sent"));
        if left.count(books).await.expect("counts") == 0 {
            return;
        }
        assert!(patience.elapsed() < Duration::from_secs(60), "a mail is lost");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn whatever_the_moment_of_a_kill_access_is_granted_once() {
    let folder = TempDir::new().expect("a folder");
    cycles(&format!("sqlite://{}?mode=rwc", folder.path().join("killed.db").display())).await;
    if let Some(database) = new_postgres_database().await {
        cycles(&database).await;
    }
}
