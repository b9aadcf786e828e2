use leptos::prelude::*;

use crate::ui::{Alert, Button, ButtonLink, Tone};

/// Recovery codes in the one moment in which they can be seen: to download, and in the browser to copy or print.
#[component]
pub(super) fn RecoveryCodes(
    codes: Vec<String>,
    /// Where to go afterwards.
    #[prop(into)]
    next: String,
    /// The page never becomes interactive.
    is_plain: bool,
) -> impl IntoView {
    let text = codes.join("\n");
    let file = format!("data:text/plain;charset=utf-8,{}", codes.join("%0A"));
    let items = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
    view! {
        <div class="stack">
            <Alert tone=Tone::Warn title="Keep these codes where you find them without your telephone.">
                "Each of them lets you in once instead of a code of your app. They are not shown again."
            </Alert>
            <ul class="recovery-codes" aria-label="Recovery codes">
                {items}
            </ul>
            <div class="actions">
                <a class="button" href=file download="recovery-codes.txt">
                    "Download codes"
                </a>
                {(!is_plain).then(|| by_script(text))}
                <ButtonLink href=next external=is_plain kind=crate::ui::ButtonKind::Primary>
                    "Continue"
                </ButtonLink>
            </div>
        </div>
    }
    .into_any()
}

/// What takes a script to do.
fn by_script(text: String) -> AnyView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        copied.set(true);
        let clipboard = window().navigator().clipboard();
        // Whether it worked is the browser's to say; a refusal shows its own prompt.
        drop(clipboard.write_text(&text));
    };
    view! {
        <Button on_click=Callback::new(copy)>"Copy codes"</Button>
        <Button on_click=Callback::new(|_| drop(window().print()))>"Print codes"</Button>
        <span role="status" class="hint">
            {move || copied.get().then_some("Copied.")}
        </span>
    }
    .into_any()
}
