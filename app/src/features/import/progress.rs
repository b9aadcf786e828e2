//! A run: how far it is, and then what it did.

use std::time::Duration;

use domain::{ids::ImportRunId, import::ImportStatus};
use leptos::{prelude::*, task::spawn_local};

use super::{
    api::get_import_status,
    report::{Report, Stopped},
};
use crate::ui::{ButtonLink, Glyph, Panel, Progress};

/// How often the browser asks.
const EVERY: Duration = Duration::from_millis(500);

/// A run's progress, which gives way to its report.
#[component]
pub(super) fn RunView(
    id: ImportRunId,
    status: ImportStatus,
    /// Told when the run has ended.
    on_end: Callback<()>,
) -> impl IntoView {
    let status = RwSignal::new(status);
    let is_running = Memo::new(move |_| status.with(|status| matches!(status, ImportStatus::Running { .. })));
    move || match is_running.get() {
        true => view! { <RunProgress id=id status=status on_end=on_end /> }.into_any(),
        false => over(status.get_untracked()),
    }
}

fn over(status: ImportStatus) -> AnyView {
    match status {
        ImportStatus::Finished(report) => view! { <Report report=report /> }.into_any(),
        ImportStatus::Failed(reason) => view! { <Stopped reason=reason /> }.into_any(),
        ImportStatus::Running { .. } => ().into_any(),
    }
}

/// How far a run is. The browser asks again and again; without WebAssembly there is *Refresh*.
#[component]
fn RunProgress(id: ImportRunId, status: RwSignal<ImportStatus>, on_end: Callback<()>) -> impl IntoView {
    let count = move |of_all: bool| {
        Signal::derive(move || match status.get() {
            ImportStatus::Running { done, of } => u64::from(if of_all { of } else { done }),
            ImportStatus::Finished(_) | ImportStatus::Failed(_) => 0,
        })
    };
    let asking = StoredValue::new(false);
    let ask = move || {
        if asking.try_get_value() != Some(false) {
            return;
        }
        asking.set_value(true);
        spawn_local(async move {
            // An answer that got lost is no matter: the next one comes.
            if let Ok(now) = get_import_status(id).await {
                let has_ended = !matches!(now, ImportStatus::Running { .. });
                status.try_set(now);
                if has_ended {
                    on_end.try_run(());
                }
            }
            asking.try_set_value(false);
        });
    };
    Effect::new(move |_| {
        if let Ok(timer) = set_interval_with_handle(ask, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
    let again = format!("/staff/import?run={id}");
    view! {
        <Panel title="Under way" id="run">
            <div class="stack">
                <Progress label="Records" id="run-progress" value=count(false) max=count(true) />
                <p class="aside-text">"You can leave this page: the run goes on, and is listed below."</p>
                <div class="actions">
                    <ButtonLink href=again external=true glyph=Glyph::Refresh>
                        "Refresh"
                    </ButtonLink>
                </div>
            </div>
        </Panel>
    }
    .into_any()
}
