//! Accepting, signing and declining: who may, once, and with which evidence.

use std::sync::Arc;

use domain::{
    documents::{DocumentAction, DocumentKind, DocumentState, SigningForm},
    ids::{ContactId, DocumentId},
};
use entities::{acceptance, audit_event, document, document_file};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use services::{Cx, ServiceError, documents};
use time::Duration;
use uuid::Uuid;

use crate::support::{Portal, on_each_database, rounds};

const HEADER: &str = "id,name,partner_id/id,date_order,validity_date,state,currency_id/name,amount_untaxed,amount_tax,\
                      amount_total,order_line/name,order_line/product_uom_qty,order_line/price_unit,\
                      order_line/price_subtotal\n";

fn order(state: &str, price: &str) -> String {
    format!(
        "{HEADER}s1,S00001,ann,2026-11-01,2026-11-30,{state},USD,{price},0.0,{price},Desk,1.0,{price},{price}\n"
    )
}

async fn books(portal: &Portal) -> (ContactId, DocumentId) {
    let contacts = "id,name,is_company,parent_id/id,email\nacme,Acme,True,,\nann,Ann,,acme,ann@acme.example\n\
                    bob,Bob,,acme,bob@acme.example\nzeta,Zeta,True,,\nzoe,Zoe,,zeta,zoe@zeta.example\n";
    portal
        .import(&[("contacts.csv", contacts.to_owned()), ("orders.csv", order("Quotation Sent", "100.0"))])
        .await;
    (portal.imported("ann").await, sale(portal).await)
}

async fn sale(portal: &Portal) -> DocumentId {
    let found = document::Entity::find().filter(document::Column::Number.eq("S00001"));
    DocumentId(found.one(portal.portico.db.pool()).await.expect("looks").expect("an order").id)
}

async fn state(portal: &Portal, id: DocumentId) -> DocumentState {
    let found = document::Entity::find_by_id(Uuid::from(id)).one(portal.portico.db.pool()).await;
    DocumentState::parse(&found.expect("looks").expect("an order").state).expect("a state")
}

async fn form(cx: &Cx, id: DocumentId) -> SigningForm {
    let page = documents::get_signing(cx, DocumentKind::Sale, id).await.expect("to sign");
    assert_eq!(page.refusal, None);
    SigningForm { name: "Ann Lee".into(), agreed: true, strokes: String::new(), shown: page.shown }
}

async fn accept(cx: &Cx, id: DocumentId, form: &SigningForm) -> Result<(), ServiceError> {
    documents::accept_document(cx, DocumentKind::Sale, id, form).await
}

fn hash(bytes: &[u8]) -> String {
    services::files::ContentHash::of(bytes).to_string()
}

fn refusal(result: Result<(), ServiceError>) -> String {
    match result {
        Err(ServiceError::Refused(text)) => text,
        other => panic!("{other:?}"),
    }
}

async fn answers(portal: &Portal) -> Vec<acceptance::Model> {
    acceptance::Entity::find().all(portal.portico.db.pool()).await.expect("answers")
}

#[test]
fn a_quotation_is_accepted_with_evidence_and_its_file_carries_the_certificate() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let ann = portal.customer(ann, "ann@acme.example").await;
        let page = documents::get_document(&ann, DocumentKind::Sale, id).await.expect("seen");
        assert_eq!(page.actions, [DocumentAction::Sign, DocumentAction::Decline, DocumentAction::Download]);
        let shown = documents::get_paper(&ann, DocumentKind::Sale, id).await.expect("printed");
        let form = form(&ann, id).await;
        let drawn = "0,0 10,10 20,20 30,30 40,40 50,50 60,60 70,70;90,90";
        accept(&ann, id, &SigningForm { strokes: drawn.into(), ..form.clone() }).await.expect("accepts");

        let answer = answers(&portal).await.remove(0);
        assert_eq!((answer.signer.as_str(), answer.login.as_str()), ("Ann Lee", "ann@acme.example"));
        assert!(answer.is_accepted && !answer.address.is_empty() && !answer.agent.is_empty());
        assert!(answer.consent.contains("Quotation S00001") && answer.consent.contains("Acme"));
        assert_eq!((answer.shown.as_str(), answer.strokes.as_str()), (form.shown.as_str(), drawn));
        assert_eq!(answer.shown, hash(&shown.bytes), "what was shown is what was downloaded");

        let signed = documents::get_paper(&ann, DocumentKind::Sale, id).await.expect("kept");
        assert_eq!(answer.signed.as_deref(), Some(hash(&signed.bytes).as_str()));
        let text = String::from_utf8(signed.bytes.into()).expect("text");
        for said in
            ["Ann Lee", "ann@acme.example", &form.shown, &answer.address, "\"strokes\":[[[0,0],[10,10]"]
        {
            assert!(text.contains(said), "{said} in {text}");
        }
        assert_eq!(signed.name, "Quotation-S00001.pdf");
        assert_eq!(state(&portal, id).await, DocumentState::Confirmed);
        let (page, statements) =
            portal.statements_of(documents::get_document(&ann, DocumentKind::Sale, id)).await;
        let page = page.expect("seen");
        assert_eq!(page.actions, [DocumentAction::Download]);
        let answered = page.answered.expect("answered");
        assert!(answered.is_accepted && !answered.is_void && answered.name == "Ann Lee");
        assert!(statements <= 2, "{statements}");
        let event = audit_event::Entity::find().filter(audit_event::Column::Action.eq("document.accepted"));
        let event = event.one(portal.portico.db.pool()).await.expect("looks").expect("an event");
        assert_eq!(event.data["signed"], serde_json::json!(answer.signed));
        documents::check_counters(&portal.system()).await.expect("counts");
    });
}

/// The signer keeps what they agreed to, staff are told, and the document's page tells what happened to it.
#[test]
fn whoever_it_concerns_is_told_and_the_history_says_it() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let of_bob = portal.customer(portal.imported("bob").await, "bob@acme.example").await;
        documents::messages::follow_document(&of_bob, DocumentKind::Sale, id, true).await.expect("follows");
        let before = portal.mails().await.len();
        accept(&cx, id, &form(&cx, id).await).await.expect("accepts");
        let mut told: Vec<_> = portal
            .mails()
            .await
            .split_off(before)
            .into_iter()
            .map(|mail| (mail.to_email, mail.subject))
            .collect();
        told.sort();
        assert_eq!(
            told,
            [
                ("ann@acme.example".to_owned(), "You accepted S00001".to_owned()),
                ("bob@acme.example".to_owned(), "Ann Lee accepted S00001".to_owned()),
                ("help@business.example".to_owned(), "Ann Lee accepted S00001".to_owned()),
            ]
        );
        let (page, statements) =
            portal.statements_of(documents::get_document(&cx, DocumentKind::Sale, id)).await;
        let history = page.expect("reads").history;
        let history: Vec<_> = history.iter().map(|entry| entry.what.as_str()).collect();
        assert_eq!(history, ["Put into the portal", "Accepted by Ann Lee"]);
        assert!(statements <= 3, "{statements}");
        portal.import(&[("orders.csv", order("Quotation Sent", "120.0"))]).await;
        documents::decline_document(&cx, DocumentKind::Sale, id, "Too dear").await.expect("declines");
        let last = portal.mails().await.pop().expect("a mail");
        assert!(
            last.subject.ends_with(" declined S00001") && last.text_body.contains("Too dear"),
            "{}",
            last.subject
        );
        let page = documents::get_document(&cx, DocumentKind::Sale, id).await.expect("reads");
        let history: Vec<_> = page.history.iter().map(|entry| entry.what.as_str()).collect();
        assert_eq!(history[1], "Accepted by Ann Lee, in an earlier version");
        assert!(history[2].starts_with("Declined by "), "{history:?}");
    });
}

#[test]
fn what_is_typed_wrong_is_told_and_signs_nothing() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let ann = portal.customer(ann, "ann@acme.example").await;
        let form = form(&ann, id).await;
        for (wrong, field) in [
            (SigningForm { name: " ".into(), ..form.clone() }, "name"),
            (SigningForm { agreed: false, ..form.clone() }, "agreed"),
            (SigningForm { strokes: "<script>".into(), ..form.clone() }, "strokes"),
        ] {
            match accept(&ann, id, &wrong).await {
                Err(ServiceError::Invalid(errors)) => assert!(errors.get(field).is_some(), "{field}"),
                other => panic!("{other:?}"),
            }
        }
        let other = SigningForm { shown: "0".repeat(64), ..form };
        assert!(refusal(accept(&ann, id, &other).await).contains("changed"));
        let declined = documents::decline_document(&ann, DocumentKind::Sale, id, " ").await;
        assert!(matches!(declined, Err(ServiceError::Invalid(_))));
        assert!(answers(&portal).await.is_empty());
        assert_eq!(state(&portal, id).await, DocumentState::Sent);
    });
}

#[test]
fn many_who_sign_at_once_give_one() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let ann = portal.customer(ann, "ann@acme.example").await;
        let bob = portal.customer(portal.imported("bob").await, "bob@acme.example").await;
        let form = Arc::new(form(&ann, id).await);
        let mut all = tokio::task::JoinSet::new();
        for turn in 0..rounds(20, 50) {
            let (cx, form) = (if turn % 2 == 0 { ann.clone() } else { bob.clone() }, Arc::clone(&form));
            all.spawn(async move { (turn, accept(&cx, id, &form).await) });
        }
        let mut worked = Vec::new();
        while let Some(done) = all.join_next().await {
            let (turn, result) = done.expect("no panic");
            match result {
                Ok(()) => worked.push(turn % 2),
                Err(error) => assert!(matches!(error, ServiceError::Refused(_)), "{error}"),
            }
        }
        worked.dedup();
        assert_eq!(worked.len(), 1, "everybody else is told who signed: {worked:?}");
        assert_eq!(answers(&portal).await.len(), 1);
        let pool = portal.portico.db.pool();
        let signed = document_file::Entity::find().filter(document_file::Column::Role.eq("signed"));
        assert_eq!(signed.count(pool).await.expect("counts"), 1);
        let events = audit_event::Entity::find().filter(audit_event::Column::Action.eq("document.accepted"));
        assert_eq!(events.count(pool).await.expect("counts"), 1);
    });
}

#[test]
fn nobody_signs_what_is_not_theirs_to_sign() {
    on_each_database(|portal| async move {
        let (ann_contact, id) = books(&portal).await;
        let ann = portal.customer(ann_contact, "ann@acme.example").await;
        let zoe = portal.customer(portal.imported("zoe").await, "zoe@zeta.example").await;
        let form = form(&ann, id).await;
        let readers = portal.new_group("Readers", &["sales.view"]).await;
        let reader = portal.regroup_to(ann_contact, readers).await;
        let staff = portal.staff(domain::access::StaffRole::Administrator).await;
        for cx in [&zoe, &reader, &staff] {
            assert!(matches!(accept(cx, id, &form).await, Err(ServiceError::NotFound)));
            let declined = documents::decline_document(cx, DocumentKind::Sale, id, "no").await;
            assert!(matches!(declined, Err(ServiceError::NotFound)));
            assert!(documents::get_signing(cx, DocumentKind::Sale, id).await.is_err());
        }
        let page = documents::get_document(&reader, DocumentKind::Sale, id).await.expect("seen");
        assert_eq!(page.actions, [DocumentAction::Download]);
        // Of another kind there is nothing to sign.
        let invoice = documents::accept_document(&ann, DocumentKind::Invoice, id, &form).await;
        assert!(matches!(invoice, Err(ServiceError::NotFound)));
        assert!(answers(&portal).await.is_empty());
    });
}

#[test]
fn what_is_past_its_day_or_answered_is_refused() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let ann = portal.customer(ann, "ann@acme.example").await;
        let form = form(&ann, id).await;
        portal.clock.advance(Duration::days(9));
        assert!(refusal(accept(&ann, id, &form).await).contains("30 Nov 2026"));
        let page = documents::get_document(&ann, DocumentKind::Sale, id).await.expect("seen");
        assert_eq!(page.actions, [DocumentAction::Download]);
        portal.clock.advance(-Duration::days(1));
        documents::decline_document(&ann, DocumentKind::Sale, id, "Too dear\r\nfor us")
            .await
            .expect("declines");
        documents::decline_document(&ann, DocumentKind::Sale, id, "twice").await.expect("as good as done");
        assert_eq!(state(&portal, id).await, DocumentState::Declined);
        assert!(refusal(accept(&ann, id, &form).await).contains("declined by Ann"));
        let page = documents::get_document(&ann, DocumentKind::Sale, id).await.expect("seen");
        assert_eq!(page.answered.expect("answered").reason, "Too dear\nfor us");
    });
}

#[test]
fn a_new_version_voids_the_signature_and_is_signed_anew() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let ann = portal.customer(ann, "ann@acme.example").await;
        let first = form(&ann, id).await;
        accept(&ann, id, &first).await.expect("accepts");
        portal.import(&[("orders.csv", order("Quotation Sent", "120.0"))]).await;
        let page = documents::get_document(&ann, DocumentKind::Sale, id).await.expect("seen");
        assert!(page.answered.expect("answered").is_void);
        assert!(page.actions.contains(&DocumentAction::Sign));
        let unsigned = documents::get_paper(&ann, DocumentKind::Sale, id).await.expect("prints");
        let text = String::from_utf8(unsigned.bytes.into()).expect("text");
        assert!(text.contains("$120.00") && text.contains("\"certificate\":null"));
        assert!(refusal(accept(&ann, id, &first).await).contains("changed"));
        accept(&ann, id, &form(&ann, id).await).await.expect("accepts");
        assert_eq!(answers(&portal).await.len(), 2);
        assert_eq!(state(&portal, id).await, DocumentState::Confirmed);
    });
}

#[test]
fn what_was_given_out_stays_the_same_until_it_says_something_else() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let ann = portal.customer(ann, "ann@acme.example").await;
        let first = documents::get_paper(&ann, DocumentKind::Sale, id).await.expect("prints");
        // As if the template had changed since: what is printed now would differ.
        let pool = portal.portico.db.pool();
        document::Entity::update_many()
            .col_expr(document::Column::PublishedAt, Expr::value(1_i64))
            .filter(document::Column::Id.eq(Uuid::from(id)))
            .exec(pool)
            .await
            .expect("changes");
        let again = documents::get_paper(&ann, DocumentKind::Sale, id).await.expect("kept");
        assert_eq!(first, again);
        let kept = document_file::Entity::find().one(pool).await.expect("looks").expect("a file");
        assert_eq!(kept.sha256, hash(&first.bytes));
    });
}

#[test]
fn an_uploaded_original_wins_and_is_what_is_signed() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let ann = portal.customer(ann, "ann@acme.example").await;
        let staff = portal.staff(domain::access::StaffRole::Staff).await;
        let pdf = b"%PDF-1.7 from the ERP %%EOF".as_slice();
        for wrong in [b"".as_slice(), b"<svg onload=alert(1)>%%EOF", b"%PDF-1.7 broken"] {
            let refused = documents::save_original(&staff, id, wrong.to_vec().into()).await;
            assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{wrong:?}");
        }
        let by_customer = documents::save_original(&ann, id, pdf.to_vec().into()).await;
        assert!(matches!(by_customer, Err(ServiceError::NotFound)));
        let before = form(&ann, id).await;
        documents::save_original(&staff, id, pdf.to_vec().into()).await.expect("uploads");
        let file = documents::get_paper(&ann, DocumentKind::Sale, id).await.expect("reads");
        assert_eq!((file.bytes.as_ref(), file.is_ours), (pdf, false));
        assert!(refusal(accept(&ann, id, &before).await).contains("changed"));

        let form = form(&ann, id).await;
        assert_eq!(form.shown, hash(pdf));
        accept(&ann, id, &form).await.expect("accepts");
        let signed = documents::get_paper(&ann, DocumentKind::Sale, id).await.expect("reads");
        assert!(signed.bytes.starts_with(pdf), "the original's pages come first");
        // What was signed stays.
        assert!(
            refusal(documents::save_original(&staff, id, pdf.to_vec().into()).await).contains("answered")
        );
        assert!(refusal(documents::remove_original(&staff, id).await).contains("answered"));
    });
}

#[test]
fn a_signature_request_is_signed_as_well() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let ann = portal.customer(ann, "ann@acme.example").await;
        let details =
            serde_json::json!({ "signature": { "description": "We keep what we learn to ourselves." } });
        document::Entity::update_many()
            .col_expr(document::Column::Kind, Expr::value("signature"))
            .col_expr(document::Column::Title, Expr::value("Secrecy agreement"))
            .col_expr(document::Column::Number, Expr::value(""))
            .col_expr(document::Column::Details, Expr::value(details))
            .col_expr(document::Column::Attention, Expr::value(Option::<String>::None))
            .filter(document::Column::Id.eq(Uuid::from(id)))
            .exec(portal.portico.db.pool())
            .await
            .expect("a signature request");
        let kind = DocumentKind::Signature;
        let page = documents::get_signing(&ann, kind, id).await.expect("to sign");
        assert!(page.consent.contains("Secrecy agreement"), "{}", page.consent);
        let form = SigningForm { name: page.name, agreed: true, strokes: String::new(), shown: page.shown };
        assert_eq!(form.name, "Ann");
        documents::accept_document(&ann, kind, id, &form).await.expect("signs");
        assert_eq!(state(&portal, id).await, DocumentState::Signed);
        let signed = documents::get_paper(&ann, kind, id).await.expect("reads");
        assert_eq!(signed.name, "Signature-request-Secrecy-agreement.pdf");
        let text = String::from_utf8(signed.bytes.into()).expect("text");
        assert!(text.contains("We keep what we learn") && text.contains("Logged in as"));
    });
}
