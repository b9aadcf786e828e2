use std::collections::BTreeMap;

use domain::{
    access::{PortalState, RowChange, StaffRole},
    contacts::ContactFilter,
    documents::{AttentionReason, DocumentKind, Home},
    ids::ContactId,
};
use entities::{contact, document, document_line, import_run, session, user};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use services::{
    Cx, ServiceError, access, auth, contacts,
    demo::{self, CUSTOMER_LOGIN, STAFF_LOGIN},
    documents,
};
use time::Duration;

use crate::support::{PASSWORD, Portal, on_each_database};

async fn prepare(portal: &Portal, password: Option<&str>) -> String {
    demo::prepare(&portal.system(), password).await.expect("prepares").password
}

async fn sign_in(portal: &Portal, login: &str, password: &str) -> Cx {
    let signed_in = auth::sign_in(&portal.anonymous(), login, password).await.expect("signs in");
    portal.signed_in(signed_in.user, signed_in.membership).await.expect("a session").cx
}

async fn home(portal: &Portal, password: &str) -> Home {
    documents::home(&sign_in(portal, CUSTOMER_LOGIN, password).await).await.expect("the home")
}

/// How many rows there are of everything that a second call could make twice.
async fn counts(portal: &Portal) -> [u64; 5] {
    let pool = portal.portico.db.pool();
    [
        contact::Entity::find().count(pool).await.expect("contacts"),
        document::Entity::find().count(pool).await.expect("documents"),
        document_line::Entity::find().count(pool).await.expect("lines"),
        user::Entity::find().count(pool).await.expect("users"),
        import_run::Entity::find().count(pool).await.expect("imports"),
    ]
}

async fn casey(portal: &Portal) -> ContactId {
    let found = contact::Entity::find().filter(contact::Column::Name.eq("Casey Customer"));
    ContactId(found.one(portal.portico.db.pool()).await.expect("contacts").expect("Casey").id)
}

#[test]
fn a_fresh_demo_has_something_of_every_kind_to_look_at() {
    on_each_database(|portal| async move {
        let password = prepare(&portal, None).await;
        let admin = sign_in(&portal, STAFF_LOGIN, &password).await;
        let staff =
            admin.actor().as_staff().is_some() && admin.actor().me().is_some_and(|me| me.name == "Dana Demo");
        assert!(staff, "{:?}", admin.actor());

        let home = home(&portal, &password).await;
        assert_eq!(home.details.name, "Casey Customer");
        assert_eq!(home.details.company.as_deref(), Some("Northwind Interiors"));
        let kinds: Vec<DocumentKind> = home.tiles.iter().map(|tile| tile.kind).collect();
        assert_eq!(kinds, DocumentKind::ALL, "the default group sees every kind");
        assert!(home.tiles.iter().all(|tile| tile.count > 0), "{:?}", home.tiles);
        let to_do = |reason| home.attention.iter().filter(|item| item.reason == reason).collect::<Vec<_>>();
        assert_eq!(to_do(AttentionReason::Review).len(), 2, "{:?}", home.attention);
        let to_pay = to_do(AttentionReason::Pay);
        assert_eq!(to_pay.len(), 3, "{:?}", home.attention);
        assert_eq!(to_pay.iter().filter(|item| item.is_overdue).count(), 1);

        let wrong = documents::check_counters(&portal.system()).await.expect("counts");
        assert!(wrong.is_empty(), "{wrong:?}");
        // But for what a second sign-in from another browser is told.
        let mails = portal.mails().await;
        let is_quiet = mails.iter().all(|mail| mail.template == "new_sign_in");
        assert!(is_quiet, "nobody would get a mail to the demo's customer");
    });
}

#[test]
fn the_books_have_odd_emails_and_add_up() {
    on_each_database(|portal| async move {
        let password = prepare(&portal, None).await;
        let admin = sign_in(&portal, STAFF_LOGIN, &password).await;
        let listed =
            contacts::list_contacts(&admin, &ContactFilter::default()).await.expect("contacts").items;
        let with = |email: &str| listed.iter().filter(|row| row.email == email).count();
        assert_eq!((with(""), with("not-an-email"), with("reception@brightwater.example")), (1, 1, 2));
        let in_portal = listed.iter().filter(|row| row.state == PortalState::Active);
        assert_eq!(in_portal.map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Casey Customer"]);

        let mut lines: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let pool = portal.portico.db.pool();
        for line in document_line::Entity::find().all(pool).await.expect("lines") {
            let exact =
                i128::from(line.quantity) * i128::from(line.unit_price) * i128::from(10_000 - line.discount);
            assert_eq!(i128::from(line.subtotal), (exact + 5_000_000) / 10_000_000, "{line:?}");
            lines.entry(line.document_id).or_default().push(line.subtotal);
        }
        let mut with_money = 0;
        for document in document::Entity::find().all(pool).await.expect("documents") {
            let Some(total) = document.total else { continue };
            with_money += 1;
            let (untaxed, tax) = (document.untaxed.expect("untaxed"), document.tax.expect("tax"));
            let sum: i64 = lines.remove(&document.id).unwrap_or_default().into_iter().sum();
            assert_eq!((sum, untaxed + tax), (untaxed, total), "{}", document.number);
            assert!((0..=total).contains(&document.residual.unwrap_or(0)), "{}", document.number);
        }
        assert_eq!(with_money, 12 + 14 + 4 + 2, "orders, invoices, purchases, subscriptions");
        assert!(lines.is_empty());
    });
}

#[test]
fn again_keeps_the_records_and_changes_the_password() {
    on_each_database(|portal| async move {
        let first = prepare(&portal, None).await;
        let (before, tiles) = (counts(&portal).await, home(&portal, &first).await.tiles);
        portal.clock.advance(Duration::days(3));
        let second = prepare(&portal, None).await;
        assert_ne!(first, second);
        assert_eq!(prepare(&portal, Some(PASSWORD)).await, PASSWORD);
        assert_eq!(counts(&portal).await, before);
        assert_eq!(home(&portal, PASSWORD).await.tiles, tiles);
        for login in [STAFF_LOGIN, CUSTOMER_LOGIN] {
            sign_in(&portal, login, PASSWORD).await;
            for old in [&first, &second] {
                assert!(auth::sign_in(&portal.anonymous(), login, old).await.is_err());
            }
        }
    });
}

#[test]
fn the_same_password_keeps_sessions_and_another_ends_them() {
    on_each_database(|portal| async move {
        let sessions =
            || async { session::Entity::find().count(portal.portico.db.pool()).await.expect("sessions") };
        prepare(&portal, Some(PASSWORD)).await;
        sign_in(&portal, STAFF_LOGIN, PASSWORD).await;
        sign_in(&portal, CUSTOMER_LOGIN, PASSWORD).await;
        prepare(&portal, Some(PASSWORD)).await;
        assert_eq!(sessions().await, 2);
        prepare(&portal, None).await;
        assert_eq!(sessions().await, 0);
    });
}

#[test]
fn the_customer_can_sign_in_again_whatever_was_tried() {
    on_each_database(|portal| async move {
        prepare(&portal, Some(PASSWORD)).await;
        let casey = casey(&portal).await;

        portal.change(casey, CUSTOMER_LOGIN, RowChange::Revoke).await;
        prepare(&portal, Some(PASSWORD)).await;
        sign_in(&portal, CUSTOMER_LOGIN, PASSWORD).await;

        contacts::archive_contact(&portal.system(), casey, true).await.expect("archives");
        prepare(&portal, Some(PASSWORD)).await;
        sign_in(&portal, CUSTOMER_LOGIN, PASSWORD).await;

        portal.change(casey, CUSTOMER_LOGIN, RowChange::Revoke).await;
        portal.change(casey, "casey@northwind.example", RowChange::Grant).await;
        prepare(&portal, Some(PASSWORD)).await;
        assert_eq!(home(&portal, PASSWORD).await.details.email, CUSTOMER_LOGIN);
        let table = access::list_grant_rows(&portal.system(), &[casey]).await.expect("rows");
        assert_eq!(table.rows[0].state, PortalState::Active);

        portal.change(casey, CUSTOMER_LOGIN, RowChange::Revoke).await;
        portal.change(casey, CUSTOMER_LOGIN, RowChange::Grant).await;
        prepare(&portal, Some(PASSWORD)).await;
        sign_in(&portal, CUSTOMER_LOGIN, PASSWORD).await;
    });
}

#[test]
fn refuses_over_a_real_installation_and_for_anybody_else() {
    on_each_database(|portal| async move {
        let weak = demo::prepare(&portal.system(), Some("password1")).await;
        assert!(matches!(weak, Err(ServiceError::Invalid(_))));
        let anonymous = demo::prepare(&portal.anonymous(), None).await;
        assert!(matches!(anonymous, Err(ServiceError::NotFound)));
        assert_eq!(counts(&portal).await, [0; 5]);

        let admin = portal.staff(StaffRole::Administrator).await;
        assert!(matches!(demo::prepare(&admin, None).await, Err(ServiceError::NotFound)));
        match demo::prepare(&portal.system(), None).await {
            Err(ServiceError::Refused(text)) => assert!(text.contains("PORTICO_DATA_DIR"), "{text}"),
            _ => panic!("not refused"),
        }
        assert_eq!(counts(&portal).await, [0, 0, 0, 1, 0], "only the administrator is there");
    });
}
