//! A question, read and answered.

use domain::{
    access::{AccessExplained, AccessQuestion},
    ids::MembershipId,
};
use entities::document;
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};
use uuid::Uuid;

use super::{chain, subject::Subject, words};
use crate::{Cx, ServiceError, ServiceResult, access::Live, auth::Entrant};

/// More documents are not offered when several match.
const MOST_DOCUMENTS: u64 = 10;

/// Whose access a page is about.
pub(super) struct Asked {
    pub name: String,
    /// The word in a query, the text on screen, and who it is.
    pub people: Vec<(String, String, Entrant)>,
    pub note: Option<String>,
}

/// A portal user to ask about.
pub(super) fn person(live: &Live) -> (String, String, Entrant) {
    let id = MembershipId(live.membership.id);
    (id.to_string(), format!("{} ({})", live.contact.name, live.group.name), Entrant::Member(id))
}

/// Answers a question about one of some people, and one of the documents that the asker may know of.
pub(super) async fn answer(
    cx: &Cx,
    asked: Asked,
    question: AccessQuestion,
    known: impl Fn(Subject) -> ServiceResult<Option<Select<document::Entity>>>,
) -> ServiceResult<AccessExplained> {
    let chosen = if question.who.is_empty() {
        asked.people.first()
    } else {
        // One of another customer, and none at all, are one answer.
        Some(asked.people.iter().find(|(code, ..)| *code == question.who).ok_or(ServiceError::NotFound)?)
    };
    let subject = match question.what.as_str() {
        "" => None,
        code => Some(Subject::parse(code).ok_or(ServiceError::NotFound)?),
    };
    let mut page = AccessExplained {
        name: asked.name,
        people: asked.people.iter().map(|(code, label, _)| (code.clone(), label.clone())).collect(),
        subjects: Subject::options(),
        note: asked.note,
        problem: None,
        candidates: Vec::new(),
        answer: None,
        question: AccessQuestion {
            who: chosen.map(|(code, ..)| code.clone()).unwrap_or_default(),
            ..question
        },
    };
    let (Some((_, _, entrant)), Some(subject)) = (chosen, subject) else { return Ok(page) };
    let typed = page.question.document.trim();
    if typed.is_empty() {
        page.answer = Some(chain::ask(cx, *entrant, subject, None).await?);
        return Ok(page);
    }
    let Subject::Kind(kind) = subject else {
        page.problem = Some("Documentation is seen as a whole: leave this empty.".to_owned());
        return Ok(page);
    };
    let mut found = match known(subject)? {
        Some(known) => {
            let of_kind = known.filter(document::Column::Kind.eq(kind.code()));
            of_kind
                .filter(named(typed))
                .order_by_desc(document::Column::SortedOn)
                .order_by_desc(document::Column::Id)
                .limit(MOST_DOCUMENTS + 1)
                .all(cx.db().pool())
                .await?
        }
        None => Vec::new(),
    };
    if let Some(exact) = exact(&found, typed) {
        found = vec![exact];
    }
    match found.as_slice() {
        [] => page.problem = Some(format!("None of {} has this number, title or key.", kind.label())),
        [document] => page.answer = Some(chain::ask(cx, *entrant, subject, Some(document)).await?),
        several => {
            page.problem = Some("Several match: choose one, or type more of it.".to_owned());
            let shown = usize::try_from(MOST_DOCUMENTS).unwrap_or(usize::MAX);
            page.candidates = several
                .iter()
                .take(shown)
                .map(|document| (document.id.to_string(), candidate(document)))
                .collect();
        }
    }
    Ok(page)
}

fn candidate(document: &document::Model) -> String {
    let title =
        if document.number.is_empty() || document.title.is_empty() { "" } else { document.title.as_str() };
    if title.is_empty() { words::name_of(document) } else { format!("{} · {title}", document.number) }
}

/// Documents whose key, number or title was typed.
fn named(typed: &str) -> Condition {
    let mut any = Condition::any();
    if let Ok(id) = typed.parse::<Uuid>() {
        any = any.add(document::Column::Id.eq(id));
    }
    let escaped = typed.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    for column in [document::Column::Number, document::Column::Title] {
        let lower = Expr::expr(Func::lower(Expr::col((document::Entity, column))));
        any = any.add(lower.like(LikeExpr::new(format!("%{escaped}%")).escape('\\')));
    }
    any
}

/// The one whose number or key was typed whole.
fn exact(found: &[document::Model], typed: &str) -> Option<document::Model> {
    let mut same = found
        .iter()
        .filter(|document| document.number.eq_ignore_ascii_case(typed) || document.id.to_string() == typed);
    match (same.next(), same.next()) {
        (Some(one), None) => Some(one.clone()),
        _ => None,
    }
}
