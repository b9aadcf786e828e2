use domain::webhooks::{DeliveryRow, DeliveryState};
use leptos::prelude::*;

use super::PAGE;
use crate::ui::{Badge, Button, ButtonKind, Cell, CellKind, Column, Panel, Row, Table, Tone};

/// What the webhooks were told last.
pub(super) fn deliveries(deliveries: Vec<DeliveryRow>) -> AnyView {
    if deliveries.is_empty() {
        return ().into_any();
    }
    let mut columns = ["Event", "To", "State", "Tries"].map(Column::new).to_vec();
    columns.push(Column::quiet("Actions"));
    let count = deliveries.len();
    let rows = deliveries
        .into_iter()
        .enumerate()
        .map(|(place, delivery)| row(delivery, count.saturating_sub(place)))
        .collect_view();
    view! {
        <Panel title="Latest deliveries" id="deliveries" flush=true>
            <Table label="Latest deliveries" columns=columns>
                {rows}
            </Table>
        </Panel>
    }
    .into_any()
}

fn row(delivery: DeliveryRow, number: usize) -> impl IntoView {
    let (tone, when) = match delivery.state {
        DeliveryState::Queued => (Tone::Info, delivery.when.map(|when| format!("next try {when}"))),
        DeliveryState::Delivered => (Tone::Good, delivery.when),
        DeliveryState::Failed => (Tone::Bad, None),
    };
    let told = format!(" delivery {number} ({})", delivery.event);
    let action = format!("{PAGE}/deliveries/{}/resend", delivery.id);
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                {delivery.event}
                <span class="sub">{delivery.created}</span>
            </Cell>
            <Cell label="To">
                <span class="break-anywhere">{delivery.address}</span>
            </Cell>
            <Cell label="State">
                <div>
                <Badge tone=tone text=delivery.state.label() />
                {when.map(|when| view! { <span class="sub">{when}</span> })}
                {delivery.error.map(|error| view! { <span class="sub">{error}</span> })}
                </div>
            </Cell>
            <Cell label="Tries">{delivery.attempts}</Cell>
            <Cell kind=CellKind::Actions>
                <form method="post" action=action>
                    <Button kind=ButtonKind::Quiet submit=true>
                        "Resend"
                        <span class="visually-hidden">{told}</span>
                    </Button>
                </form>
            </Cell>
        </Row>
    }
}
