use domain::{
    documents::{DocumentPage, SharedDocument, SigningPage},
    ids::ShareLinkId,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use services::{Cx, ServiceError, documents};

use super::shared_shell::SharedShell;
use crate::{
    PortalError,
    features::documents::{
        actions::Actions,
        answer::title_of,
        answered::AnsweredAlert,
        conversation::{Messages, Side},
        decline_page,
        paper::Paper,
        sign_page,
        state_badge::StateBadge,
    },
    form::{FormReply, use_form_reply},
    layout::{DeadLink, ErrorPage},
    server::{answer, cx, share_secret},
    ui::{Alert, PageHeader, Tone},
};

/// `/share/{token}`, where it leads nowhere: expired, revoked, mangled, or never one of ours. Which, is not told.
#[component]
pub fn DeadSharePage() -> impl IntoView {
    let lead = "It may have expired, been revoked, or been broken by a mail program. Copy the whole address from the \
                mail, or ask whoever sent it for a new one.";
    view! { <DeadLink title="This link does not work" lead=lead /> }.into_any()
}

/// `/shared/{id}`: the document of a link, and nothing else.
#[component]
pub fn SharedDocumentPage() -> impl IntoView {
    let asked = asked();
    page(async move {
        let (cx, link, secret) = asked?;
        answer(&cx, documents::sharing::get_shared_document(&cx, link, &secret).await).map(document)
    })
}

/// `/shared/{id}/sign`: *Accept & Sign* by a link.
#[component]
pub fn SharedSignPage() -> impl IntoView {
    let (asked, reply) = (asked(), use_form_reply().unwrap_or_default());
    page(async move {
        let (cx, link, secret) = asked?;
        answer(&cx, documents::get_shared_signing(&cx, link, &secret).await)
            .map(|page| sign(link, page, reply))
    })
}

/// `/shared/{id}/decline`: *Decline* by a link.
#[component]
pub fn SharedDeclinePage() -> impl IntoView {
    let (asked, reply) = (asked(), use_form_reply().unwrap_or_default());
    page(async move {
        let (cx, link, secret) = asked?;
        answer(&cx, documents::get_shared_declining(&cx, link, &secret).await)
            .map(|page| decline(link, &page, reply))
    })
}

/// The link of the address, with the secret of the cookie that belongs to it.
pub(super) fn asked() -> Result<(Cx, ShareLinkId, String), PortalError> {
    let cx = cx()?;
    let id = use_params_map().with_untracked(|params| params.get_str("id")?.parse().ok());
    let link = answer(&cx, id.ok_or(ServiceError::NotFound))?;
    // Without its cookie, an address is asked for with a secret that no link has.
    Ok((cx, link, share_secret().unwrap_or_default()))
}

pub(super) fn page(load: impl Future<Output = Result<AnyView, PortalError>> + Send + 'static) -> AnyView {
    view! {
        <Suspense>
            {Suspend::new(async move {
                match load.await {
                    Ok(view) => view,
                    Err(PortalError::NotFound) => view! { <DeadSharePage /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

pub(super) fn address(link: ShareLinkId) -> String {
    format!("/shared/{link}")
}

fn document(SharedDocument { link, page }: SharedDocument) -> AnyView {
    let (row, heading, head) = (page.row.clone(), title_of(&page.row), page.clone());
    let conversation = page.conversation.clone();
    let problem = use_form_reply().and_then(|reply| reply.problem);
    view! {
        <Title text=heading.clone() />
        <SharedShell>
            <PageHeader title=heading badge=move || view! { <StateBadge row=row beside_noun=true /> }>
                <Actions page=head address=address(link) />
            </PageHeader>
            {page.answered.clone().map(|answered| view! { <AnsweredAlert answered=answered /> })}
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            <div>
                <Paper page=page />
            </div>
            {conversation
                .map(|conversation| {
                    view! {
                        <Messages
                            conversation=conversation
                            document=address(link)
                            query=String::new()
                            side=Side::Link
                        />
                    }
                })}
        </SharedShell>
    }
    .into_any()
}

fn sign(link: ShareLinkId, page: SigningPage, reply: FormReply) -> AnyView {
    let heading = format!("Accept & sign {}", title_of(&page.document.row));
    let problem = reply.problem.clone().filter(|_| page.refusal.is_none());
    let document = page.document.clone();
    let way = match page.refusal.clone() {
        Some(refusal) => view! {
            <Alert tone=Tone::Warn title="There is nothing to sign here">{refusal}</Alert>
        }
        .into_any(),
        None => sign_page::form(page, reply, address(link)),
    };
    view! {
        <Title text=heading.clone() />
        <SharedShell>
            <PageHeader title=heading />
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            <div>
                <Paper page=document />
            </div>
            {way}
        </SharedShell>
    }
    .into_any()
}

fn decline(link: ShareLinkId, page: &DocumentPage, reply: FormReply) -> AnyView {
    let heading = format!("Decline {}", title_of(&page.row));
    let problem = reply.problem.clone();
    let way = decline_page::way(page, reply, address(link));
    view! {
        <Title text=heading.clone() />
        <SharedShell>
            <PageHeader title=heading />
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {way}
        </SharedShell>
    }
    .into_any()
}
