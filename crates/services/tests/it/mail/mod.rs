mod crashes;
mod delivery;
mod folder;
mod list_and_resend;
mod outages;
mod worker;

use std::time::Duration;

use domain::{access::RowChange, mail::MailState};
use entities::mail_outbox;
use sea_orm::{ActiveValue::Set, EntityTrait};
use services::mail::MailTransport;
use uuid::Uuid;

use crate::support::{Portal, smtp_server::SmtpServer};

/// Patience that keeps tests short.
const PATIENCE: Duration = Duration::from_millis(400);

fn transport(server: &SmtpServer) -> MailTransport {
    MailTransport::parse(&format!("smtp://127.0.0.1:{}", server.port))
        .expect("parses")
        .with_patience(PATIENCE)
}

/// Queues an invitation to `<name>@acme.example`.
async fn invite(portal: &Portal, name: &str) -> domain::ids::ContactId {
    let acme = portal.company(&format!("Acme of {name}")).await;
    let email = format!("{name}@acme.example");
    let contact = portal.person(acme, name, &email).await;
    portal.change(contact, &email, RowChange::Grant).await;
    contact
}

/// Queues a mail that holds no secret.
async fn queue(portal: &Portal, to: &str) -> Uuid {
    let now = portal.clock.now();
    let id = Uuid::now_v7();
    let mail = mail_outbox::ActiveModel {
        id: Set(id),
        template: Set("notice".to_owned()),
        to_email: Set(to.to_owned()),
        to_name: Set("Ann".to_owned()),
        subject: Set("A notice".to_owned()),
        text_body: Set("Hello".to_owned()),
        html_body: Set("<p>Hello</p>".to_owned()),
        is_secret: Set(false),
        state: Set(MailState::Queued.code().to_owned()),
        attempts: Set(0),
        created_at: Set(now.millis()),
        next_try_at: Set(now.millis()),
        leased_until: Set(None),
        sent_at: Set(None),
        error: Set(None),
        membership_id: Set(None),
    };
    mail_outbox::Entity::insert(mail).exec_without_returning(portal.portico.db.pool()).await.expect("a mail");
    id
}

/// The state and the reason of the only mail to an address.
async fn mail_to(portal: &Portal, to: &str) -> mail_outbox::Model {
    let mut mails = portal.mails().await;
    mails.retain(|mail| mail.to_email == to);
    assert_eq!(mails.len(), 1, "{to}");
    mails.remove(0)
}
