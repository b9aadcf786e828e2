//! Share links: who makes them, what they open, and what ends them.
#![allow(clippy::indexing_slicing, reason = "a test's panic says where")]

use domain::{
    access::{RowChange, StaffRole},
    documents::{
        DocumentAction, DocumentKind, MessageForm, ShareForm, ShareSide, ShareStanding, SigningForm,
    },
    ids::{ContactId, DocumentId, ShareLinkId},
};
use entities::{acceptance, audit_event, contact, document, share_link};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use services::{
    Cx, ServiceError, documents,
    documents::sharing::{self, NewShareLink},
};
use time::Duration;
use uuid::Uuid;

use crate::support::{Portal, on_each_database};

const ORDERS: &str = "id,name,partner_id/id,date_order,validity_date,state,currency_id/name,amount_untaxed,amount_tax,\
                      amount_total,order_line/name,order_line/product_uom_qty,order_line/price_unit,\
                      order_line/price_subtotal\n\
                      s1,S00001,ann,2026-11-01,2026-12-30,Quotation Sent,USD,100.0,0.0,100.0,Desk,1.0,100.0,100.0\n";

const STAFF: ShareSide = ShareSide::Staff;
const CUSTOMER: ShareSide = ShareSide::Customer(DocumentKind::Sale);

async fn books(portal: &Portal) -> (ContactId, DocumentId) {
    let contacts = "id,name,is_company,parent_id/id,email\nacme,Acme,True,,\nann,Ann,,acme,ann@acme.example\n\
                    bob,Bob,,acme,bob@acme.example\n";
    portal.import(&[("contacts.csv", contacts.to_owned()), ("orders.csv", ORDERS.to_owned())]).await;
    let found = document::Entity::find().filter(document::Column::Number.eq("S00001"));
    let found = found.one(portal.portico.db.pool()).await.expect("looks").expect("an order");
    (portal.imported("ann").await, DocumentId(found.id))
}

fn form(sign: bool) -> ShareForm {
    ShareForm { recipient: "Lou Lawyer".into(), sign, ..ShareForm::default() }
}

/// Makes a link; its key and secret.
async fn make(cx: &Cx, side: ShareSide, id: DocumentId, form: &ShareForm) -> (ShareLinkId, String) {
    let made = sharing::create_share_link(cx, side, id, form).await.expect("a link");
    let NewShareLink::Made { address, .. } = made else { panic!("a new one") };
    let secret = address.rsplit('/').next().expect("a secret").to_owned();
    let link = sharing::open_share_link(cx, &secret).await.expect("opens").expect("a link that works");
    (link, secret)
}

async fn is_dead(portal: &Portal, (link, secret): &(ShareLinkId, String)) -> bool {
    let cx = portal.anonymous();
    let opened = sharing::open_share_link(&cx, secret).await.expect("looks").is_some();
    let shown = sharing::get_shared_document(&cx, *link, secret).await;
    let paper = documents::get_shared_paper(&cx, *link, secret).await;
    assert_eq!((opened, shown.is_ok()), (paper.is_ok(), paper.is_ok()), "one answer");
    matches!(shown, Err(ServiceError::NotFound))
}

async fn set(portal: &Portal, id: DocumentId, column: document::Column, value: Expr) {
    let update = document::Entity::update_many().col_expr(column, value);
    update
        .filter(document::Column::Id.eq(Uuid::from(id)))
        .exec(portal.portico.db.pool())
        .await
        .expect("sets");
}

#[test]
fn shows_the_document_alone_and_is_counted_by_a_worker() {
    on_each_database(|portal| async move {
        let (_, id) = books(&portal).await;
        let staff = portal.staff(StaffRole::Staff).await;
        let (link, secret) = make(&staff, STAFF, id, &form(false)).await;
        let stored =
            share_link::Entity::find().one(portal.portico.db.pool()).await.expect("looks").expect("one");
        assert!(!stored.token_hash.contains(&secret), "only its hash is kept");
        for _ in 0..3 {
            let shared =
                sharing::get_shared_document(&portal.anonymous(), link, &secret).await.expect("shown");
            assert_eq!(shared.page.actions, [DocumentAction::Download]);
            assert!(shared.page.conversation.is_none() && shared.page.around == Default::default());
            assert_eq!(shared.page.row.contact, None);
        }
        let links = sharing::list_share_links(&staff, STAFF, id).await.expect("lists").links;
        assert_eq!((links[0].views, links[0].last_opened.is_some()), (0, false), "nothing is written yet");
        documents::write_first_views(&portal.portico).await.expect("writes");
        let links = sharing::list_share_links(&staff, STAFF, id).await.expect("lists").links;
        assert_eq!((links[0].views, links[0].last_opened.is_some()), (3, true));
        // Another secret, or another link's, opens nothing.
        let other = make(&staff, STAFF, id, &form(true)).await;
        for wrong in [other.1.as_str(), "", "x"] {
            let shown = sharing::get_shared_document(&portal.anonymous(), link, wrong).await;
            assert!(matches!(shown, Err(ServiceError::NotFound)));
        }
    });
}

#[test]
fn ends_with_its_time_its_document_and_whoever_made_it() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let staff = portal.staff(StaffRole::Staff).await;
        portal.customer(ann, "ann@acme.example").await;
        let admin = portal.regroup(ann, "company_admin").await;
        let of_staff = make(&staff, STAFF, id, &form(true)).await;
        let of_admin = make(&admin, CUSTOMER, id, &form(true)).await;

        documents::set_published(&staff, &[id], false).await.expect("unpublishes");
        assert!(is_dead(&portal, &of_staff).await && is_dead(&portal, &of_admin).await);
        assert!(matches!(
            sharing::create_share_link(&staff, STAFF, id, &form(false)).await,
            Err(ServiceError::Refused(_))
        ));
        documents::set_published(&staff, &[id], true).await.expect("publishes");
        assert!(!is_dead(&portal, &of_staff).await && !is_dead(&portal, &of_admin).await);

        let archived = |at: Option<i64>| {
            contact::Entity::update_many()
                .col_expr(contact::Column::ArchivedAt, Expr::value(at))
                .filter(contact::Column::Name.eq("Acme"))
                .exec(portal.portico.db.pool())
        };
        archived(Some(1)).await.expect("archives");
        assert!(is_dead(&portal, &of_staff).await);
        archived(None).await.expect("restores");

        let found = document::Entity::find_by_id(Uuid::from(id)).one(portal.portico.db.pool()).await;
        let entity = found.expect("looks").expect("one").entity_id;
        let other = portal.company("Zeta").await;
        set(&portal, id, document::Column::EntityId, Expr::value(Some(Uuid::from(other)))).await;
        assert!(is_dead(&portal, &of_staff).await, "it is another customer's now");
        set(&portal, id, document::Column::EntityId, Expr::value(entity)).await;

        portal.change(ann, "", RowChange::Revoke).await;
        assert!(is_dead(&portal, &of_admin).await, "whoever made it has no access any more");
        assert!(!is_dead(&portal, &of_staff).await);

        sharing::revoke_share_link(&staff, STAFF, id, of_staff.0).await.expect("revokes");
        sharing::revoke_share_link(&staff, STAFF, id, of_staff.0).await.expect("once more is no matter");
        assert!(is_dead(&portal, &of_staff).await);
        let last = make(&staff, STAFF, id, &ShareForm { days: "7".into(), ..form(false) }).await;
        portal.clock.advance(Duration::days(7));
        assert!(is_dead(&portal, &last).await);
        let links = sharing::list_share_links(&staff, STAFF, id).await.expect("lists").links;
        let standings: Vec<_> = links.iter().map(|link| link.standing).collect();
        assert!(standings.contains(&ShareStanding::Expired) && standings.contains(&ShareStanding::Revoked));
        let revoked = audit_event::Column::Action.eq("document.share_link_revoked");
        let events = audit_event::Entity::find().filter(revoked).all(portal.portico.db.pool()).await;
        assert_eq!(events.expect("looks").len(), 1);
    });
}

#[test]
fn customers_share_what_they_may_and_give_on_only_what_they_have() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let standard = portal.customer(ann, "ann@acme.example").await;
        for cx in [standard, portal.anonymous()] {
            let made = sharing::create_share_link(&cx, CUSTOMER, id, &form(false)).await;
            assert!(matches!(made, Err(ServiceError::NotFound | ServiceError::Unauthenticated)), "{made:?}");
            let listed = sharing::list_share_links(&cx, CUSTOMER, id).await;
            assert!(matches!(listed, Err(ServiceError::NotFound | ServiceError::Unauthenticated)));
        }
        let group = portal.new_group("Inviters", &["sales.view", "members.invite"]).await;
        let inviter = portal.regroup_to(ann, group).await;
        let page = documents::get_document(&inviter, DocumentKind::Sale, id).await.expect("seen");
        assert!(page.actions.contains(&DocumentAction::Share));
        make(&inviter, CUSTOMER, id, &form(false)).await;
        let made = sharing::create_share_link(&inviter, CUSTOMER, id, &form(true)).await;
        assert!(matches!(made, Err(ServiceError::Invalid(errors)) if errors.get("sign").is_some()));
        assert!(matches!(sharing::list_share_links(&inviter, STAFF, id).await, Err(ServiceError::NotFound)));
    });
}

#[test]
fn the_link_is_mailed_and_the_same_form_makes_one_link() {
    on_each_database(|portal| async move {
        let (_, id) = books(&portal).await;
        let staff = portal.staff(StaffRole::Staff).await;
        let page = sharing::list_share_links(&staff, STAFF, id).await.expect("lists");
        let form = ShareForm { email: "Lou@law.example".into(), key: page.key.to_string(), ..form(true) };
        let made = sharing::create_share_link(&staff, STAFF, id, &form).await.expect("made");
        let NewShareLink::Made { address, mailed_to } = made else { panic!("a new one") };
        assert_eq!(mailed_to.as_deref(), Some("lou@law.example"));
        let again = sharing::create_share_link(&staff, STAFF, id, &form).await.expect("told");
        assert_eq!(again, NewShareLink::Already);
        let mails = portal.mails().await;
        let mails: Vec<_> = mails.iter().filter(|mail| mail.template == "share-link").collect();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text_body.contains(&address) && mails[0].is_secret);
        assert_eq!(sharing::list_share_links(&staff, STAFF, id).await.expect("lists").links.len(), 1);
    });
}

#[test]
fn is_signed_by_with_evidence_that_names_the_link_and_tells_others_no_names() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let staff = portal.staff(StaffRole::Staff).await;
        let (link, secret) = make(&staff, STAFF, id, &form(true)).await;
        let other = make(&staff, STAFF, id, &form(true)).await;
        let cx = portal.anonymous();
        let page = documents::get_shared_signing(&cx, link, &secret).await.expect("to sign");
        assert_eq!((page.name.as_str(), page.refusal.as_deref()), ("Lou Lawyer", None));
        let form = SigningForm {
            name: "Lou Lawyer".into(),
            agreed: true,
            strokes: String::new(),
            shown: page.shown,
        };
        for _ in 0..2 {
            documents::accept_shared_document(&cx, link, &secret, &form).await.expect("accepts, once");
        }
        let answers = acceptance::Entity::find().all(portal.portico.db.pool()).await.expect("answers");
        assert_eq!((answers.len(), answers[0].share_link_id), (1, Some(link.into())));
        assert!(answers[0].login.contains(&link.to_string()) && answers[0].login.contains("Lou Lawyer"));
        let signed = documents::get_shared_paper(&cx, link, &secret).await.expect("kept");
        let text = String::from_utf8(signed.bytes.into()).expect("text");
        assert!(text.contains("Came by") && text.contains(&link.to_string()), "{text}");

        // Whoever has another link learns that it was answered, and not by whom.
        let shared = sharing::get_shared_document(&cx, other.0, &other.1).await.expect("shown").page;
        assert_eq!(shared.actions, [DocumentAction::Download]);
        assert_eq!(shared.answered.expect("answered").name, "the customer");
        let paper = documents::get_shared_paper(&cx, other.0, &other.1).await.expect("as issued");
        assert!(!String::from_utf8(paper.bytes.into()).expect("text").contains("Lou Lawyer"));
        let refused = documents::decline_shared_document(&cx, other.0, &other.1, "No").await;
        assert!(matches!(refused, Err(ServiceError::Refused(told)) if !told.contains("Lou")));
        // The customer's own people read who did.
        let ann = portal.customer(ann, "ann@acme.example").await;
        let page = documents::get_document(&ann, DocumentKind::Sale, id).await.expect("seen");
        assert_eq!(page.answered.expect("answered").name, "Lou Lawyer");
    });
}

async fn say(
    portal: &Portal,
    (link, secret): &(ShareLinkId, String),
    message: &str,
    key: &str,
) -> Result<(), ServiceError> {
    let form = MessageForm { message: message.to_owned(), key: key.to_owned() };
    sharing::post_shared_message(&portal.anonymous(), *link, secret, &form).await
}

#[test]
fn lets_write_where_that_was_given_on_and_shows_only_what_was_written_by_it() {
    on_each_database(|portal| async move {
        let (ann, id) = books(&portal).await;
        let staff = portal.staff(StaffRole::Staff).await;
        let ann = portal.customer(ann, "ann@acme.example").await;
        let hello = MessageForm { message: "Between us".into(), key: String::new() };
        documents::messages::post_message(&ann, DocumentKind::Sale, id, &hello, Vec::new())
            .await
            .expect("writes");
        let comment = ShareForm { comment: true, ..form(false) };
        let mute = make(&staff, STAFF, id, &form(true)).await;
        let link = make(&staff, STAFF, id, &comment).await;
        let other = make(&staff, STAFF, id, &comment).await;

        assert!(matches!(say(&portal, &mute, "Hello", "").await, Err(ServiceError::NotFound)));
        assert!(matches!(
            say(&portal, &(link.0, other.1.clone()), "Hello", "").await,
            Err(ServiceError::NotFound)
        ));
        assert!(matches!(say(&portal, &link, "  ", "").await, Err(ServiceError::Invalid(_))));
        let before = portal.mails().await.len();
        let key = Uuid::now_v7().to_string();
        portal.clock.advance(Duration::seconds(1));
        for _ in 0..2 {
            say(&portal, &link, "Is clause 4\u{0} new?", &key).await.expect("writes");
        }
        assert!(
            matches!(say(&portal, &other, "x", &key).await, Err(ServiceError::NotFound)),
            "another's key"
        );
        let told: Vec<_> = portal.mails().await.split_off(before);
        assert!(told.iter().any(|mail| mail.to_email == "ann@acme.example"), "who follows is told");

        let texts = |page: domain::documents::DocumentPage| -> Vec<String> {
            page.conversation.expect("a conversation").messages.into_iter().map(|one| one.text).collect()
        };
        let anonymous = portal.anonymous();
        let shown = sharing::get_shared_document(&anonymous, link.0, &link.1).await.expect("shown");
        assert_eq!(texts(shown.page), ["Is clause 4 new?"]);
        let shown = sharing::get_shared_document(&anonymous, other.0, &other.1).await.expect("shown");
        assert_eq!(texts(shown.page), [""; 0]);
        let page = documents::get_document(&ann, DocumentKind::Sale, id).await.expect("shown");
        let messages = page.conversation.expect("a conversation").messages;
        assert_eq!(messages[1].author, "Lou Lawyer (by a link)");
        assert!(!messages[1].is_staff && messages.len() == 2);

        for _ in 0..19 {
            say(&portal, &link, "Again", "").await.expect("writes");
        }
        assert!(matches!(say(&portal, &link, "Again", "").await, Err(ServiceError::Refused(_))));
        portal.clock.advance(Duration::hours(2));
        say(&portal, &link, "Later", "").await.expect("writes");
    });
}
