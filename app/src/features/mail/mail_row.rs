//! A mail in the list, and sending it again.

use domain::mail::{MailRow, MailState};
use leptos::prelude::*;

use crate::ui::{Badge, Button, Cell, CellKind, Row, Tone};

/// What the button in a mail's row is called: different from every other one on the page.
pub(super) fn resend_label(mail: &MailRow, all: &[MailRow]) -> String {
    let label = format!("Resend to {}: {}", mail.to, mail.subject);
    let is_same =
        |other: &&MailRow| may_resend(other) && other.to == mail.to && other.subject == mail.subject;
    if all.iter().filter(is_same).count() > 1 {
        format!("{label}, {}", mail.created.display_exact())
    } else {
        label
    }
}

/// Whether trying again makes sense: it failed, at least once.
fn may_resend(mail: &MailRow) -> bool {
    match mail.state {
        MailState::Failed => true,
        MailState::Queued => mail.attempts > 0,
        MailState::Sent => false,
    }
}

const fn tone(state: MailState) -> Tone {
    match state {
        MailState::Queued => Tone::Info,
        MailState::Sent => Tone::Good,
        MailState::Failed => Tone::Bad,
    }
}

/// A mail's row, in a list of the mails of a state or of all.
#[component]
pub(super) fn MailRowView(mail: MailRow, label: String, filter: Option<MailState>) -> impl IntoView {
    let action = may_resend(&mail).then(|| {
        view! {
            <form method="post" action="/staff/mail">
                <input type="hidden" name="mail" value=mail.id.to_string() />
                {filter.map(|state| view! { <input type="hidden" name="state" value=state.code() /> })}
                <Button submit=true attr:aria-label=label>
                    "Resend"
                </Button>
            </form>
        }
    });
    let when = mail.sent.or(mail.next_try).map(|when| when.display());
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                {mail.to} <span class="sub">{mail.subject}</span>
                {mail.error.map(|error| view! { <span class="mail-error">{error}</span> })}
            </Cell>
            <Cell class="state" label="State">
                <Badge tone=tone(mail.state) text=mail.state.label() />
            </Cell>
            <Cell kind=CellKind::Figure label="Attempts">
                {mail.attempts}
            </Cell>
            <Cell label="Created">{mail.created.display()}</Cell>
            <Cell label="Sent or next try">{when}</Cell>
            <Cell kind=CellKind::Actions>{action}</Cell>
        </Row>
    }
    .into_any()
}
