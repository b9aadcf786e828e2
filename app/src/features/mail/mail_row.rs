//! A mail in the list, and sending it again.

use domain::mail::{MailRow, MailState};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::api::resend_mail;
use crate::ui::{Badge, Button, Cell, CellKind, Row, Tone, use_toasts};

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

/// A mail's row; it changes when the mail is sent again.
#[component]
pub(super) fn MailRowView(mail: MailRow, label: String) -> impl IntoView {
    let id = mail.id;
    let (to, subject) = (mail.to.clone(), mail.subject.clone());
    let recipient = to.clone();
    let mail = RwSignal::new(mail);
    let busy = RwSignal::new(false);
    let toasts = use_toasts();
    let resend = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let to = to.clone();
        spawn_local(async move {
            match resend_mail(id).await {
                Ok(after) => {
                    toasts.push(Tone::Good, format!("The mail to {to} is on its way."));
                    mail.try_set(after);
                }
                Err(error) => toasts.push(Tone::Bad, error.to_string()),
            }
            busy.try_set(false);
        });
    };
    let state = move || mail.with(|mail| view! { <Badge tone=tone(mail.state) text=mail.state.label() /> });
    let error = move || {
        let error = mail.with(|mail| mail.error.clone());
        error.map(|error| view! { <span class="mail-error">{error}</span> })
    };
    let when = move || mail.with(|mail| mail.sent.or(mail.next_try).map(|when| when.display()));
    let action = move || {
        let (resend, label) = (resend.clone(), label.clone());
        mail.with(may_resend).then(|| {
            let path = format!("/staff/mail/{id}/resend");
            view! {
                <form method="post" action=path on:submit=resend>
                    <Button submit=true busy=busy attr:aria-label=label>
                        "Resend"
                    </Button>
                </form>
            }
        })
    };
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                {recipient} <span class="sub">{subject}</span> {error}
            </Cell>
            <Cell class="state" label="State">
                {state}
            </Cell>
            <Cell kind=CellKind::Figure label="Attempts">
                {move || mail.with(|mail| mail.attempts)}
            </Cell>
            <Cell label="Created">{move || mail.with(|mail| mail.created.display())}</Cell>
            <Cell label="Sent or next try">{when}</Cell>
            <Cell kind=CellKind::Actions>{action}</Cell>
        </Row>
    }
    .into_any()
}
