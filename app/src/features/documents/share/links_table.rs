use domain::documents::{ShareLinkRow, ShareStanding};
use leptos::prelude::*;

use crate::ui::{Badge, Button, ButtonKind, Cell, CellKind, Column, EmptyState, Glyph, Row, Table, Tone};

/// The links to a document, each with what ends it.
pub(super) fn links_table(links: Vec<ShareLinkRow>, action: &str) -> AnyView {
    if links.is_empty() {
        return view! {
            <div class="card">
                <EmptyState
                    title="No links yet"
                    text="Nobody without a login can see this document."
                    glyph=Glyph::Link
                />
            </div>
        }
        .into_any();
    }
    let columns = vec![
        Column::new("For"),
        Column::new("May"),
        Column::new("Works until"),
        Column::end("Views"),
        Column::new("Last opened"),
        Column::new("State"),
        Column::quiet("Actions"),
    ];
    let count = links.len();
    let rows = links
        .into_iter()
        .enumerate()
        .map(|(place, link)| row(link, count.saturating_sub(place), action))
        .collect_view();
    view! {
        <Table label="Links to this document" columns=columns class="doc-list">
            {rows}
        </Table>
    }
    .into_any()
}

fn row(link: ShareLinkRow, number: usize, action: &str) -> AnyView {
    let named = [link.recipient.as_str(), link.email.as_str()];
    let whom = named.into_iter().find(|text| !text.is_empty()).unwrap_or("Nobody named").to_owned();
    let email = Some(link.email).filter(|email| *email != whom && !email.is_empty());
    let made = format!("Made by {} on {}", link.created_by, link.created);
    let (tone, state) = match link.standing {
        ShareStanding::Works => (Tone::Good, "Works"),
        ShareStanding::Expired => (Tone::Neutral, "Expired"),
        ShareStanding::Revoked => (Tone::Bad, "Revoked"),
    };
    // Names of controls are unique on a page, and two links may be for the same person.
    let hidden = format!(" link {number} ({whom})");
    let revoke = (link.standing == ShareStanding::Works).then(|| {
        view! {
            <form method="post" action=action.to_owned()>
                <input type="hidden" name="link" value=link.id.to_string() />
                <Button kind=ButtonKind::Quiet submit=true name="what" value="revoke">
                    "Revoke"
                    <span class="visually-hidden">{hidden}</span>
                </Button>
            </form>
        }
    });
    let rights =
        [(link.may_comment, "write messages"), (link.may_sign, "accept and sign"), (link.may_pay, "pay")];
    let rights = rights.into_iter().filter(|(may, _)| *may).map(|(_, words)| words);
    let may = std::iter::once("View").chain(rights).collect::<Vec<_>>().join(", ");
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                <strong>{whom}</strong>
                {email.map(|email| view! { <span class="sub">{email}</span> })}
                <span class="sub">{made}</span>
            </Cell>
            <Cell label="May">{may}</Cell>
            <Cell label="Works until">{link.until}</Cell>
            <Cell kind=CellKind::Figure label="Views">
                {link.views}
            </Cell>
            <Cell label="Last opened">{link.last_opened.unwrap_or_else(|| "Never".to_owned())}</Cell>
            <Cell label="State">
                <Badge tone=tone text=state />
            </Cell>
            <Cell kind=CellKind::Actions>{revoke}</Cell>
        </Row>
    }
    .into_any()
}
