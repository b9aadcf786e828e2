use domain::{
    documents::{DocumentFilter, DocumentKind, DocumentPage},
    ids::DocumentId,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    actions::Actions,
    answered::AnsweredAlert,
    api::get_document,
    conversation::{Messages, Side},
    history::History,
    href,
    key_panel::KeyPanel,
    linked::Linked,
    list_address::{address, filter_of, href_in},
    name_of,
    neighbours::Neighbours,
    paper::Paper,
    state_badge::StateBadge,
    transfer_panel::TransferPanel,
};
use crate::{
    PortalError,
    layout::ErrorPage,
    session::use_session,
    ui::{Crumb, PageHeader, Panel, Skeleton},
};

/// `/my/{kind}/{id}`: a document, as it would look on paper.
#[component]
pub fn DocumentShowPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let list = move || query.with(|query| query.get("list").unwrap_or_default());
    let wanted = move || {
        params.with(|params| {
            let kind = DocumentKind::from_plural(params.get_str("kind")?)?;
            let id: DocumentId = params.get_str("id")?.parse().ok()?;
            Some((kind, id, filter_of(kind, &list())))
        })
    };
    let document = Resource::new(wanted, |wanted| async move {
        let (kind, id, list) = wanted.ok_or(PortalError::NotFound)?;
        get_document(kind, id, list.clone()).await.map(|page| (page, list))
    });
    view! {
        <Transition fallback=|| view! { <Skeleton lines=10 /> }>
            {move || Suspend::new(async move {
                match document.await {
                    Ok((page, list)) => show(page, &list),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn show(page: DocumentPage, list: &DocumentFilter) -> AnyView {
    let row = page.row.clone();
    let (head, kind, id) = (page.clone(), row.kind, row.id);
    let (name, title) = (name_of(&row), row.title.trim().to_owned());
    let heading = if row.number.is_empty() { name.clone() } else { format!("{} {name}", row.noun) };
    let subtitle = (!title.is_empty() && title != name).then_some(title);
    let crumbs = vec![Crumb::link("Overview", "/my"), Crumb::link(row.kind.label(), address(row.kind, list))];
    let neighbours = view! { <Neighbours kind=row.kind around=page.around.clone() list=list.clone() /> };
    let has_side = page.transfer.is_some()
        || !page.around.linked.is_empty()
        || page.around.progress.is_some()
        || !page.history.is_empty()
        || !use_session().support_email.is_empty();
    let transfer = page.transfer.clone();
    let around = page.around.clone();
    let history = page.history.clone();
    let own_list = href_in(row.kind, row.id, list);
    let (document, open_list) = own_list.split_once('?').unwrap_or((&own_list, ""));
    let query = if open_list.is_empty() { String::new() } else { format!("?{open_list}") };
    let messages = page.conversation.clone().map(|conversation| {
        view! { <Messages conversation=conversation document=document.to_owned() query=query side=Side::Customer /> }
    });
    let side = has_side.then(|| {
        view! {
            <aside class="doc-side">
                {transfer.map(|transfer| view! { <TransferPanel transfer=transfer /> })}
                <Linked around=around />
                <History entries=history />
                <Questions />
            </aside>
        }
    });
    view! {
        <Title text=format!("{} {name}", row.noun) />
        <div class="page">
            <PageHeader
                title=heading
                nostrip:subtitle=subtitle
                crumbs=crumbs
                badge=move || view! { <StateBadge row=row beside_noun=true /> }
            >
                <Actions page=head address=href(kind, id) />
            </PageHeader>
            {neighbours}
            {page.answered.clone().map(|answered| view! { <AnsweredAlert answered=answered /> })}
            <div class="doc-layout">
                <KeyPanel page=page.clone() />
                <Paper page=page />
                {side}
            </div>
            {messages}
        </div>
    }
    .into_any()
}

/// Whom to ask, when the business has said so.
#[component]
fn Questions() -> impl IntoView {
    let support = use_session().support_email;
    (!support.is_empty()).then(|| {
        let href = format!("mailto:{support}");
        view! {
            <Panel title="Questions?" id="questions">
                <p class="aside-text">
                    "Write to " <a href=href rel="external">{support}</a> " and name the document."
                </p>
            </Panel>
        }
    })
}
