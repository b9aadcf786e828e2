use domain::access::{EmailState, PortalState, RowChange};
use leptos::prelude::*;

use super::dialog_state::{DialogState, RowState};
use crate::ui::{Button, ButtonKind, Cell, CellKind, CheckboxField, Field, Row, Tone};

/// One contact of the dialog: tick, name, email with what a grant would make of it, and buttons.
#[component]
pub(super) fn GrantRowView(dialog: DialogState, row: RowState) -> impl IntoView {
    let id = row.contact;
    let name = row.row.with_untracked(|row| row.name.clone());
    let is_active = Memo::new(move |_| matches!(row.state(), PortalState::Active | PortalState::Disabled));
    let last = move || {
        row.row.with(|row| match (row.last_authenticated, row.state) {
            (Some(at), _) => at.display(),
            (None, PortalState::None) => String::new(),
            (None, _) => "Never".to_owned(),
        })
    };
    view! {
        <Row>
            <Cell kind=CellKind::Tick>
                <CheckboxField
                    label="In Portal"
                    label_hidden=true
                    name="in_portal"
                    id=format!("in-portal-{id}")
                    bind=row.in_portal
                />
            </Cell>
            <Cell kind=CellKind::Title>{name}</Cell>
            <Cell class="grant-email">
                {move || {
                    view! {
                        <Field
                            label="Email"
                            label_hidden=true
                            name="email"
                            id=format!("email-{id}")
                            kind="email"
                            autocomplete="off"
                            bind=row.email
                            readonly=is_active.get()
                            on_input=move |_typed: String| dialog.email_typed(row)
                        />
                    }
                }}
                <div class=move || format!("grant-state {}", state_tone(row).class()) role="status">
                    {move || state_text(row)}
                </div>
            </Cell>
            <Cell label="Latest authentication" class="grant-auth">
                {last}
            </Cell>
            <Cell kind=CellKind::Actions>
                {move || buttons(dialog, row)} {move || answer(dialog, row)}
            </Cell>
        </Row>
    }
}

/// The email's state while it matters, and how far the contact is otherwise.
fn state_text(row: RowState) -> String {
    // A refusal below the button says the same.
    let is_refused = row.answer.with(|answer| answer.as_ref().is_some_and(|answer| answer.tone == Tone::Bad));
    match row.state() {
        PortalState::None if is_refused => String::new(),
        PortalState::None => row.email_state.with(EmailState::explain),
        state => state.label().to_owned(),
    }
}

fn state_tone(row: RowState) -> Tone {
    match row.state() {
        PortalState::None => match row.email_state.get() {
            EmailState::Good => Tone::Good,
            EmailState::KnownElsewhere | EmailState::Missing => Tone::Warn,
            _ => Tone::Bad,
        },
        PortalState::Active => Tone::Good,
        PortalState::Disabled => Tone::Bad,
        PortalState::Invited | PortalState::Pending => Tone::Info,
    }
}

fn buttons(dialog: DialogState, row: RowState) -> AnyView {
    let change = move |change| move |_event| dialog.change(row, change);
    let revoke = move || {
        view! {
            <Button busy=row.is_busy on_click=change(RowChange::Revoke)>
                "Revoke Access"
            </Button>
        }
    };
    match row.state() {
        PortalState::None => view! {
            <Button
                busy=row.is_busy
                disabled=Signal::derive(move || row.email_state.with(|state| !state.is_grantable()))
                on_click=change(RowChange::Grant)
            >
                "Grant Access"
            </Button>
        }
        .into_any(),
        PortalState::Invited | PortalState::Pending => view! {
            <Button busy=row.is_busy on_click=change(RowChange::Reinvite)>
                "Re-invite"
            </Button>
            {revoke()}
        }
        .into_any(),
        PortalState::Active | PortalState::Disabled => revoke().into_any(),
    }
}

fn answer(dialog: DialogState, row: RowState) -> Option<impl IntoView> {
    let answer = row.answer.get()?;
    let class = format!("grant-result {}", answer.tone.class());
    let text = answer.text;
    Some(view! {
        <div class=class role="status">
            {text}
            {answer
                .can_undo
                .then(|| {
                    view! {
                        <Button
                            kind=ButtonKind::Quiet
                            busy=row.is_busy
                            on_click=move |_| dialog.change(row, RowChange::UndoRevoke)
                        >
                            "Undo"
                        </Button>
                    }
                })}
        </div>
    })
}
