use domain::access::{RowChange, StaffRole};
use entities::mail_outbox;
use mail_parser::MessageParser;
use sea_orm::{EntityTrait, sea_query::Expr};
use services::{
    ServiceError,
    mail::{DeliveryReport, MailTransport, deliver_due, drain, send_test_mail},
};

use super::{invite, mail_to, queue, transport};
use crate::support::{link_secret, on_each_database, smtp_server::SmtpServer};

#[test]
fn an_invitation_arrives_with_its_link_and_is_forgotten_here() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        invite(&portal, "ann").await;
        let secret = portal.newest_link_secret().await;
        let report = deliver_due(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(report, DeliveryReport { sent: 1, ..DeliveryReport::default() });
        let mail = mail_to(&portal, "ann@acme.example").await;
        assert_eq!((mail.state.as_str(), mail.attempts), ("sent", 1));
        assert_eq!(mail.sent_at, Some(portal.clock.now().millis()));
        assert_eq!((mail.text_body.as_str(), mail.html_body.as_str()), ("", ""), "secret bodies are wiped");
        let received = server.received();
        assert_eq!(received[0].to, "ann@acme.example");
        assert_eq!(received[0].message_id, format!("{}@portal.business.example", mail.id));
        assert_eq!(link_secret(&received[0].text), secret);
        let message = MessageParser::default().parse(&received[0].raw).expect("parses");
        let from = message.from().and_then(|from| from.first()).expect("a sender");
        assert_eq!((from.name(), from.address()), (Some("Rivet Works"), Some("portal@business.example")));
        let to = message.to().and_then(|to| to.first()).expect("a recipient");
        assert_eq!((to.name(), to.address()), (Some("ann"), Some("ann@acme.example")));
        assert!(message.body_html(0).is_some_and(|html| html.contains("Activate your account")));
        assert_eq!(
            deliver_due(&portal.portico, &transport(&server)).await.ok(),
            Some(DeliveryReport::default())
        );
    });
}

#[test]
fn a_mail_without_a_secret_is_kept() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        queue(&portal, "ann@acme.example").await;
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(mail_to(&portal, "ann@acme.example").await.text_body, "Hello");
    });
}

#[test]
fn one_bad_address_fails_alone_and_at_once() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        server.does_not_know("bad@acme.example");
        for to in ["a@acme.example", "bad@acme.example", "no address", "zoë@acme.example", "b@acme.example"]
        {
            queue(&portal, to).await;
        }
        let report = deliver_due(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(report, DeliveryReport { sent: 2, failed: 3, retried: 0 });
        for (to, said) in [
            ("bad@acme.example", "550 5.1.1 no such user"),
            ("no address", "address"),
            ("zoë@acme.example", "a to z"),
        ] {
            let mail = mail_to(&portal, to).await;
            assert_eq!(mail.state, "failed");
            assert!(mail.error.as_ref().is_some_and(|error| error.contains(said)), "{:?}", mail.error);
            assert_eq!(mail.text_body, "Hello", "kept to be sent again");
        }
    });
}

#[test]
fn a_revoked_invitation_is_not_sent_and_an_undone_one_is() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        let ann = invite(&portal, "ann").await;
        portal.change(ann, "", RowChange::Revoke).await;
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        assert!(server.received().is_empty());
        portal.change(ann, "", RowChange::UndoRevoke).await;
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        assert_eq!(server.received().len(), 1);
    });
}

#[test]
fn a_superseded_invitation_is_not_sent() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        let ann = invite(&portal, "ann").await;
        portal.change(ann, "ann@acme.example", RowChange::Reinvite).await;
        let secret = portal.newest_link_secret().await;
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        let received = server.received();
        assert_eq!(received.len(), 1);
        assert_eq!(link_secret(&received[0].text), secret);
    });
}

#[test]
fn names_cannot_add_headers() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        queue(&portal, "ann@acme.example").await;
        // Contacts refuse such names; an import or a later feature may not.
        mail_outbox::Entity::update_many()
            .col_expr(mail_outbox::Column::ToName, Expr::value("Ann\r\nBcc: eve@evil.example\r\n\r\nHi"))
            .col_expr(mail_outbox::Column::Subject, Expr::value("Hello\nX-Evil: 1"))
            .exec(portal.portico.db.pool())
            .await
            .expect("a hostile mail");
        drain(&portal.portico, &transport(&server)).await.expect("delivers");
        let received = server.received();
        let message = MessageParser::default().parse(&received[0].raw).expect("parses");
        assert!(message.bcc().is_none());
        assert_eq!(
            message.to().and_then(|to| to.first()).and_then(|to| to.address()),
            Some("ann@acme.example")
        );
        assert!(message.header("X-Evil").is_none());
        assert_eq!(message.subject(), Some("Hello X-Evil: 1"));
        assert_eq!(message.body_text(0).as_deref().map(str::trim), Some("Hello"));
    });
}

#[test]
fn the_password_is_sent_and_a_wrong_one_fails_no_mail() {
    on_each_database(|portal| async move {
        let server = SmtpServer::start().await;
        // AUTH PLAIN of user "a@b" with the password "p:w".
        server.wants_password("AGFAYgBwOnc=");
        queue(&portal, "ann@acme.example").await;
        let with = |password: &str| {
            let url = format!("smtp://a%40b:{password}@127.0.0.1:{}", server.port);
            MailTransport::parse(&url).expect("parses")
        };
        let report = deliver_due(&portal.portico, &with("hunter2")).await.expect("delivers");
        assert_eq!(report.retried, 1);
        let error = mail_to(&portal, "ann@acme.example").await.error.expect("a reason");
        assert!(error.contains("535") && !error.contains("hunter2"), "{error}");
        portal.clock.advance(time::Duration::minutes(1));
        assert_eq!(deliver_due(&portal.portico, &with("p%3aw")).await.expect("delivers").sent, 1);
    });
}

#[test]
fn a_test_mail_tells_what_the_server_said() {
    on_each_database(|portal| async move {
        let mut server = SmtpServer::start().await;
        server.does_not_know("bad@acme.example");
        let (system, transport) = (portal.system(), transport(&server));
        let said = send_test_mail(&system, &transport, "Ann@acme.example").await.expect("sends");
        assert_eq!(said, "250 2.0.0 queued as 42");
        assert!(server.received()[0].text.contains("test mail of the Rivet Works customer portal"));
        let wrong = send_test_mail(&system, &transport, "ann").await;
        assert!(matches!(wrong, Err(ServiceError::Invalid(_))), "{wrong:?}");
        let unknown = send_test_mail(&system, &transport, "bad@acme.example").await.expect_err("refused");
        assert!(unknown.to_string().contains("550 5.1.1 no such user"), "{unknown}");
        server.down().await;
        let down = send_test_mail(&system, &transport, "ann@acme.example").await.expect_err("is down");
        assert!(down.to_string().contains("refused (os error"), "{down}");
        let manager = portal.staff(StaffRole::ContactManager).await;
        let hidden = send_test_mail(&manager, &transport, "ann@acme.example").await;
        assert!(matches!(hidden, Err(ServiceError::NotFound)));
    });
}
