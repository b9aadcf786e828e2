use domain::{
    documents::DocumentKind,
    ids::DocumentId,
    subscriptions::{MAX_REASON, SubscriptionAction, SubscriptionChange, SubscriptionPage},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::loaded,
    server::{answer, cx},
    ui::{
        Alert, Badge, Button, ButtonKind, ButtonLink, Crumb, Definition, DefinitionList, Dialog, Money,
        PageHeader, Panel, TextArea, Tone,
    },
};

/// `/my/subscriptions/{id}/manage`: pause, resume, cancel, and what pays it. A plain page.
#[component]
pub fn SubscriptionManagePage() -> impl IntoView {
    let reply = use_form_reply().unwrap_or_default();
    let done = use_query_map().with_untracked(|query| query.get("done"));
    let id = use_params_map().with_untracked(|params| params.get_str("id")?.parse::<DocumentId>().ok());
    loaded(
        async move {
            let id = id.ok_or(PortalError::NotFound)?;
            let cx = cx()?;
            answer(&cx, services::subscriptions::get_subscription(&cx, id).await)
        },
        move |page| show(page, &reply, done.as_deref()),
    )
}

fn show(page: SubscriptionPage, reply: &FormReply, done: Option<&str>) -> AnyView {
    let row = page.row.clone();
    let back = format!("/my/subscriptions/{}", row.id);
    let name = row.name().to_owned();
    let crumbs = vec![
        Crumb::link(DocumentKind::Subscription.label(), "/my/subscriptions"),
        Crumb::link(name.clone(), back.clone()),
    ];
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    let done = done.filter(|_| *reply == FormReply::default()).and_then(SubscriptionAction::parse);
    let done = done.map(|done| {
        let told = match done {
            SubscriptionAction::Pause => "The subscription is paused. We were told.",
            SubscriptionAction::Resume => "The subscription goes on. We were told.",
            SubscriptionAction::Cancel => "The subscription is canceled. We were told.",
        };
        view! { <Alert tone=Tone::Good title=told /> }
    });
    let state = row.state.label(row.kind);
    let tone = match row.state {
        domain::documents::DocumentState::Active => Tone::Good,
        domain::documents::DocumentState::Paused => Tone::Warn,
        _ => Tone::Neutral,
    };
    let amount = page.amount.map(|amount| {
        view! {
            <Definition term="Amount">
                <Money amount=amount />
            </Definition>
        }
    });
    let next = page.next.clone().map(|next| view! { <Definition term="Next invoice">{next}</Definition> });
    let paid_by = page.paid_by.clone().unwrap_or_else(|| "By hand".to_owned());
    let change = (page.may_change && row.state != domain::documents::DocumentState::Ended).then(|| {
        let href = format!("{back}/automatic");
        view! {
            <p>
                <a href=href>"Change payment"</a>
            </p>
        }
    });
    let is_empty = page.actions.is_empty();
    let actions = page.actions.iter().map(|action| action_view(*action, &back, reply)).collect_view();
    let none =
        is_empty.then(|| view! { <p class="aside-text">"There is nothing to change about it any more."</p> });
    view! {
        <Title text=format!("Manage {name}") />
        <div class="page narrow">
            <PageHeader
                title=format!("Manage {name}")
                crumbs=crumbs
                badge=move || view! { <Badge tone=tone text=state /> }
            />
            {problem}
            {done}
            <Panel title="Subscription" id="subscription">
                <DefinitionList>
                    {amount}
                    <Definition term="Recurs">{page.recurrence}</Definition>
                    {next}
                    <Definition term="Paid by">{paid_by}</Definition>
                </DefinitionList>
                {change}
            </Panel>
            <Panel title="Change it" id="change">
                {none}
                <div class="actions">{actions}</div>
            </Panel>
            {changes(page.changes)}
            <p>
                <ButtonLink href=back>"Back to the subscription"</ButtonLink>
            </p>
        </div>
    }
    .into_any()
}

/// A button that asks once more, and why.
fn action_view(action: SubscriptionAction, back: &str, reply: &FormReply) -> impl IntoView + use<> {
    let (label, confirm, told) = match action {
        SubscriptionAction::Pause => {
            ("Pause", "Pause now", "Nothing is delivered or invoiced until you resume it.")
        }
        SubscriptionAction::Resume => ("Resume", "Resume now", "It goes on as before."),
        SubscriptionAction::Cancel => (
            "Cancel subscription",
            "Cancel it now",
            "It ends at once and cannot be resumed. What is open stays open.",
        ),
    };
    let kind = if action == SubscriptionAction::Cancel { ButtonKind::Danger } else { ButtonKind::Secondary };
    let dialog = format!("dialog-{}", action.code());
    let is_reply = reply.value("what") == action.code();
    let reason = if is_reply { reply.value("reason") } else { String::new() };
    let error = if is_reply { reply.error("reason") } else { None };
    let address = format!("{back}/manage");
    view! {
        <Button kind=kind opens=dialog.clone()>
            {label}
        </Button>
        <Dialog id=dialog title=format!("{label}?") open=RwSignal::new(is_reply)>
            <form class="form" method="post" action=address novalidate=true>
                <input type="hidden" name="what" value=action.code() />
                <p>{told}</p>
                <TextArea
                    label="Reason"
                    name="reason"
                    id=format!("reason-{}", action.code())
                    value=reason
                    rows=3
                    maxlength=u32::try_from(MAX_REASON).unwrap_or_default()
                    hint="We read it; you need not give one."
                    error=error
                />
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true>
                        {confirm}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}

fn changes(changes: Vec<SubscriptionChange>) -> Option<impl IntoView> {
    let is_empty = changes.is_empty();
    let rows = changes
        .into_iter()
        .map(|change| {
            let reason = Some(change.reason).filter(|reason| !reason.is_empty());
            view! {
                <li class="pay-row">
                    <span>
                        {format!("{} by {}", change.action.label(), change.by)}
                        {reason.map(|reason| view! { <span class="sub">{reason}</span> })}
                    </span>
                    <span class="sub">{change.at}</span>
                </li>
            }
        })
        .collect_view();
    (!is_empty).then(|| {
        view! {
            <Panel title="What was changed" id="changes">
                <ul class="pay-list">{rows}</ul>
            </Panel>
        }
    })
}
