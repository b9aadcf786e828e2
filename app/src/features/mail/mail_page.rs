use domain::{
    Page, PageRequest,
    mail::{ListMailRequest, MailRow, MailState},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{
    api::list_mail,
    mail_row::{MailRowView, resend_label},
};
use crate::{
    form::use_form_reply,
    layout::ErrorPage,
    ui::{Alert, Column, EmptyState, FilterTab, FilterTabs, Glyph, PageHeader, Pager, Skeleton, Table, Tone},
};

/// `/staff/mail`: what the portal wrote, and what became of it.
#[component]
pub fn MailPage() -> impl IntoView {
    let query = use_query_map();
    let problem = StoredValue::new(use_form_reply().and_then(|reply| reply.problem));
    let request = move || {
        query.with(|query| ListMailRequest {
            state: query.get_str("state").and_then(MailState::parse),
            page: PageRequest { after: query.get("after"), before: query.get("before") },
        })
    };
    let mails = Resource::new(request, |request| async move {
        list_mail(request.clone()).await.map(|page| (request, page))
    });
    view! {
        <div class="page">
            <Transition fallback=|| view! { <Skeleton rows=true lines=8 /> }>
                {move || Suspend::new(async move {
                    match mails.await {
                        Ok((request, page)) => {
                            view! {
                                <Title text="Mail" />
                                <PageHeader
                                    title="Mail"
                                    subtitle="What the portal wrote to your customers, newest first."
                                />
                                {problem.get_value().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
                                {move || query.with(notice)}
                                {list(&request, page)}
                            }
                                .into_any()
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

/// What became of a mail that was sent again.
fn notice(query: &ParamsMap) -> Option<AnyView> {
    if query.get_str("done") == Some("resend") {
        return Some(view! { <Alert tone=Tone::Good title="The mail is on its way" /> }.into_any());
    }
    (query.get_str("refused") == Some("resend")).then(|| {
        view! {
            <Alert tone=Tone::Bad title="The mail cannot be sent again">
                "Its link no longer works, or the access that it is about was revoked. Invite the person again instead."
            </Alert>
        }
        .into_any()
    })
}

fn list(request: &ListMailRequest, page: Page<MailRow>) -> AnyView {
    let state = request.state;
    let turn = |way: &str, cursor: Option<String>| {
        let kept = state.map(|state| format!("state={}&", state.code())).unwrap_or_default();
        cursor.map(|cursor| format!("/staff/mail?{kept}{way}={cursor}"))
    };
    let (previous, next) = (turn("before", page.previous), turn("after", page.next));
    let pager = (previous.is_some() || next.is_some())
        .then(|| view! { <Pager previous=previous next=next summary="Newest first" /> });
    let content = if page.items.is_empty() { empty(state) } else { table(page.items, state) };
    view! {
        <FilterTabs label="State" tabs=tabs(state) />
        {content}
        {pager}
    }
    .into_any()
}

fn tabs(current: Option<MailState>) -> Vec<FilterTab> {
    let of_state = |state: MailState| {
        let href = format!("/staff/mail?state={}", state.code());
        FilterTab::new(state.label(), href, current == Some(state))
    };
    let all = FilterTab::new("All", "/staff/mail", current.is_none());
    let states = [MailState::Queued, MailState::Sent, MailState::Failed].map(of_state);
    std::iter::once(all).chain(states).collect()
}

fn table(mails: Vec<MailRow>, state: Option<MailState>) -> AnyView {
    let columns = vec![
        Column::new("To and subject"),
        Column::new("State"),
        Column::end("Attempts"),
        Column::new("Created"),
        Column::new("Sent or next try"),
        Column::quiet("Actions"),
    ];
    let labels: Vec<String> = mails.iter().map(|mail| resend_label(mail, &mails)).collect();
    let rows = mails
        .into_iter()
        .zip(labels)
        .map(|(mail, label)| view! { <MailRowView mail=mail label=label filter=state /> })
        .collect_view();
    view! { <Table label="Mails" columns=columns class="mail-list">{rows}</Table> }.into_any()
}

fn empty(state: Option<MailState>) -> AnyView {
    let (title, text) = match state {
        None => ("No mail yet", "The first invitation that you send appears here."),
        Some(MailState::Queued) => ("Nothing waits to be sent", "New mail leaves within seconds."),
        Some(MailState::Sent) => ("Nothing was sent yet", "Mail that left appears here."),
        Some(MailState::Failed) => ("Nothing failed", "Mail that could not be delivered would appear here."),
    };
    view! {
        <div class="card">
            <EmptyState title=title text=text glyph=Glyph::Mail />
        </div>
    }
    .into_any()
}
