use domain::{
    PageRequest,
    documents::{Ages, DocumentKind, DocumentRequest},
    ids::DocumentId,
};
use entities::document;
use sea_orm::EntityTrait;
use services::{Cx, ServiceError, documents};

use super::{HEADER, books};
use crate::support::{Portal, on_each_database};

fn invoices() -> DocumentRequest {
    DocumentRequest { kind: DocumentKind::Invoice, filter: Default::default(), page: PageRequest::default() }
}

/// The numbers that somebody sees: in the list, counted on the home, and each by its key.
async fn seen(portal: &Portal, cx: &Cx) -> Vec<String> {
    let page = documents::list_documents(cx, &invoices()).await.expect("lists").page;
    let mut listed: Vec<String> = page.items.iter().map(|row| row.number.clone()).collect();
    listed.sort();
    let home = documents::home(cx).await.expect("a home");
    let tile = home.tiles.iter().find(|tile| tile.kind == DocumentKind::Invoice).expect("a tile");
    assert_eq!(usize::try_from(tile.count).expect("a count"), listed.len());
    let all = document::Entity::find().all(portal.portico.db.pool()).await.expect("documents");
    let mut opened = Vec::new();
    for document in all {
        match documents::get_document(cx, DocumentKind::Invoice, DocumentId(document.id)).await {
            Ok(page) => opened.push(page.row.number),
            Err(ServiceError::NotFound) => {}
            Err(error) => panic!("{error}"),
        }
    }
    opened.sort();
    assert_eq!(opened, listed, "by key as by list");
    listed
}

#[test]
fn each_group_reaches_as_far_as_its_scope() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = portal.imported("ann").await;
        let company = ["INV/acme", "INV/ann", "INV/bob"];
        let standard = portal.customer(ann, "ann@acme.example").await;
        assert_eq!(seen(&portal, &standard).await, company);
        let limited = portal.regroup(ann, "limited").await;
        assert_eq!(seen(&portal, &limited).await, ["INV/ann"]);
        let admin = portal.regroup(ann, "company_admin").await;
        assert_eq!(
            seen(&portal, &admin).await,
            ["INV/acme", "INV/acme_sub", "INV/ann", "INV/bob", "INV/sue"],
            "{}",
            portal.database
        );
        let none = portal.regroup(ann, "none").await;
        assert!(matches!(documents::list_documents(&none, &invoices()).await, Err(ServiceError::NotFound)));
        assert!(documents::home(&none).await.expect("a home").tiles.is_empty());
    });
}

#[test]
fn a_subsidiary_does_not_see_the_company_above_it() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let sue = portal.imported("sue").await;
        portal.customer(sue, "sue@acme.example").await;
        let admin = portal.regroup(sue, "company_admin").await;
        assert_eq!(seen(&portal, &admin).await, ["INV/acme_sub", "INV/sue"]);
    });
}

#[test]
fn nobody_but_customers_gets_in_here() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let staff = portal.staff(domain::access::StaffRole::Administrator).await;
        for (cx, is_anonymous) in [(portal.anonymous(), true), (staff, false)] {
            let answers = [
                documents::home(&cx).await.map(|_| ()),
                documents::list_documents(&cx, &invoices()).await.map(|_| ()),
                documents::get_document(&cx, DocumentKind::Invoice, DocumentId(uuid::Uuid::now_v7()))
                    .await
                    .map(|_| ()),
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

#[test]
fn documents_stay_with_the_company_when_their_contact_moves() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let (ann, bob, zeta) =
            (portal.imported("ann").await, portal.imported("bob").await, portal.imported("zeta").await);
        let mut form =
            services::contacts::get_contact(&portal.system(), ann).await.expect("the contact").form;
        form.parent = zeta.to_string();
        services::contacts::save_contact(&portal.system(), Some(ann), &form).await.expect("saves");
        let bob = portal.customer(bob, "bob@acme.example").await;
        assert_eq!(seen(&portal, &bob).await, ["INV/acme", "INV/ann", "INV/bob"]);
        let ann = portal.customer(ann, "ann@acme.example").await;
        assert_eq!(seen(&portal, &ann).await, ["INV/zeta", "INV/zoe"]);
    });
}

#[test]
fn the_home_names_what_is_due_first() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let ann = portal.imported("ann").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let home = documents::home(&cx).await.expect("a home");
        assert_eq!(home.attention.len(), 3);
        assert!(
            home.attention.iter().all(|attention| attention.is_overdue),
            "due on the 20th, today is the 22nd"
        );
        assert_eq!(home.details.name, "Ann");
        assert_eq!(home.details.company.as_deref(), Some("Acme"));
    });
}

#[test]
fn the_home_adds_up_what_is_open_by_age_and_currency() {
    on_each_database(|portal| async move {
        books(&portal).await;
        let more = "later,INV/later,out_invoice,bob,2026-11-10,2026-12-20,posted,USD,50,20\n\
            whenever,INV/whenever,out_invoice,ann,2026-11-10,,posted,USD,5,5\n\
            old,INV/old,out_invoice,bob,2026-06-10,2026-07-20,posted,USD,10,10\n\
            yen,INV/yen,out_invoice,bob,2026-11-10,2026-10-01,posted,JPY,7000,7000\n\
            paid,INV/paid,out_invoice,ann,2026-10-01,2026-10-20,posted,USD,70,0\n\
            credit,R/1,out_refund,ann,2026-11-03,,posted,USD,30,30\n\
            bill,BILL/1,in_invoice,ann,2026-11-04,2026-11-05,posted,USD,20,20\n";
        portal.import(&[("invoices.csv", format!("{HEADER}{more}"))]).await;
        let ann = portal.imported("ann").await;
        let cx = portal.customer(ann, "ann@acme.example").await;
        let open = async |cx: &Cx| {
            let open = documents::home(cx).await.expect("a home").open;
            let sums = |ages: Ages| (ages.0[0].currency.code().to_owned(), ages.0.map(|sum| sum.minor));
            open.into_iter().map(sums).collect::<Vec<_>>()
        };
        let dollars = ("USD".to_owned(), [2_500, 30_000, 0, 0, 1_000]);
        assert_eq!(open(&cx).await, [("JPY".to_owned(), [0, 0, 7_000, 0, 0]), dollars]);

        let own = portal.new_group("Own", &["overview.view", "invoices.view"]).await;
        let own = portal.regroup_to(ann, own).await;
        assert_eq!(open(&own).await.len(), 2, "in the scope that the group has");
        let limited = portal.regroup(ann, "limited").await;
        assert!(open(&limited).await.iter().all(|(currency, _)| currency == "USD"), "the yen are Bob's");
        for allows in [["overview.view", "sales.view"], ["projects.view", "invoices.view"]] {
            let group = portal.new_group(allows[0], &allows).await;
            assert_eq!(open(&portal.regroup_to(ann, group).await).await, [], "{allows:?}");
        }

        let many: String = (0..500)
            .map(|n| format!("m{n},M/{n},out_invoice,ann,2026-11-01,2026-11-20,posted,USD,1,1\n"))
            .collect();
        portal.import(&[("invoices.csv", format!("{HEADER}{many}"))]).await;
        let all = portal.regroup(ann, "standard").await;
        assert_eq!(open(&all).await, [], "more than are added up");
    });
}
