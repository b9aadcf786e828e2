//! Tickets that customers open, and whose turn it is.

use bytes::Bytes;
use domain::{
    access::StaffRole,
    documents::{DocumentAction, DocumentKind, DocumentState, MessageForm, TicketForm},
    ids::DocumentId,
};
use entities::mail_outbox;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use services::{
    Cx, ServiceError,
    documents::{
        get_document, get_staff_document, home,
        messages::{Upload, post_message, post_staff_message},
        tickets::{create_ticket, get_new_ticket, set_staff_ticket_open, set_ticket_open},
    },
};

use super::books;
use crate::support::{Portal, on_each_database};

const KIND: DocumentKind = DocumentKind::Ticket;

fn typed(cx: &Cx, subject: &str) -> TicketForm {
    TicketForm {
        subject: subject.to_owned(),
        description: "It hums.\r\nSince Monday.".to_owned(),
        key: get_new_ticket(cx).expect("may open one").to_string(),
    }
}

async fn ann(portal: &Portal) -> Cx {
    portal.customer(portal.imported("ann").await, "ann@acme.example").await
}

async fn open(cx: &Cx, subject: &str) -> DocumentId {
    create_ticket(cx, &typed(cx, subject), Vec::new()).await.expect("opens")
}

async fn state(cx: &Cx, id: DocumentId) -> (DocumentState, Vec<DocumentAction>) {
    let page = get_document(cx, KIND, id).await.expect("reads");
    (page.row.state, page.actions)
}

async fn subjects(portal: &Portal) -> Vec<String> {
    let mails = mail_outbox::Entity::find()
        .filter(mail_outbox::Column::Template.eq("message"))
        .order_by_asc(mail_outbox::Column::CreatedAt)
        .order_by_asc(mail_outbox::Column::Id)
        .all(portal.portico.db.pool())
        .await
        .expect("looks");
    mails.into_iter().map(|mail| format!("{}: {}", mail.to_email, mail.subject)).collect()
}

fn message(text: &str) -> MessageForm {
    MessageForm { message: text.to_owned(), key: String::new() }
}

#[test]
fn a_ticket_is_opened_answered_closed_and_opened_again() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let (ann, staff) = (ann(&portal).await, portal.staff(StaffRole::Staff).await);
        let before = home(&ann).await.expect("a home");
        let picture = Upload { name: "pump.png".into(), bytes: Bytes::from_static(b"\x89PNG\r\n\x1a\n...") };
        let form = typed(&ann, "  The pump   hums ");
        let id = create_ticket(&ann, &form, vec![picture]).await.expect("opens");
        assert_eq!(
            create_ticket(&ann, &form, Vec::new()).await.expect("the same"),
            id,
            "sent twice it is one"
        );
        let page = get_document(&ann, KIND, id).await.expect("reads");
        assert_eq!((page.row.number.as_str(), page.row.title.as_str()), ("T00001", "The pump hums"));
        let conversation = page.conversation.expect("a conversation");
        assert_eq!(conversation.messages[0].files[0].name, "pump.png");
        assert_eq!((conversation.follows, conversation.may_post), (Some(true), true));
        assert_eq!(state(&ann, id).await, (DocumentState::Open, vec![DocumentAction::Close]));
        let count = |home: &domain::documents::Home| {
            home.tiles.iter().find(|tile| tile.kind == KIND).map(|tile| tile.count)
        };
        let after = home(&ann).await.expect("a home");
        assert_eq!(count(&after), count(&before).map(|count| count + 1));
        assert_eq!(subjects(&portal).await, ["help@business.example: Ann opened the ticket T00001"]);

        post_staff_message(&staff, id, true, &message("Pump again"), Vec::new()).await.expect("notes");
        assert_eq!(state(&ann, id).await.0, DocumentState::Open, "a note is no answer");
        post_staff_message(&staff, id, false, &message("Is it plugged in?"), Vec::new())
            .await
            .expect("answers");
        assert_eq!(state(&ann, id).await.0, DocumentState::Waiting);
        post_message(&ann, KIND, id, &message("It is."), Vec::new()).await.expect("answers");
        assert_eq!(state(&ann, id).await.0, DocumentState::Open);

        set_staff_ticket_open(&staff, id, false).await.expect("closes");
        set_staff_ticket_open(&staff, id, false).await.expect("closed already");
        assert_eq!(state(&ann, id).await, (DocumentState::Closed, vec![DocumentAction::Reopen]));
        set_ticket_open(&ann, id, true).await.expect("opens");
        assert_eq!(state(&ann, id).await.0, DocumentState::Open);
        set_ticket_open(&ann, id, false).await.expect("closes");
        post_message(&ann, KIND, id, &message("One more thing"), Vec::new()).await.expect("writes");
        assert_eq!(state(&ann, id).await.0, DocumentState::Open, "writing opens it again");
        assert_eq!(get_staff_document(&staff, id).await.expect("reads").page.row.state, DocumentState::Open);
        let told = subjects(&portal).await;
        assert!(
            told[1].starts_with("ann@acme.example: ") && told[1].ends_with(" wrote on T00001"),
            "{told:?}"
        );
        assert!(
            told.iter()
                .any(|told| told.starts_with("ann@acme.example") && told.contains("closed the ticket"))
        );
    });
}

#[test]
fn tickets_are_opened_by_whoever_may_and_say_what_they_are_about() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = ann(&portal).await;
        let zoe = portal.customer(portal.imported("zoe").await, "zoe@zeta.example").await;
        let staff = portal.staff(StaffRole::Staff).await;
        let wrong = TicketForm { subject: " ".into(), description: String::new(), key: String::new() };
        let Err(ServiceError::Invalid(errors)) = create_ticket(&ann, &wrong, Vec::new()).await else {
            panic!("it was opened");
        };
        assert!(errors.get("subject").is_some() && errors.get("description").is_some());
        for nobody in [&staff, &portal.anonymous()] {
            assert!(get_new_ticket(nobody).is_err());
            assert!(create_ticket(nobody, &wrong, Vec::new()).await.is_err());
        }
        let id = open(&ann, "Hers").await;
        for other in [&zoe, &staff] {
            assert!(matches!(get_document(other, KIND, id).await, Err(ServiceError::NotFound)));
            assert!(matches!(set_ticket_open(other, id, false).await, Err(ServiceError::NotFound)));
        }
        assert!(set_staff_ticket_open(&ann, id, false).await.is_err());
        // Somebody else's key is no ticket of theirs.
        let form = TicketForm { key: id.to_string(), ..typed(&zoe, "Taken") };
        assert!(matches!(create_ticket(&zoe, &form, Vec::new()).await, Err(ServiceError::NotFound)));
        // Numbers go up, and none is given twice.
        let many = futures::future::join_all((0..8).map(|n| {
            let (cx, form) = (ann.clone(), typed(&ann, &format!("Number {n}")));
            async move { create_ticket(&cx, &form, Vec::new()).await.expect("opens") }
        }));
        let mut numbers = Vec::new();
        for id in many.await {
            numbers.push(get_document(&ann, KIND, id).await.expect("reads").row.number);
        }
        numbers.sort();
        numbers.dedup();
        assert_eq!((numbers.len(), numbers[7].as_str()), (8, "T00009"), "{}", portal.database);
        // A form sent many times at once is one ticket for all of them, and costs one number.
        let form = typed(&ann, "A \0 pump\u{8}\r\nhums");
        let same = futures::future::join_all((0..8).map(|_| create_ticket(&ann, &form, Vec::new()))).await;
        let same: Vec<_> = same.into_iter().map(|id| id.expect("opens").to_string()).collect();
        assert!(same.iter().all(|id| *id == form.key), "{same:?} {}", portal.database);
        let page = get_document(&ann, KIND, form.key.parse().expect("a key")).await.expect("reads");
        assert_eq!((page.row.number.as_str(), page.row.title.as_str()), ("T00010", "A pump hums"));
        let next = get_document(&ann, KIND, open(&ann, "Next").await).await.expect("reads");
        assert_eq!(next.row.number, "T00011");
        let none = portal.regroup(portal.imported("ann").await, "none").await;
        assert!(get_new_ticket(&none).is_err());
    });
}
