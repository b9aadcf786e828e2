//! What needs doing, most urgent first.

use domain::{
    documents::{Attention, AttentionReason, DocumentKind},
    instant::display_date,
};
use leptos::prelude::*;

use crate::{
    features::documents::href,
    ui::{Badge, ButtonKind, ButtonLink, EmptyState, Glyph, Money, Panel, Tone},
};

/// Quotations to review and invoices to pay; nothing for whoever sees neither.
#[component]
pub(super) fn TodoList(items: Vec<Attention>, more: bool, kinds: Vec<DocumentKind>) -> impl IntoView {
    let may = |kind| kinds.contains(&kind);
    let (may_review, may_pay) = (may(DocumentKind::Sale), may(DocumentKind::Invoice));
    if !may_review && !may_pay {
        return ().into_any();
    }
    let content = if items.is_empty() {
        view! {
            <EmptyState
                title="You are all set"
                text="No quotation waits for you, and no invoice is open."
                glyph=Glyph::CheckCircle
            />
        }
        .into_any()
    } else {
        let items = items.into_iter().map(todo).collect_view();
        view! { <ul class="todo-list">{items}</ul> }.into_any()
    };
    let more = move || {
        more.then(|| {
            view! {
                {may_review.then(|| more_link(DocumentKind::Sale, "More to review"))}
                {may_pay.then(|| more_link(DocumentKind::Invoice, "More to pay"))}
            }
        })
    };
    view! {
        <Panel title="What needs doing" id="todo" flush=true actions=more>
            {content}
        </Panel>
    }
    .into_any()
}

fn more_link(kind: DocumentKind, text: &'static str) -> impl IntoView {
    let href = format!("/my/{}", kind.plural());
    view! {
        <ButtonLink href=href kind=ButtonKind::Quiet>
            {text}
        </ButtonLink>
    }
}

fn todo(attention: Attention) -> impl IntoView {
    let (what, until) = match attention.reason {
        AttentionReason::Review => ("Quotation to review", "Valid until"),
        AttentionReason::Pay => ("Invoice to pay", "Due"),
    };
    let Attention { reason, id, name, contact, due, amount, is_overdue } = attention;
    let due = due.map(|due| format!("{until} {}", display_date(due)));
    let what = match contact {
        Some(contact) => format!("{what} · {contact}"),
        None => what.to_owned(),
    };
    view! {
        <li class=if is_overdue { "overdue" } else { "" }>
            <div class="todo-what">
                <a href=href(reason.kind(), id)>{name}</a>
                {is_overdue.then(|| view! { " " <Badge tone=Tone::Bad text="Overdue" /> })}
                <span class="sub">{what}</span>
            </div>
            <div class="todo-due">{due}</div>
            <div class="todo-amount">{amount.map(|amount| view! { <Money amount=amount /> })}</div>
        </li>
    }
}
