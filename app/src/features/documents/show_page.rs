use domain::{
    documents::{DocumentKind, DocumentPage},
    ids::DocumentId,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{
    actions::Actions, answered::AnsweredAlert, api::get_document, key_panel::KeyPanel, name_of, paper::Paper,
    state_badge::StateBadge,
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
    let wanted = move || {
        params.with(|params| {
            let kind = DocumentKind::from_plural(params.get_str("kind")?)?;
            let id: DocumentId = params.get_str("id")?.parse().ok()?;
            Some((kind, id))
        })
    };
    let document = Resource::new(wanted, |wanted| async move {
        let (kind, id) = wanted.ok_or(PortalError::NotFound)?;
        get_document(kind, id).await
    });
    view! {
        <Transition fallback=|| view! { <Skeleton lines=10 /> }>
            {move || Suspend::new(async move {
                match document.await {
                    Ok(page) => show(page),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn show(page: DocumentPage) -> AnyView {
    let row = page.row.clone();
    let head = page.clone();
    let (name, title) = (name_of(&row), row.title.trim().to_owned());
    let heading = if row.number.is_empty() { name.clone() } else { format!("{} {name}", row.noun) };
    let subtitle = (!title.is_empty() && title != name).then_some(title);
    let crumbs = vec![
        Crumb::link("Overview", "/my"),
        Crumb::link(row.kind.label(), format!("/my/{}", row.kind.plural())),
    ];
    view! {
        <Title text=format!("{} {name}", row.noun) />
        <div class="page">
            <PageHeader
                title=heading
                nostrip:subtitle=subtitle
                crumbs=crumbs
                badge=move || view! { <StateBadge row=row beside_noun=true /> }
            >
                <Actions page=head />
            </PageHeader>
            {page.answered.clone().map(|answered| view! { <AnsweredAlert answered=answered /> })}
            <div class="doc-layout">
                <KeyPanel page=page.clone() />
                <Paper page=page />
                <Questions />
            </div>
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
            <aside class="doc-side">
                <Panel title="Questions?" id="questions">
                    <p class="aside-text">
                        "Write to " <a href=href rel="external">{support}</a> " and name the document."
                    </p>
                </Panel>
            </aside>
        }
    })
}
