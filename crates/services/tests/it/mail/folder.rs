use std::{fs, path::Path};

use entities::mail_outbox;
use mail_parser::MessageParser;
use sea_orm::{EntityTrait, sea_query::Expr};
use services::mail::{MailTransport, drain};

use super::{invite, queue};
use crate::support::{link_secret, on_each_database};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect();
    names.sort();
    names
}

#[test]
fn a_folder_gets_one_readable_file_a_mail() {
    on_each_database(|portal| async move {
        let place = temp_dir::TempDir::new().expect("a folder");
        let folder = place.path().join("deep").join("mail");
        let transport = MailTransport::parse(&format!("file:{}", folder.display())).expect("parses");
        invite(&portal, "ann").await;
        let secret = portal.newest_link_secret().await;
        portal.clock.advance(time::Duration::minutes(1));
        let later = queue(&portal, "bob@acme.example").await;
        drain(&portal.portico, &transport).await.expect("delivers");
        let written = names(&folder);
        assert_eq!(written.len(), 2, "{written:?}");
        assert!(written[0].starts_with("20261122T100000Z-"), "{written:?}");
        assert_eq!(written[1], format!("20261122T100100Z-{later}.eml"), "{written:?}");
        let raw = fs::read(folder.join(&written[0])).expect("the file");
        let message = MessageParser::default().parse(&raw).expect("parses");
        assert_eq!(link_secret(&message.body_text(0).expect("a text")), secret);
        assert_eq!(message.subject(), Some("Your access to the Rivet Works customer portal"));

        // As after a kill between writing and noting it.
        mail_outbox::Entity::update_many()
            .col_expr(mail_outbox::Column::State, Expr::value("queued"))
            .exec(portal.portico.db.pool())
            .await
            .expect("as a killed worker left it");
        drain(&portal.portico, &transport).await.expect("delivers");
        assert_eq!(names(&folder), written, "a second try makes no second file");
    });
}

#[test]
fn a_folder_that_cannot_be_written_keeps_the_mail_waiting() {
    on_each_database(|portal| async move {
        let place = temp_dir::TempDir::new().expect("a folder");
        let file = place.path().join("file");
        fs::write(&file, "in the way").expect("a file");
        let transport = MailTransport::parse(&format!("file:{}/mail", file.display())).expect("parses");
        queue(&portal, "ann@acme.example").await;
        let report = drain(&portal.portico, &transport).await.expect("delivers");
        assert_eq!((report.sent, report.failed), (0, 0));
        assert!(portal.mails().await[0].error.as_ref().is_some_and(|error| error.contains("folder")));
    });
}
