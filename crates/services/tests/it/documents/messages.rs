//! What customers and staff write to each other on documents.

use bytes::Bytes;
use domain::{
    access::{RowChange, StaffRole},
    documents::{Conversation, DocumentKind, MessageForm},
    ids::{DocumentId, MessageId},
};
use entities::{audit_event, mail_outbox};
use futures::TryStreamExt as _;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use services::{
    Cx, ServiceError, account,
    documents::{
        get_document, get_staff_document,
        messages::{
            Upload, follow_document, follow_staff_document, get_attachment, get_staff_attachment,
            post_message, post_staff_message,
        },
    },
};
use uuid::Uuid;

use super::{books, document_id};
use crate::support::{Portal, on_each_database};

const KIND: DocumentKind = DocumentKind::Invoice;

async fn ann(portal: &Portal) -> Cx {
    portal.customer(portal.imported("ann").await, "ann@acme.example").await
}

fn typed(text: &str) -> MessageForm {
    MessageForm { message: text.to_owned(), key: String::new() }
}

fn file(name: &str) -> Upload {
    Upload { name: name.to_owned(), bytes: Bytes::from_static(b"%PDF-1.4 some bytes") }
}

async fn post(cx: &Cx, id: DocumentId, text: &str) -> Result<(), ServiceError> {
    post_message(cx, KIND, id, &typed(text), Vec::new()).await
}

async fn answer(staff: &Cx, id: DocumentId, text: &str) {
    post_staff_message(staff, id, false, &typed(text), Vec::new()).await.expect("answers");
}

async fn conversation(cx: &Cx, id: DocumentId) -> Conversation {
    get_document(cx, KIND, id).await.expect("reads").conversation.expect("a conversation")
}

async fn of_staff(cx: &Cx, id: DocumentId) -> Conversation {
    get_staff_document(cx, id).await.expect("reads").page.conversation.expect("a conversation")
}

async fn seen(cx: &Cx, id: DocumentId) -> Vec<String> {
    conversation(cx, id).await.messages.into_iter().map(|message| message.text).collect()
}

/// Who was told, and the mails' subjects.
async fn told(portal: &Portal) -> Vec<(String, String)> {
    let mails = mail_outbox::Entity::find()
        .filter(mail_outbox::Column::Template.eq("message"))
        .order_by_asc(mail_outbox::Column::CreatedAt)
        .order_by_asc(mail_outbox::Column::Id)
        .all(portal.portico.db.pool())
        .await
        .expect("looks");
    mails.into_iter().map(|mail| (mail.to_email, mail.subject)).collect()
}

#[test]
fn customers_and_staff_write_to_each_other_and_notes_stay_with_staff() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let (ann, staff) = (ann(&portal).await, portal.staff(StaffRole::Staff).await);
        let invoice = document_id(&portal, "INV/ann").await;
        post(&ann, invoice, "  Is this right?\r\n<b>Ann</b> ").await.expect("posts");
        let note = typed("She asks a lot.");
        post_staff_message(&staff, invoice, true, &note, vec![file("secret.pdf")]).await.expect("notes");
        answer(&staff, invoice, "It is.").await;
        let (page, statements) = portal.statements_of(get_document(&ann, KIND, invoice)).await;
        assert!(page.is_ok() && statements <= 2, "{statements}");
        assert_eq!(seen(&ann, invoice).await, ["Is this right?\n<b>Ann</b>", "It is."]);
        let (page, statements) = portal.statements_of(get_staff_document(&staff, invoice)).await;
        assert!(page.is_ok() && statements <= 4, "{statements}");
        let all = of_staff(&staff, invoice).await.messages;
        assert_eq!(all.iter().map(|message| message.is_internal).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(all.iter().map(|message| message.is_staff).collect::<Vec<_>>(), [false, true, true]);
        // What is attached to a note is as hidden as the note.
        let note = all[1].id;
        assert!(matches!(get_attachment(&ann, KIND, invoice, note, 0).await, Err(ServiceError::NotFound)));
        assert!(get_staff_attachment(&staff, invoice, note, 0).await.is_ok());
        let notes = audit_event::Entity::find()
            .filter(audit_event::Column::Action.eq("document.note_written"))
            .all(portal.portico.db.pool())
            .await
            .expect("looks");
        assert!(notes.len() == 1 && notes.iter().all(|note| note.entity_id.is_none()), "{}", portal.database);
    });
}

#[test]
fn nobody_reads_or_writes_on_what_they_do_not_see() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let (ann, staff) = (ann(&portal).await, portal.staff(StaffRole::Staff).await);
        let zoe = portal.customer(portal.imported("zoe").await, "zoe@zeta.example").await;
        let invoice = document_id(&portal, "INV/ann").await;
        post_message(&ann, KIND, invoice, &typed("See"), vec![file("a.pdf")]).await.expect("posts");
        let message = conversation(&ann, invoice).await.messages[0].id;
        for hidden in ["INV/zoe", "INV/draft", "INV/gone"] {
            let id = document_id(&portal, hidden).await;
            assert!(matches!(post(&ann, id, "x").await, Err(ServiceError::NotFound)), "{hidden}");
            assert!(
                matches!(follow_document(&ann, KIND, id, true).await, Err(ServiceError::NotFound)),
                "{hidden}"
            );
            // A message of another document is not found under this one.
            assert!(matches!(get_attachment(&ann, KIND, id, message, 0).await, Err(ServiceError::NotFound)));
        }
        let zoes = document_id(&portal, "INV/zoe").await;
        assert!(matches!(get_attachment(&zoe, KIND, zoes, message, 0).await, Err(ServiceError::NotFound)));
        assert!(matches!(get_attachment(&zoe, KIND, invoice, message, 0).await, Err(ServiceError::NotFound)));
        assert!(matches!(get_attachment(&ann, KIND, invoice, message, 1).await, Err(ServiceError::NotFound)));
        assert!(matches!(
            get_attachment(&ann, KIND, invoice, MessageId(Uuid::nil()), 0).await,
            Err(ServiceError::NotFound)
        ));
        let other_kind = post_message(&ann, DocumentKind::Sale, invoice, &typed("x"), Vec::new()).await;
        assert!(matches!(other_kind, Err(ServiceError::NotFound)));
        assert!(post_staff_message(&ann, invoice, true, &typed("x"), Vec::new()).await.is_err());
        assert!(follow_staff_document(&ann, invoice, true).await.is_err());
        assert!(post(&staff, invoice, "x").await.is_err());
        assert!(post(&portal.anonymous(), invoice, "x").await.is_err());
        assert_eq!(seen(&ann, invoice).await, ["See"]);
    });
}

#[test]
fn a_form_sent_twice_is_one_message_and_an_empty_or_endless_one_is_none() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = ann(&portal).await;
        let invoice = document_id(&portal, "INV/ann").await;
        let form =
            MessageForm { message: "Once".into(), key: conversation(&ann, invoice).await.key.to_string() };
        for _ in 0..2 {
            post_message(&ann, KIND, invoice, &form, Vec::new()).await.expect("posts");
        }
        for wrong in [" \n ".to_owned(), "x".repeat(10_001)] {
            let posted = post(&ann, invoice, &wrong).await;
            let Err(ServiceError::Invalid(errors)) = posted else { panic!("{posted:?}") };
            assert!(errors.get("message").is_some());
        }
        assert_eq!(seen(&ann, invoice).await, ["Once"]);
        assert_eq!(told(&portal).await.len(), 1);
        // Somebody else's key neither overwrites nor tells.
        let bob = portal.customer(portal.imported("bob").await, "bob@acme.example").await;
        let posted = post_message(&bob, KIND, invoice, &form, Vec::new()).await;
        assert!(matches!(posted, Err(ServiceError::NotFound)));
    });
}

#[test]
fn files_travel_along_and_what_runs_does_not() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let (ann, staff) = (ann(&portal).await, portal.staff(StaffRole::Staff).await);
        let invoice = document_id(&portal, "INV/ann").await;
        let refused = |uploads: Vec<Upload>| {
            let cx = ann.clone();
            async move {
                let posted = post_message(&cx, KIND, invoice, &typed("See"), uploads).await;
                let Err(ServiceError::Invalid(errors)) = posted else { panic!("{posted:?}") };
                errors.get("files").expect("a reason").to_owned()
            }
        };
        assert!(refused(vec![file("page.html")]).await.contains("cannot be sent"));
        assert!(refused(vec![file("picture.png")]).await.contains("not what its name says"));
        assert!(refused((0..6).map(|_| file("a.pdf")).collect()).await.contains("At most 5 files"));
        let large = Upload { name: "l.pdf".into(), bytes: Bytes::from(vec![b'%'; 10 * 1024 * 1024 + 1]) };
        assert!(refused(vec![file("a.pdf"), large]).await.contains("larger than 10 MB"));
        assert!(seen(&ann, invoice).await.is_empty(), "nothing half-done is kept");
        // A file is enough.
        post_message(&ann, KIND, invoice, &typed(""), vec![file("../../a b.pdf"), file("c.PDF")])
            .await
            .expect("posts");
        let message = conversation(&ann, invoice).await.messages.remove(0);
        let names: Vec<_> = message.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a-b.pdf", "c.pdf"]);
        let got = get_staff_attachment(&staff, invoice, message.id, 1).await.expect("opens");
        let bytes = got.content.parts.try_collect::<Vec<_>>().await.expect("reads").concat();
        assert_eq!((got.name.as_str(), bytes.as_slice()), ("c.pdf", b"%PDF-1.4 some bytes".as_slice()));
    });
}

#[test]
fn whoever_follows_is_told_while_they_may_know_and_want_to() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let (acme, bob) = (portal.imported("acme").await, portal.imported("bob").await);
        let ann = ann(&portal).await;
        let boss = portal.customer(acme, "boss@acme.example").await;
        let bob_cx = portal.customer(bob, "bob@acme.example").await;
        let staff = portal.staff(StaffRole::Staff).await;
        let invoice = document_id(&portal, "INV/ann").await;
        let addressees = || async { told(&portal).await.into_iter().map(|(to, _)| to).collect::<Vec<_>>() };
        // Nobody of the staff follows: the business is told. Seeing it is not being told.
        post(&ann, invoice, "Hello").await.expect("posts");
        assert_eq!(
            told(&portal).await,
            [("help@business.example".to_owned(), "Ann wrote on INV/ann".to_owned())]
        );
        assert_eq!(conversation(&ann, invoice).await.follows, Some(true), "who writes follows");
        assert_eq!(conversation(&boss, invoice).await.follows, Some(false));
        // Staff answer: Ann is told, and staff follow from now on.
        answer(&staff, invoice, "Hello, Ann").await;
        assert_eq!(addressees().await[1..], ["ann@acme.example"]);
        follow_document(&boss, KIND, invoice, true).await.expect("follows");
        follow_document(&bob_cx, KIND, invoice, true).await.expect("follows");
        post(&ann, invoice, "Thanks").await.expect("posts");
        let mut third = addressees().await.split_off(2);
        third.sort();
        assert_eq!(third.len(), 3, "{third:?}");
        assert!(
            !third.contains(&"ann@acme.example".to_owned())
                && !third.contains(&"help@business.example".to_owned())
        );
        // A note is for staff, and its writer is the only one of them.
        post_staff_message(&staff, invoice, true, &typed("Hm"), Vec::new()).await.expect("notes");
        assert_eq!(addressees().await.len(), 5);
        // One has enough, one may not know any more, one wants no such mails.
        follow_document(&boss, KIND, invoice, false).await.expect("unfollows");
        portal.change(bob, "", RowChange::Revoke).await;
        account::save_mail_choices(&ann, &[]).await.expect("saves");
        answer(&staff, invoice, "Anybody?").await;
        assert_eq!(addressees().await.len(), 5);
        follow_staff_document(&staff, invoice, false).await.expect("unfollows");
        assert_eq!(of_staff(&staff, invoice).await.follows, Some(false));
        post(&boss, invoice, "Here").await.expect("posts");
        assert_eq!(addressees().await[5..], ["help@business.example"]);
    });
}

#[test]
fn many_who_write_on_one_document_at_once_all_get_through() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let (ann, staff) = (ann(&portal).await, portal.staff(StaffRole::Staff).await);
        let invoice = document_id(&portal, "INV/ann").await;
        post(&ann, invoice, "Which of you is it?").await.expect("posts");
        // More than there are connections, each of which asks what Ann sees.
        futures::future::join_all((0..40).map(|n| {
            let (staff, text) = (staff.clone(), format!("I am number {n}."));
            async move { answer(&staff, invoice, &text).await }
        }))
        .await;
        assert_eq!(seen(&ann, invoice).await.len(), 41, "{}", portal.database);
        let mails = told(&portal).await;
        assert_eq!(mails.iter().filter(|(to, _)| to == "ann@acme.example").count(), 40);
    });
}

#[test]
fn a_text_loses_what_cannot_be_seen() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = ann(&portal).await;
        let invoice = document_id(&portal, "INV/ann").await;
        post(&ann, invoice, "a\0b\u{1b}[31m\r\n\tc\rd\u{7f}").await.expect("posts");
        assert_eq!(seen(&ann, invoice).await, ["ab[31m\n\tc\nd"], "{}", portal.database);
        let posted = post(&ann, invoice, " \0 \u{8}").await;
        assert!(matches!(posted, Err(ServiceError::Invalid(_))), "{posted:?}");
    });
}
