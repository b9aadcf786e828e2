use domain::access::{BulkChange, BulkPage, BulkRow, BulkTargets, MOST_IN_BULK, RowChange};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::{
    api::list_bulk_rows,
    bulk_results::results,
    bulk_run::BulkRun,
    portal_user_fields::{group_field, shown, wrong},
};
use crate::{
    features::contacts::{bulk_href, bulk_targets},
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{
        Alert, Button, ButtonKind, ButtonLink, Crumb, EmptyState, PageHeader, Progress, SelectField,
        Skeleton, TextArea, Tone,
    },
};

/// The answer to the bulk form: what it would do, or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkReply {
    /// What was asked.
    pub change: BulkChange,
    /// What becomes of each contact.
    pub rows: Vec<BulkRow>,
    /// Whether nothing was changed yet.
    pub is_preview: bool,
}

/// `/staff/contacts/bulk`: one change of portal access for many contacts, with a look at it first.
#[component]
pub fn BulkAccessPage() -> impl IntoView {
    let query = use_query_map();
    let targets = Memo::new(move |_| query.with(bulk_targets));
    let page = Resource::new(
        move || targets.get(),
        |targets| async move { list_bulk_rows(targets.clone()).await.map(|page| (targets, page)) },
    );
    let reply = use_form_reply();
    let answer = SharedValue::new(use_context::<BulkReply>).into_inner();
    view! {
        <Transition fallback=|| view! { <Skeleton rows=true lines=6 /> }>
            {move || {
                let (reply, answer) = (reply.clone(), answer.clone());
                Suspend::new(async move {
                    match page.await {
                        Ok((targets, page)) => show(&targets, page, reply.as_ref(), answer).into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn show(
    targets: &BulkTargets,
    page: BulkPage,
    reply: Option<&FormReply>,
    answer: Option<BulkReply>,
) -> impl IntoView + use<> {
    let count = page.rows.len();
    let whom = match targets {
        BulkTargets::These(_) => format!("{count} ticked contacts"),
        BulkTargets::Matching(_) => format!("{count} contacts of the list"),
    };
    let back = match targets {
        BulkTargets::These(_) => "/staff/contacts".to_owned(),
        BulkTargets::Matching(filter) => crate::features::contacts::list_href(filter),
    };
    let crumbs = vec![Crumb::link("Contacts overview", back)];
    let content = if count == 0 {
        view! {
            <EmptyState title="Nobody to change" text="Tick contacts in the list first, or choose a filter that finds some." />
        }
        .into_any()
    } else if page.is_too_many {
        let text = format!("One change is for {MOST_IN_BULK} contacts at most: narrow the list first.");
        view! { <EmptyState title="Too many contacts" text=text /> }.into_any()
    } else {
        match answer {
            Some(answer) if answer.is_preview => preview(targets, page, answer).into_any(),
            Some(answer) => done(&answer.rows).into_any(),
            None => choose(targets, &page, reply).into_any(),
        }
    };
    view! {
        <Title text="Portal access in bulk" />
        <div class="page narrow">
            <PageHeader title="Portal access in bulk" subtitle=whom crumbs=crumbs />
            {content}
        </div>
    }
}

fn choose(targets: &BulkTargets, page: &BulkPage, reply: Option<&FormReply>) -> impl IntoView + use<> {
    let changes =
        RowChange::IN_BULK.map(|change| (change.code().to_owned(), words(change).to_owned())).into();
    let problem = reply.and_then(|reply| reply.problem.clone());
    view! {
        {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
        <form class="form" method="post" action=bulk_href(targets)>
            <SelectField
                label="What to do"
                name="change"
                options=changes
                value=shown(reply, "change", RowChange::Grant.code())
                error=wrong(reply, "change")
            />
            {group_field(reply, &page.groups, Some("What fits each contact"), String::new())}
            <TextArea
                label="Invitation message"
                name="message"
                value=shown(reply, "message", "")
                hint="Added to the mail of everybody who is invited."
                error=wrong(reply, "message")
            />
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true>"Preview"</Button>
            </div>
        </form>
    }
}

fn words(change: RowChange) -> &'static str {
    match change {
        RowChange::Grant => "Enable portal access",
        RowChange::Reinvite => "Send the invitation again",
        RowChange::Regroup => "Change the permission group",
        RowChange::Revoke => "Revoke portal access",
        RowChange::UndoRevoke => "Restore",
    }
}

/// What would happen, with the button that makes it so.
fn preview(targets: &BulkTargets, page: BulkPage, answer: BulkReply) -> impl IntoView + use<> {
    let run = BulkRun::new();
    let BulkReply { change, rows, .. } = answer;
    let is_any = rows.iter().any(|row| row.result == domain::access::BulkResult::Changed);
    let group = change.group.and_then(|id| page.groups.iter().find(|group| group.id == id));
    let what = match group {
        Some(group) => format!("{}: {}", words(change.change), group.name),
        None => words(change.change).to_owned(),
    };
    let fields = [
        ("change", change.change.code().to_owned()),
        ("group", change.group.map(|group| group.to_string()).unwrap_or_default()),
        ("message", change.message.clone()),
        ("step", "apply".to_owned()),
    ];
    let fields = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let contacts = StoredValue::new(page.rows);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        run.start(contacts.get_value(), change.clone());
    };
    let part = move |pick: fn((u64, u64)) -> u64| Signal::derive(move || run.progress.get().map_or(0, pick));
    let is_running = Signal::derive(move || run.progress.with(Option::is_some));
    let action = bulk_href(targets);
    let before = StoredValue::new(rows);
    view! {
        <h2>{what}</h2>
        {move || run.problem.get().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
        <div hidden=move || run.done.with(Option::is_some)>
            <form class="actions" method="post" action=action on:submit=submit>
                {fields}
                {is_any
                    .then(|| view! { <Button kind=ButtonKind::Primary submit=true busy=is_running>"Apply"</Button> })}
                <ButtonLink href="/staff/contacts">"Discard"</ButtonLink>
            </form>
        </div>
        {move || {
            is_running
                .get()
                .then(|| {
                    view! {
                        <Progress
                            label="Applying"
                            id="bulk-progress"
                            value=part(|(done, _)| done)
                            max=part(|(_, of)| of)
                        />
                    }
                })
        }}
        {move || match run.done.get() {
            Some(rows) => done(&rows).into_any(),
            None => before.with_value(|rows| results(rows, true)).into_any(),
        }}
    }
}

fn done(rows: &[BulkRow]) -> impl IntoView + use<> {
    view! {
        <h2>"Done"</h2>
        {results(rows, false)}
        <div class="actions">
            <ButtonLink href="/staff/contacts">"Back to the contacts"</ButtonLink>
        </div>
    }
}
