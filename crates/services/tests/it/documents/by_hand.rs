use domain::{
    access::StaffRole,
    documents::{
        DocumentDetails, DocumentFormRequest, DocumentKind, DocumentPage, DocumentRequest, StaffOnly,
        TypedDocument,
    },
    ids::{ContactId, DocumentId},
};
use services::{Cx, ServiceError, documents};
use uuid::Uuid;

use super::books;
use crate::support::{Portal, on_each_database};

fn typed(fields: &[(&str, &str)]) -> TypedDocument {
    TypedDocument(fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
}

fn quotation(contact: &str, key: &str) -> TypedDocument {
    typed(&[
        ("key", key),
        ("contact", contact),
        ("number", "S00023"),
        ("state", "sent"),
        ("dated_on", "2026-11-20"),
        ("due_on", "2026-12-20"),
        ("currency", "USD"),
        ("line.1.description", "Office chair\nblack"),
        ("line.1.quantity", "4"),
        ("line.1.price", "1,085.00"),
        ("line.1.discount", "10"),
        ("line.3.description", "Delivery"),
        ("line.3.price", "50"),
        ("tax", "15 %"),
        ("note", "Net 30 days"),
    ])
}

async fn sales(cx: &Cx) -> Vec<String> {
    let request =
        DocumentRequest { kind: DocumentKind::Sale, filter: Default::default(), page: Default::default() };
    let page = documents::list_documents(cx, &request).await.expect("lists");
    page.page.items.into_iter().map(|row| row.number).collect()
}

/// The form as it comes, to be sent back with some fields changed.
async fn again(cx: &Cx, id: DocumentId, changes: &[(&str, &str)]) -> TypedDocument {
    let request = DocumentFormRequest { id: Some(id), ..Default::default() };
    let form = documents::get_document_form(cx, &request).await.expect("a form");
    let mut fields = vec![("version".to_owned(), form.version.to_string())];
    for field in form.head.iter().chain(&form.foot).flat_map(|section| &section.fields) {
        fields.push((field.name.clone(), field.value.clone()));
    }
    for (number, line) in (1..).zip(form.lines.unwrap_or_default()) {
        for part in domain::documents::TypedLine::PARTS {
            fields.push((domain::documents::TypedLine::field(number, part), line.part(part).to_owned()));
        }
    }
    for (name, value) in changes {
        fields.retain(|(field, _)| field != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    TypedDocument(fields)
}

fn wrong(answer: Result<DocumentId, ServiceError>) -> Vec<String> {
    match answer {
        Err(ServiceError::Invalid(errors)) => errors.iter().map(|(field, _)| field.to_owned()).collect(),
        other => panic!("{other:?}"),
    }
}

async fn ann_and_staff(portal: &Portal) -> (ContactId, Cx, Cx) {
    books(portal).await;
    let ann = portal.imported("ann").await;
    let customer = portal.customer(ann, "ann@acme.example").await;
    (ann, customer, portal.staff(StaffRole::Staff).await)
}

#[test]
fn a_quotation_written_by_hand_is_the_customers_once_it_is_published() {
    on_each_database(|portal| async move {
        let (ann, customer, staff) = ann_and_staff(&portal).await;
        let key = Uuid::now_v7().to_string();
        let typed = quotation(&ann.to_string(), &key);
        let id =
            documents::save_document(&staff, None, Some(DocumentKind::Sale), &typed).await.expect("saves");
        let twice = documents::save_document(&staff, None, Some(DocumentKind::Sale), &typed).await;
        assert_eq!(twice.expect("a second click"), id);
        assert_eq!(id.to_string(), key);
        assert!(sales(&customer).await.is_empty(), "not published yet");

        documents::set_published(&staff, &[id], true).await.expect("publishes");
        assert_eq!(sales(&customer).await, ["S00023"]);
        let page = documents::get_document(&customer, DocumentKind::Sale, id).await.expect("opens");
        let totals = page.totals.expect("sums");
        assert_eq!((totals.untaxed.minor, totals.tax.minor, totals.total.minor), (395_600, 59_340, 454_940));
        let lines: Vec<_> = page.lines.iter().map(|line| (line.quantity, line.subtotal.minor)).collect();
        assert_eq!(lines, [(4_000, 390_600), (1_000, 5_000)]);
        assert_eq!((page.row.title.as_str(), page.bill_to.name.as_str()), ("Office chair", "Ann"));
        assert!(matches!(&page.details, DocumentDetails::Sale { note, .. } if note == "Net 30 days"));
        let home = documents::home(&customer).await.expect("a home");
        assert!(home.attention.iter().any(|item| item.id == id), "to be reviewed");
        assert!(documents::check_counters(&portal.system()).await.expect("counts").is_empty());
    });
}

#[test]
fn what_is_not_changed_stays_as_it_was() {
    on_each_database(|portal| async move {
        let (ann, customer, staff) = ann_and_staff(&portal).await;
        let typed = quotation(&ann.to_string(), "");
        let id =
            documents::save_document(&staff, None, Some(DocumentKind::Sale), &typed).await.expect("saves");
        documents::set_published(&staff, &[id], true).await.expect("publishes");
        let opened = || async {
            let page = documents::get_document(&customer, DocumentKind::Sale, id).await.expect("opens");
            // Each page brings the key of the next message.
            DocumentPage { conversation: None, ..page }
        };
        let before = opened().await;
        let same = again(&staff, id, &[]).await;
        documents::save_document(&staff, Some(id), None, &same).await.expect("saves");
        assert_eq!(before, opened().await);

        let changed = again(&staff, id, &[("line.1.price", "1000"), ("state", "confirmed")]).await;
        documents::save_document(&staff, Some(id), None, &changed).await.expect("saves");
        let after = documents::get_document(&customer, DocumentKind::Sale, id).await.expect("opens");
        assert_eq!(after.lines[0].subtotal.minor, 360_000);
        assert_eq!(after.totals.map(|totals| totals.tax.minor), Some(59_340), "an amount of tax stays");
        assert_eq!(after.row.noun, "Order");

        let stale = documents::save_document(&staff, Some(id), None, &same).await;
        assert!(matches!(stale, Err(ServiceError::Stale)), "{stale:?}");
    });
}

#[test]
fn an_imported_invoice_survives_its_form() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let staff = portal.staff(StaffRole::Staff).await;
        let filter =
            domain::documents::StaffDocumentFilter { search: "INV/ann".into(), ..Default::default() };
        let found = documents::list_staff_documents(&staff, &filter).await.expect("lists");
        let id = found.page.items[0].row.id;
        let opened = || async {
            let page = documents::get_staff_document(&staff, id).await.expect("a page").page;
            DocumentPage { conversation: None, ..page }
        };
        let before = opened().await;
        let form = again(&staff, id, &[]).await;
        documents::save_document(&staff, Some(id), None, &form).await.expect("saves");
        assert_eq!(before, opened().await, "also without lines");

        let paid = again(&staff, id, &[("paid", "100.00")]).await;
        documents::save_document(&staff, Some(id), None, &paid).await.expect("saves");
        let page = documents::get_staff_document(&staff, id).await.expect("a page").page;
        assert_eq!(page.totals.map(|totals| totals.open.minor), Some(0));
        let too_much = again(&staff, id, &[("paid", "100.01")]).await;
        assert_eq!(wrong(documents::save_document(&staff, Some(id), None, &too_much).await), ["paid"]);
    });
}

#[test]
fn customers_are_found_by_words_and_a_new_one_sees_nothing_by_itself() {
    on_each_database(|portal| async move {
        let (_, ann, staff) = ann_and_staff(&portal).await;
        let save = |words: &'static str| {
            let mut typed = quotation("", "");
            typed.0.push(("customer".into(), words.into()));
            let staff = &staff;
            async move { documents::save_document(staff, None, Some(DocumentKind::Sale), &typed).await }
        };
        assert_eq!(wrong(save("acme").await), ["contact"], "several fit");
        assert_eq!(wrong(save("nobody of that name").await), ["customer"]);
        let id = save("ann@acme.example").await.expect("the only one");
        assert_eq!(wrong(save("bob").await), ["number"], "numbers are given once");
        documents::set_published(&staff, &[id], true).await.expect("publishes");
        documents::get_document(&ann, DocumentKind::Sale, id).await.expect("opens");
        documents::write_first_views(&portal.portico).await.expect("writes");

        let request = DocumentFormRequest {
            kind: Some(DocumentKind::Sale),
            customer: "zoe".into(),
            ..DocumentFormRequest::default()
        };
        let form = documents::get_document_form(&staff, &request).await.expect("a form");
        let zoe = form.head[0].fields[0].value.clone();
        assert_eq!(zoe, portal.imported("zoe").await.to_string(), "a single one is chosen");
        let moved = again(&staff, id, &[("contact", &zoe)]).await;
        documents::save_document(&staff, Some(id), None, &moved).await.expect("saves");
        let page = documents::get_staff_document(&staff, id).await.expect("a page");
        assert_eq!((page.exposure.published, page.exposure.first_viewed), (None, None));
        assert_eq!(page.page.bill_to.name, "Zoe");
        assert!(sales(&ann).await.is_empty());
        assert!(documents::check_counters(&portal.system()).await.expect("counts").is_empty());
    });
}

#[test]
fn tasks_hang_under_projects_and_leads_keep_what_is_the_staffs() {
    on_each_database(|portal| async move {
        let (ann, customer, staff) = ann_and_staff(&portal).await;
        let project = typed(&[("contact", &ann.to_string()), ("title", "Move"), ("state", "open")]);
        let project = documents::save_document(&staff, None, Some(DocumentKind::Project), &project)
            .await
            .expect("a project");
        let task = typed(&[
            ("parent", &project.to_string()),
            ("title", "Pack"),
            ("state", "in_progress"),
            ("spent", "1:30"),
            ("description", "Boxes\r\n\r\nTape"),
        ]);
        let task =
            documents::save_document(&staff, None, Some(DocumentKind::Task), &task).await.expect("a task");
        documents::set_published(&staff, &[project, task], true).await.expect("publishes");
        let page = documents::get_document(&customer, DocumentKind::Task, task).await.expect("opens");
        assert_eq!(page.parent.map(|parent| parent.name).as_deref(), Some("Move"), "the project's customer");
        assert_eq!(page.row.minutes, Some(90));
        let odd =
            typed(&[("parent", &task.to_string()), ("title", "Below a task"), ("state", "in_progress")]);
        let odd = documents::save_document(&staff, None, Some(DocumentKind::Task), &odd).await;
        assert_eq!(wrong(odd), ["parent"]);

        let lead = typed(&[
            ("contact", &ann.to_string()),
            ("title", "New halls"),
            ("state", "open"),
            ("currency", "USD"),
            ("salesperson", "Marc"),
            ("expected_revenue", "40,000"),
            ("probability", "12.5"),
        ]);
        let lead =
            documents::save_document(&staff, None, Some(DocumentKind::Lead), &lead).await.expect("a lead");
        documents::set_published(&staff, &[lead], true).await.expect("publishes");
        let seen = documents::get_document(&customer, DocumentKind::Lead, lead).await.expect("opens");
        assert!(
            matches!(&seen.details, DocumentDetails::Lead { expected_revenue: StaffOnly(None), .. }),
            "{:?}",
            seen.details
        );
        let page = documents::get_staff_document(&staff, lead).await.expect("a page").page;
        assert!(matches!(
            &page.details,
            DocumentDetails::Lead { expected_revenue: StaffOnly(Some(4_000_000)), .. }
        ));
    });
}

#[test]
fn writing_is_for_staff() {
    on_each_database(|portal| async move {
        let (ann, customer, _) = ann_and_staff(&portal).await;
        for (cx, is_anonymous) in [(portal.anonymous(), true), (customer, false)] {
            let request = DocumentFormRequest { kind: Some(DocumentKind::Sale), ..Default::default() };
            let typed = quotation(&ann.to_string(), "");
            let answers = [
                documents::get_document_form(&cx, &request).await.map(|_| ()),
                documents::save_document(&cx, None, Some(DocumentKind::Sale), &typed).await.map(|_| ()),
            ];
            for answer in answers {
                match answer {
                    Err(ServiceError::Unauthenticated) => assert!(is_anonymous),
                    Err(ServiceError::NotFound) => assert!(!is_anonymous),
                    other => panic!("{other:?}"),
                }
            }
        }
    });
}
