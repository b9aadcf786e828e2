//! A run: how far it is, and then what it did.

use domain::import::ImportStatus;
use leptos::prelude::*;

use super::report::{Report, Stopped};
use crate::ui::{ButtonLink, Glyph, Panel, Progress};

/// A run's progress, which gives way to its report: `public/refresh.js` asks for it until there is no `data-refresh` any more;
/// without scripts there is *Refresh*, which leads to `again`.
pub(super) fn run_view(status: ImportStatus, again: String) -> AnyView {
    let view = match status {
        ImportStatus::Finished(report) => view! { <Report report=report /> }.into_any(),
        ImportStatus::Failed(reason) => view! { <Stopped reason=reason /> }.into_any(),
        ImportStatus::Running { done, of } => progress(done.into(), of.into(), again),
    };
    view! { <div data-live="run">{view}</div> }.into_any()
}

fn progress(done: u64, of: u64, again: String) -> AnyView {
    view! {
        <Panel title="Under way" id="run">
            <div class="stack" data-refresh="">
                <Progress label="Records" id="run-progress" value=done max=of />
                <p class="aside-text">"You can leave this page: the run goes on, and is listed below."</p>
                <div class="actions">
                    <ButtonLink href=again glyph=Glyph::Refresh>
                        "Refresh"
                    </ButtonLink>
                </div>
            </div>
        </Panel>
    }
    .into_any()
}
