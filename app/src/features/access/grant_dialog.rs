use domain::ids::ContactId;
use leptos::prelude::*;

use super::{dialog_state::DialogState, grant_row::GrantRowView, portal_user_fields::group_options};
use crate::ui::{
    Alert, Button, ButtonKind, Column, Dialog, EmptyState, Progress, SelectField, Skeleton, Table, TextArea,
    Tone,
};

/// The dialog *Grant portal access*: ticks and *Apply* for many, buttons for one, and what became of each row
/// right there.
#[component]
pub fn GrantDialog(
    /// The contacts to open it on; taken, so that the same ones can be asked for again.
    contacts: RwSignal<Option<Vec<ContactId>>>,
    /// Told when it was closed: what is behind it may have changed.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let dialog = DialogState::new();
    Effect::new(move |_| {
        if let Some(chosen) = contacts.get() {
            contacts.set(None);
            dialog.open(chosen);
        }
    });
    view! {
        <Dialog id="grant" title="Grant portal access" wide=true open=dialog.is_open on_close=on_close>
            {move || {
                dialog.problem.get().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })
            }}
            {move || {
                if dialog.is_loading.get() {
                    return view! { <Skeleton rows=true lines=4 /> }.into_any();
                }
                let rows = dialog.rows.get();
                if rows.is_empty() {
                    return view! {
                        <EmptyState title="Nobody to grant access to" text="The chosen contacts are archived." />
                    }
                        .into_any();
                }
                let columns = vec![
                    Column::new("In Portal"),
                    Column::new("Contact"),
                    Column::new("Email"),
                    Column::new("Latest authentication"),
                    Column::quiet("Actions"),
                ];
                view! {
                    <Table label="Contacts to grant access to" columns=columns class="grant-table">
                        {rows
                            .into_iter()
                            .map(|row| view! { <GrantRowView dialog=dialog row=row /> })
                            .collect_view()}
                    </Table>
                    <div class="grant-message">
                        {move || {
                            view! {
                                <SelectField
                                    label="Permission group"
                                    name="group"
                                    id="grant-group"
                                    options=group_options(&dialog.groups.get(), Some("What fits each contact"))
                                    bind=dialog.group
                                />
                            }
                        }}
                        <TextArea
                            label="Invitation message"
                            name="message"
                            bind=dialog.message
                            hint="Added to the invitation mail of everybody granted or re-invited from here."
                        />
                    </div>
                }
                    .into_any()
            }}
            {move || {
                dialog
                    .progress
                    .with(Option::is_some)
                    .then(|| {
                        let part = move |pick: fn((u64, u64)) -> u64| {
                            Signal::derive(move || dialog.progress.get().map_or(0, pick))
                        };
                        view! {
                            <Progress
                                label="Applying"
                                id="grant-progress"
                                value=part(|(done, _)| done)
                                max=part(|(_, of)| of)
                            />
                        }
                    })
            }}
            <div class="actions">
                <span class="muted" role="status">
                    {move || dialog.summary.get()}
                </span>
                <Button
                    kind=ButtonKind::Primary
                    busy=Signal::derive(move || dialog.progress.with(Option::is_some))
                    on_click=move |_| dialog.apply()
                >
                    "Apply"
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
