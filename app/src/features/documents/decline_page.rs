use domain::documents::{DocumentAction, DocumentPage, MAX_REASON};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    answer::{title_of, wanted},
    href,
};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    server::{answer, cx},
    ui::{Alert, Button, ButtonKind, ButtonLink, Crumb, PageHeader, Panel, TextArea, Tone},
};

/// `/my/{kind}/{id}/decline`: why, and that is it. A plain page.
#[component]
pub fn DeclinePage() -> impl IntoView {
    let wanted = wanted();
    let reply = use_form_reply().unwrap_or_default();
    let page = Resource::new(
        || (),
        move |()| async move {
            let (kind, id) = wanted.ok_or(PortalError::NotFound)?;
            let cx = cx()?;
            answer(&cx, services::documents::get_declining(&cx, kind, id).await)
        },
    );
    view! {
        <Suspense>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => show(&page, reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn show(page: &DocumentPage, reply: FormReply) -> AnyView {
    let row = &page.row;
    let (back, title) = (href(row.kind, row.id), title_of(row));
    let heading = format!("Decline {title}");
    let crumbs = vec![
        Crumb::link(row.kind.label(), format!("/my/{}", row.kind.plural())),
        Crumb::link(title, back.clone()),
    ];
    let problem = reply.problem.clone();
    let is_open = page.actions.contains(&DocumentAction::Decline);
    let way = way(page, reply, back);
    view! {
        <Title text=heading.clone() />
        <div class="page narrow">
            <PageHeader title=heading crumbs=crumbs />
            {problem.filter(|_| is_open).map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {way}
        </div>
    }
    .into_any()
}

/// The form, or why there is none.
pub(super) fn way(page: &DocumentPage, reply: FormReply, back: String) -> AnyView {
    if page.actions.contains(&DocumentAction::Decline) {
        return form(reply, back);
    }
    let told = "It was answered already, or its time is over.";
    view! { <Alert tone=Tone::Warn title="There is nothing to decline here">{told}</Alert> }.into_any()
}

fn form(reply: FormReply, back: String) -> AnyView {
    let action = format!("{back}/decline");
    view! {
        <Panel title="Your answer" id="answer">
            <form class="form" method="post" action=action novalidate=true>
                <TextArea
                    label="Reason"
                    name="reason"
                    value=reply.value("reason")
                    rows=4
                    required=true
                    maxlength=u32::try_from(MAX_REASON).unwrap_or_default()
                    hint="It is kept with the document, for both sides to read."
                    error=reply.error("reason")
                />
                <div class="actions">
                    <Button kind=ButtonKind::Danger submit=true>
                        "Decline"
                    </Button>
                    <ButtonLink href=back>"Not now"</ButtonLink>
                </div>
            </form>
        </Panel>
    }
    .into_any()
}
