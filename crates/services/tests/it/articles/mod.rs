use domain::{
    access::StaffRole,
    articles::{ArticleFilter, ArticleForm},
    ids::{ArticleId, GroupId},
};
use services::{Cx, ServiceError, articles};
use uuid::Uuid;

use crate::support::{Portal, on_each_database};

fn form(title: &str, category: &str, body: &str) -> ArticleForm {
    ArticleForm {
        title: title.into(),
        category: category.into(),
        body: body.into(),
        ..ArticleForm::default()
    }
}

async fn published(staff: &Cx, form: &ArticleForm) -> ArticleId {
    let id = articles::save_article(staff, None, form).await.expect("saves");
    articles::publish_article(staff, id, true).await.expect("publishes");
    id
}

/// The titles that a customer finds, in order.
async fn titles(cx: &Cx, search: &str) -> Vec<String> {
    let found = articles::list_documentation(cx, search).await.expect("lists");
    found.categories.into_iter().flat_map(|(_, rows)| rows).map(|row| row.title).collect()
}

async fn ann(portal: &Portal) -> (domain::ids::ContactId, Cx) {
    let acme = portal.company("Acme").await;
    let ann = portal.person(acme, "Ann", "ann@acme.example").await;
    let cx = portal.customer(ann, "ann@acme.example").await;
    (ann, cx)
}

#[test]
fn customers_read_what_is_published_in_the_order_of_reading() {
    on_each_database(|portal| async move {
        let staff = portal.staff(StaffRole::Staff).await;
        let (_, ann) = ann(&portal).await;
        assert!(titles(&ann, "").await.is_empty());
        let draft = articles::save_article(&staff, None, &form("Draft", "", "Not yet")).await.expect("saves");
        let pay = ArticleForm { place: "2".into(), ..form("How to pay", "Invoices", "By *bank* transfer") };
        let pay = published(&staff, &pay).await;
        let first =
            ArticleForm { place: "1".into(), ..form("What an invoice says", "Invoices", "Everything") };
        published(&staff, &first).await;
        published(&staff, &form("Hours", " ", "Nine to five")).await;
        assert_eq!(titles(&ann, "").await, ["Hours", "What an invoice says", "How to pay"]);
        assert_eq!(titles(&ann, "BANK transfer").await, ["How to pay"]);
        assert_eq!(titles(&ann, "invoices").await.len(), 2, "by category");
        assert!(titles(&ann, "100%").await.is_empty());

        let read = articles::get_article(&ann, pay).await.expect("reads");
        assert_eq!(read.html.trim(), "<p>By <em>bank</em> transfer</p>");
        assert_eq!(read.updated, "22 Nov 2026");
        assert!(matches!(articles::get_article(&ann, draft).await, Err(ServiceError::NotFound)));
        articles::publish_article(&staff, pay, false).await.expect("withdraws");
        assert!(matches!(articles::get_article(&ann, pay).await, Err(ServiceError::NotFound)));

        let (_, list) = portal.statements_of(articles::list_documentation(&ann, "")).await;
        let (_, one) = portal.statements_of(articles::get_article(&ann, pay)).await;
        assert!(list <= 2 && one <= 2, "{list} {one}");
    });
}

#[test]
fn articles_for_groups_are_for_their_members_and_the_permission_comes_first() {
    on_each_database(|portal| async move {
        let staff = portal.staff(StaffRole::Staff).await;
        let (contact, standard) = ann(&portal).await;
        let limited = portal.group("limited").await;
        let secret = ArticleForm {
            is_for_groups: true,
            groups: vec![limited, GroupId(Uuid::now_v7())],
            ..form("For the limited", "Terms", "Text")
        };
        let id = published(&staff, &secret).await;
        published(&staff, &form("For everybody", "Terms", "Text")).await;
        assert_eq!(titles(&standard, "").await, ["For everybody"]);
        assert!(matches!(articles::get_article(&standard, id).await, Err(ServiceError::NotFound)));
        let member = portal.regroup(contact, "limited").await;
        assert_eq!(titles(&member, "").await, ["For everybody", "For the limited"]);
        articles::get_article(&member, id).await.expect("reads");

        let without = portal.new_group("Without documentation", &["sales.view"]).await;
        let mut of_theirs = articles::get_article_form(&staff, Some(id)).await.expect("a form").form;
        assert_eq!(of_theirs.groups, [limited], "a group that there is not is left out");
        of_theirs.groups.push(without);
        articles::save_article(&staff, Some(id), &of_theirs).await.expect("saves");
        let outside = portal.regroup_to(contact, without).await;
        assert!(matches!(articles::list_documentation(&outside, "").await, Err(ServiceError::NotFound)));
        assert!(matches!(articles::get_article(&outside, id).await, Err(ServiceError::NotFound)));

        let (rows, _) = articles::list_articles(&staff, &ArticleFilter::default()).await.expect("lists");
        let readers: Vec<_> = rows.iter().map(|row| row.readers.as_str()).collect();
        assert_eq!(readers, ["Everybody in the portal", "Limited, Without documentation"]);
    });
}

#[test]
fn staff_write_once_and_see_each_others_changes() {
    on_each_database(|portal| async move {
        let staff = portal.staff(StaffRole::Staff).await;
        let page = articles::get_article_form(&staff, None).await.expect("a form");
        assert!(page.choices.len() >= 6 && page.published.is_none());
        let new = ArticleForm { key: page.form.key, ..form("Title", "Guides", "One\r\ntwo") };
        let id = articles::save_article(&staff, None, &new).await.expect("saves");
        assert_eq!(articles::save_article(&staff, None, &new).await.expect("a second click"), id);
        let (rows, _) = articles::list_articles(&staff, &ArticleFilter::default()).await.expect("lists");
        assert_eq!(rows.len(), 1);
        let back = ArticleForm { body: "One\r\ntwo, after going back".into(), ..new.clone() };
        assert_eq!(articles::save_article(&staff, None, &back).await.expect("changes it"), id);
        let page = articles::get_article_form(&staff, Some(id)).await.expect("a form");
        assert_eq!((page.form.body.as_str(), page.form.version), ("One\ntwo, after going back", 2));
        let first = ArticleForm { body: "One\r\ntwo".into(), ..page.form };
        articles::save_article(&staff, Some(id), &first).await.expect("saves");
        assert_eq!(articles::save_article(&staff, None, &new).await.expect("the same text again"), id);
        let late = articles::save_article(&staff, None, &back).await.expect("makes another");
        assert_ne!(late, id, "what somebody wrote is neither lost nor over what others wrote");
        articles::delete_article(&staff, late).await.expect("deletes");

        let page = articles::get_article_form(&staff, Some(id)).await.expect("a form");
        assert_eq!((page.form.body.as_str(), page.categories), ("One\ntwo", vec!["Guides".to_owned()]));
        let changed = ArticleForm { summary: "New".into(), ..page.form.clone() };
        articles::save_article(&staff, Some(id), &changed).await.expect("saves");
        let stale = articles::save_article(&staff, Some(id), &changed).await;
        assert!(matches!(stale, Err(ServiceError::Stale)), "{stale:?}");
        let wrong = articles::save_article(&staff, Some(id), &form("", "", "")).await;
        assert!(
            matches!(&wrong, Err(ServiceError::Invalid(errors)) if errors.get("body").is_some()),
            "{wrong:?}"
        );

        let html = articles::preview_article(&staff, "# Top <script>x</script>").expect("renders");
        assert_eq!(html.trim(), "<h2>Top &lt;script&gt;x&lt;/script&gt;</h2>");
        articles::delete_article(&staff, id).await.expect("deletes");
        articles::delete_article(&staff, id).await.expect("is gone already");
        assert!(matches!(articles::get_article_form(&staff, Some(id)).await, Err(ServiceError::NotFound)));
        let filter = domain::audit::AuditFilter { about: Some(id.into()), ..Default::default() };
        let events = services::audit::list_events(&portal.system(), &filter).await.expect("events");
        let told: Vec<_> = events.items.iter().map(|event| event.what.as_str()).collect();
        assert_eq!(
            told,
            ["Article deleted", "Article changed", "Article changed", "Article changed", "Article written"]
        );
    });
}

#[test]
fn writing_is_for_staff_and_reading_for_the_portal() {
    on_each_database(|portal| async move {
        let staff = portal.staff(StaffRole::Administrator).await;
        let (_, ann) = ann(&portal).await;
        let id = published(&staff, &form("Title", "", "Text")).await;
        for (cx, is_anonymous) in [(portal.anonymous(), true), (ann, false)] {
            let answers = [
                articles::list_articles(&cx, &ArticleFilter::default()).await.map(|_| ()),
                articles::get_article_form(&cx, None).await.map(|_| ()),
                articles::save_article(&cx, None, &form("a", "", "b")).await.map(|_| ()),
                articles::publish_article(&cx, id, false).await,
                articles::delete_article(&cx, id).await,
                articles::preview_article(&cx, "x").map(|_| ()),
            ];
            for answer in answers {
                match answer {
                    Err(ServiceError::Unauthenticated) => assert!(is_anonymous),
                    Err(ServiceError::NotFound) => assert!(!is_anonymous),
                    other => panic!("{other:?}"),
                }
            }
        }
        for cx in [portal.anonymous(), staff] {
            assert!(articles::list_documentation(&cx, "").await.is_err());
            assert!(articles::get_article(&cx, id).await.is_err());
        }
    });
}
