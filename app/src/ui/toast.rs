//! Showing toasts and announcing them.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::{Glyph, Icon, Toast, Tone, use_toasts};

/// The region where toasts appear: once in the root, after the page. Dialogs have one of their own.
#[component]
pub fn Toasts(
    /// The dialog that it stands in.
    #[prop(into, optional)]
    host: Option<String>,
) -> impl IntoView {
    let toasts = use_toasts();
    let shown = move || {
        let here = toasts.hosts.with(|hosts| hosts.last() == host.as_ref());
        if here { toasts.toasts.get() } else { Vec::new() }
    };
    view! {
        <div class="toasts" aria-live="polite">
            <For each=shown key=|toast| toast.id let:toast>
                <ToastView toast=toast />
            </For>
        </div>
    }
    .into_any()
}

/// How long a toast stays; one that reports a failure stays until it is dismissed.
fn stay(toast: &Toast) -> Option<Duration> {
    match (toast.tone, &toast.action) {
        (Tone::Bad, _) => None,
        (_, Some(_)) => Some(Duration::from_secs(15)),
        (_, None) => Some(Duration::from_secs(6)),
    }
}

#[component]
fn ToastView(toast: Toast) -> impl IntoView {
    let toasts = use_toasts();
    let (id, time) = (toast.id, stay(&toast));
    let timer = StoredValue::<Option<TimeoutHandle>>::new(None);
    let pause = move || {
        if let Some(running) = timer.try_update_value(Option::take).flatten() {
            running.clear();
        }
    };
    let resume = move || {
        pause();
        if let Some(time) = time {
            timer.set_value(set_timeout_with_handle(move || toasts.dismiss(id), time).ok());
        }
    };
    Effect::new(move |_| resume());
    on_cleanup(pause);
    let action = toast.action.map(|action| {
        let run = move |_| {
            toasts.dismiss(id);
            action.run.run(());
        };
        view! {
            <button type="button" class="button quiet" on:click=run>
                {action.label}
            </button>
        }
    });
    view! {
        <div
            class=format!("toast {}", toast.tone.class())
            on:mouseenter=move |_| pause()
            on:mouseleave=move |_| resume()
            on:focusin=move |_| pause()
            on:focusout=move |_| resume()
        >
            <Icon glyph=toast.tone.glyph() />
            <span class="toast-text">{toast.text}</span>
            {action}
            <button
                type="button"
                class="button quiet icon-button"
                aria-label="Dismiss"
                title="Dismiss"
                on:click=move |_| toasts.dismiss(id)
            >
                <Icon glyph=Glyph::Close />
            </button>
        </div>
    }
    .into_any()
}
