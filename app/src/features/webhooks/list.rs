use domain::webhooks::WebhookRow;
use leptos::prelude::*;

use super::PAGE;
use crate::ui::{Badge, Button, ButtonKind, Cell, CellKind, Column, EmptyState, Glyph, Row, Table, Tone};

/// The webhooks.
pub(super) fn list(webhooks: Vec<WebhookRow>) -> AnyView {
    if webhooks.is_empty() {
        return view! {
            <div class="card">
                <EmptyState title="No webhooks yet" text="Make the first one below." glyph=Glyph::Send />
            </div>
        }
        .into_any();
    }
    let columns = vec![
        Column::new("Address"),
        Column::new("Told of"),
        Column::new("Last delivered"),
        Column::new("State"),
        Column::quiet("Actions"),
    ];
    let count = webhooks.len();
    let rows = webhooks
        .into_iter()
        .enumerate()
        .map(|(place, webhook)| row(webhook, count.saturating_sub(place)))
        .collect_view();
    view! { <Table label="Webhooks" columns=columns>{rows}</Table> }.into_any()
}

fn row(webhook: WebhookRow, number: usize) -> impl IntoView {
    let events: Vec<&str> = webhook.events.iter().map(|event| event.label()).collect();
    let is_paused = webhook.paused_since.is_some();
    let (tone, state, since) = match (webhook.paused_since, webhook.failing) {
        (Some(since), _) => (Tone::Neutral, "Paused", Some(format!("since {since}"))),
        (None, Some((since, why))) => (Tone::Bad, "Failing", Some(format!("since {since}. {why}"))),
        (None, None) => (Tone::Good, "Active", None),
    };
    // Names of controls are unique on a page, and two webhooks may lead to one address.
    let told = format!(" webhook {number} ({})", webhook.address);
    let action = |what: &str, label: &'static str, kind| {
        let (action, told) = (format!("{PAGE}/{}", webhook.id), told.clone());
        view! {
            <form method="post" action=action>
                <input type="hidden" name="what" value=what.to_owned() />
                <Button kind=kind submit=true>
                    {label}
                    <span class="visually-hidden">{told}</span>
                </Button>
            </form>
        }
    };
    let test = action("test", "Send test", ButtonKind::Quiet);
    let pause = if is_paused {
        action("resume", "Resume", ButtonKind::Quiet)
    } else {
        action("pause", "Pause", ButtonKind::Quiet)
    };
    let remove = action("remove", "Remove", ButtonKind::Danger);
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                <span class="break-anywhere">{webhook.address}</span>
                <span class="sub">{webhook.made}</span>
            </Cell>
            <Cell label="Told of">{events.join(", ")}</Cell>
            <Cell label="Last delivered">{webhook.last_delivered.unwrap_or_else(|| "Never".to_owned())}</Cell>
            <Cell label="State">
                <div>
                <Badge tone=tone text=state />
                {since.map(|since| view! { <span class="sub">{since}</span> })}
                </div>
            </Cell>
            <Cell kind=CellKind::Actions>{test} {pause} {remove}</Cell>
        </Row>
    }
}
