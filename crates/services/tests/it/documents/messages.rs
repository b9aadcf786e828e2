use domain::{
    access::StaffRole,
    documents::{DocumentKind, MessageForm},
    ids::DocumentId,
};
use entities::{audit_event, document};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use services::{
    Cx, ServiceError,
    documents::messages::{list_messages, list_staff_messages, post_message, post_staff_message},
};

use super::books;
use crate::support::{Portal, on_each_database};

const KIND: DocumentKind = DocumentKind::Invoice;

async fn numbered(portal: &Portal, number: &str) -> DocumentId {
    let found = document::Entity::find()
        .filter(document::Column::Number.eq(number))
        .one(portal.portico.db.pool())
        .await
        .expect("looks");
    DocumentId(found.expect("a document").id)
}

async fn ann(portal: &Portal) -> Cx {
    portal.customer(portal.imported("ann").await, "ann@acme.example").await
}

fn typed(text: &str) -> MessageForm {
    MessageForm { message: text.to_owned(), key: String::new() }
}

async fn seen(cx: &Cx, id: DocumentId) -> Vec<String> {
    let page = list_messages(cx, KIND, id).await.expect("reads");
    page.messages.into_iter().map(|message| message.text).collect()
}

#[test]
fn customers_and_staff_write_to_each_other_and_notes_stay_with_staff() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let (ann, staff) = (ann(&portal).await, portal.staff(StaffRole::Staff).await);
        let invoice = numbered(&portal, "INV/ann").await;
        post_message(&ann, KIND, invoice, &typed("  Is this right?\r\n<b>Ann</b> ")).await.expect("posts");
        post_staff_message(&staff, invoice, true, &typed("She asks a lot.")).await.expect("notes");
        post_staff_message(&staff, invoice, false, &typed("It is.")).await.expect("answers");
        assert_eq!(seen(&ann, invoice).await, ["Is this right?\n<b>Ann</b>", "It is."]);
        let all = list_staff_messages(&staff, invoice).await.expect("reads").messages;
        assert_eq!(all.iter().map(|message| message.is_internal).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(all.iter().map(|message| message.is_staff).collect::<Vec<_>>(), [false, true, true]);
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
        let invoice = numbered(&portal, "INV/ann").await;
        for hidden in ["INV/zoe", "INV/draft", "INV/gone"] {
            let id = numbered(&portal, hidden).await;
            assert!(matches!(list_messages(&ann, KIND, id).await, Err(ServiceError::NotFound)), "{hidden}");
            let posted = post_message(&ann, KIND, id, &typed("x")).await;
            assert!(matches!(posted, Err(ServiceError::NotFound)), "{hidden}");
        }
        let other_kind = post_message(&ann, DocumentKind::Sale, invoice, &typed("x")).await;
        assert!(matches!(other_kind, Err(ServiceError::NotFound)));
        assert!(post_staff_message(&ann, invoice, true, &typed("x")).await.is_err());
        assert!(list_staff_messages(&ann, invoice).await.is_err());
        assert!(post_message(&staff, KIND, invoice, &typed("x")).await.is_err());
        assert!(post_message(&portal.anonymous(), KIND, invoice, &typed("x")).await.is_err());
        assert!(seen(&ann, invoice).await.is_empty());
    });
}

#[test]
fn a_form_sent_twice_is_one_message_and_an_empty_or_endless_one_is_none() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = ann(&portal).await;
        let invoice = numbered(&portal, "INV/ann").await;
        let key = list_messages(&ann, KIND, invoice).await.expect("reads").key.to_string();
        let form = MessageForm { message: "Once".into(), key };
        for _ in 0..2 {
            post_message(&ann, KIND, invoice, &form).await.expect("posts");
        }
        for wrong in [" \n ".to_owned(), "x".repeat(10_001)] {
            let posted = post_message(&ann, KIND, invoice, &typed(&wrong)).await;
            let Err(ServiceError::Invalid(errors)) = posted else { panic!("{posted:?}") };
            assert!(errors.get("message").is_some());
        }
        assert_eq!(seen(&ann, invoice).await, ["Once"]);
        // Somebody else's key neither overwrites nor tells.
        let bob = portal.customer(portal.imported("bob").await, "bob@acme.example").await;
        assert!(matches!(post_message(&bob, KIND, invoice, &form).await, Err(ServiceError::NotFound)));
    });
}
