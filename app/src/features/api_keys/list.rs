use domain::api::{ApiKeyRow, ApiKeyState};
use leptos::prelude::*;

use super::PAGE;
use crate::ui::{Badge, Button, ButtonKind, Cell, CellKind, Column, EmptyState, Glyph, Row, Table, Tone};

/// The keys.
pub(super) fn list(keys: Vec<ApiKeyRow>) -> AnyView {
    if keys.is_empty() {
        return view! {
            <div class="card">
                <EmptyState title="No keys yet" text="Make the first one below." glyph=Glyph::Key />
            </div>
        }
        .into_any();
    }
    let columns = vec![
        Column::new("Key"),
        Column::new("It may"),
        Column::new("Last used"),
        Column::new("State"),
        Column::quiet("Actions"),
    ];
    let rows = keys.into_iter().map(row).collect_view();
    view! { <Table label="API keys" columns=columns>{rows}</Table> }.into_any()
}

fn row(key: ApiKeyRow) -> impl IntoView {
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.label()).collect();
    let (tone, state) = match key.state {
        ApiKeyState::Active => (Tone::Good, "Active"),
        ApiKeyState::Expired => (Tone::Warn, "Expired"),
        ApiKeyState::Revoked => (Tone::Bad, "Revoked"),
    };
    let until = key.until.map(|until| {
        let told = if key.state == ApiKeyState::Active { format!("until {until}") } else { until };
        view! { <span class="sub">{told}</span> }
    });
    let told = format!(" {} {}", key.name, key.hint);
    let action = format!("{PAGE}/{}/revoke", key.id);
    let revoke = (key.state == ApiKeyState::Active).then(|| {
        view! {
            <form method="post" action=action>
                <Button kind=ButtonKind::Danger submit=true>
                    "Revoke"
                    <span class="visually-hidden">{told}</span>
                </Button>
            </form>
        }
    });
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                {key.name}
                <span class="sub">{format!("{}… · {}", key.hint, key.made)}</span>
            </Cell>
            <Cell label="It may">{scopes.join(", ")}</Cell>
            <Cell label="Last used">{key.last_used.unwrap_or_else(|| "Never".to_owned())}</Cell>
            <Cell label="State">
                <div>
                <Badge tone=tone text=state />
                {until}
                </div>
            </Cell>
            <Cell kind=CellKind::Actions>{revoke}</Cell>
        </Row>
    }
}
