//! A few articles to read.

use domain::articles::ArticleForm;

use crate::{
    Cx, ServiceResult,
    articles::{publish_article, save_article},
};

/// Category, place, title, summary, text.
const ARTICLES: [(&str, &str, &str, &str, &str); 3] = [
    (
        "Getting started",
        "1",
        "Find your way around",
        "What is where, and how to find a document again.",
        include_str!("data/find-your-way.md"),
    ),
    (
        "Invoices and payments",
        "1",
        "How to pay an invoice",
        "Where the amount and the account stand, and how long it takes.",
        include_str!("data/how-to-pay.md"),
    ),
    (
        "Invoices and payments",
        "2",
        "When something on an invoice is wrong",
        "Whom to tell, and what to tell them.",
        include_str!("data/wrong-invoice.md"),
    ),
];

/// Writes and publishes them.
pub(super) async fn write(cx: &Cx) -> ServiceResult<()> {
    for (category, place, title, summary, body) in ARTICLES {
        let form = ArticleForm {
            title: title.to_owned(),
            category: category.to_owned(),
            summary: summary.to_owned(),
            place: place.to_owned(),
            body: body.to_owned(),
            ..ArticleForm::default()
        };
        let id = save_article(cx, None, &form).await?;
        publish_article(cx, id, true).await?;
    }
    Ok(())
}
