use domain::{
    PageRequest,
    access::{RowChange, StaffRole},
    ids::MailId,
    mail::{ListMailRequest, MailState},
};
use entities::audit_event;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use services::{
    ServiceError,
    mail::{drain, list_mail, resend_mail},
};
use time::Duration;

use super::{invite, mail_to, queue, transport};
use crate::support::{PASSWORD, Portal, on_each_database, smtp_server::SmtpServer};

fn in_state(state: MailState) -> ListMailRequest {
    ListMailRequest { state: Some(state), ..ListMailRequest::default() }
}

async fn failed_invitation(portal: &Portal, server: &SmtpServer, name: &str) -> MailId {
    let email = format!("{name}@acme.example");
    invite(portal, name).await;
    server.does_not_know(&email);
    drain(&portal.portico, &transport(server)).await.expect("delivers");
    server.does_not_know("");
    let mail = mail_to(portal, &email).await;
    assert_eq!(mail.state, "failed");
    MailId(mail.id)
}

async fn reason(portal: &Portal, mail: MailId) -> String {
    match resend_mail(&portal.system(), mail).await {
        Err(ServiceError::Refused(reason)) => reason,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn only_administrators_see_mail_and_send_it_again() {
    on_each_database(|portal| async move {
        let id = MailId(queue(&portal, "ann@acme.example").await);
        let acme = portal.company("Acme").await;
        let bob = portal.person(acme, "Bob", "bob@acme.example").await;
        let hidden = [
            portal.customer(bob, "bob@acme.example").await,
            portal.staff(StaffRole::Staff).await,
            portal.staff(StaffRole::ContactManager).await,
        ];
        for cx in &hidden {
            assert!(matches!(list_mail(cx, &ListMailRequest::default()).await, Err(ServiceError::NotFound)));
            assert!(matches!(resend_mail(cx, id).await, Err(ServiceError::NotFound)));
        }
        let nobody = portal.anonymous();
        let listed = list_mail(&nobody, &ListMailRequest::default()).await;
        assert!(matches!(listed, Err(ServiceError::Unauthenticated)));
        assert!(matches!(resend_mail(&nobody, id).await, Err(ServiceError::Unauthenticated)));
        let administrator = portal.staff(StaffRole::Administrator).await;
        assert_eq!(
            list_mail(&administrator, &ListMailRequest::default()).await.expect("lists").items.len(),
            2
        );
        assert!(resend_mail(&administrator, id).await.is_ok());
        let missing = resend_mail(&administrator, MailId(uuid::Uuid::now_v7())).await;
        assert!(matches!(missing, Err(ServiceError::NotFound)));
    });
}

#[test]
fn the_list_is_newest_first_by_state_and_paged() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        let cx = portal.system();
        server.does_not_know("a1@acme.example");
        let mut ids = Vec::new();
        for number in 0..60 {
            ids.push(MailId(queue(&portal, &format!("a{number}@acme.example")).await));
        }
        ids.reverse();
        let first = list_mail(&cx, &ListMailRequest::default()).await.expect("lists");
        assert_eq!(first.items.iter().map(|mail| mail.id).collect::<Vec<_>>(), ids[..50]);
        assert!(first.previous.is_none());
        let page = PageRequest { after: first.next, before: None };
        let second = list_mail(&cx, &ListMailRequest { page, state: None }).await.expect("lists");
        assert_eq!(second.items.iter().map(|mail| mail.id).collect::<Vec<_>>(), ids[50..]);
        assert!(second.next.is_none());
        let page = PageRequest { after: None, before: second.previous };
        let back = list_mail(&cx, &ListMailRequest { page, state: None }).await.expect("lists");
        assert_eq!(back.items, first.items);
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        let failed = list_mail(&cx, &in_state(MailState::Failed)).await.expect("lists").items;
        assert_eq!(failed.len(), 1);
        assert_eq!((failed[0].to.as_str(), failed[0].attempts), ("a1@acme.example", 1));
        assert!(failed[0].error.as_ref().is_some_and(|error| error.contains("550")));
        assert!(failed[0].next_try.is_none() && failed[0].sent.is_none());
        assert!(list_mail(&cx, &in_state(MailState::Queued)).await.expect("lists").items.is_empty());
        let sent = list_mail(&cx, &in_state(MailState::Sent)).await.expect("lists");
        assert!(sent.items.len() == 50 && sent.items[0].sent.is_some());
    });
}

#[test]
fn a_failed_mail_is_queued_anew_and_the_deed_is_on_record() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        let id = failed_invitation(&portal, &server, "ann").await;
        let row = resend_mail(&portal.system(), id).await.expect("resends");
        assert_eq!((row.id, row.state, row.attempts, row.error), (id, MailState::Queued, 0, None));
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(server.received().len(), 1);
        let recorded = audit_event::Entity::find()
            .filter(audit_event::Column::Action.eq("mail.resent"))
            .filter(audit_event::Column::SubjectId.eq(id.0))
            .count(portal.portico.db.pool())
            .await
            .expect("counts");
        assert_eq!(recorded, 1);
    });
}

#[test]
fn a_waiting_mail_is_tried_now() {
    on_each_database(|portal| async move {
        let mut server = SmtpServer::start().await;
        server.down().await;
        let id = MailId(queue(&portal, "ann@acme.example").await);
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        server.up().await;
        let row = resend_mail(&portal.system(), id).await.expect("resends");
        assert_eq!((row.attempts, row.next_try), (1, Some(portal.clock.now())));
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(server.received().len(), 1);
    });
}

#[test]
fn a_sent_mail_is_sent_again_as_another_one_unless_its_link_is_gone() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        let id = MailId(queue(&portal, "ann@acme.example").await);
        invite(&portal, "bob").await;
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        let copy = resend_mail(&portal.system(), id).await.expect("resends");
        assert_ne!(copy.id, id);
        assert_eq!((copy.state, copy.attempts, copy.sent), (MailState::Queued, 0, None));
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        let received = server.received();
        assert_eq!(received.len(), 3);
        assert_ne!(received[0].message_id, received[2].message_id);
        let invitation = MailId(mail_to(&portal, "bob@acme.example").await.id);
        assert!(reason(&portal, invitation).await.contains("Re-invite instead"));
    });
}

#[test]
fn an_invitation_whose_link_is_dead_is_not_sent_again() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        let accepted = failed_invitation(&portal, &server, "ann").await;
        let secret = portal.newest_link_secret().await;
        let expired = failed_invitation(&portal, &server, "bob").await;
        let cleo = invite(&portal, "cleo").await;
        let revoked = MailId(mail_to(&portal, "cleo@acme.example").await.id);
        portal.change(cleo, "", RowChange::Revoke).await;
        services::auth::accept_invitation(&portal.anonymous(), &secret, PASSWORD, PASSWORD)
            .await
            .expect("accepts");
        assert!(reason(&portal, accepted).await.contains("accepted already"));
        assert!(reason(&portal, revoked).await.contains("was revoked"));
        assert!(resend_mail(&portal.system(), expired).await.is_ok(), "not yet expired");
        portal.clock.advance(Duration::days(8));
        assert!(reason(&portal, expired).await.contains("Re-invite instead"));
    });
}
