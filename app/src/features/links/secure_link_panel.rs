use domain::{ids::ContactId, links::SecureLink};
use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlDocument, HtmlInputElement},
};

use crate::ui::{Button, ButtonKind, Dialog, Field, Glyph, Panel, ToastBox, Tone, use_toasts};

/// The box with the link, as *Copy* finds it.
const BOX: &str = "secure-link-address";

/// Section *Secure link* of a customer's page: shown, copied, rotated, switched off and on.
#[component]
pub(crate) fn SecureLinkPanel(
    /// The customer whose page it is.
    customer: ContactId,
    /// Its link.
    link: SecureLink,
) -> impl IntoView {
    let base = format!("/staff/contacts/{customer}/secure-link");
    let told = match (&link.link, link.has_portal_user) {
        (None, _) => "It is switched off: the link opens nothing.",
        (Some(_), false) => {
            "It works alone: this customer has no portal user yet, so whoever has the link sees what the group \
             Non-portal users may see, without signing in."
        }
        (Some(_), true) => {
            "It leads to sign-in: this customer has portal users, so the link alone opens nothing any more."
        }
    };
    let snippet = format!(
        "<a href=\"{}\">{} customer portal</a>",
        escaped(&link.portal_address),
        escaped(&link.business)
    );
    view! {
        <Panel title="Secure link" id="secure-link">
            <div class="stack">
                <p class="aside-text">{told}</p>
                {match link.link {
                    Some(address) => on(&base, address, link.generation),
                    None => off(&base),
                }}
                <details class="link-snippets">
                    <summary>"For your website and mails"</summary>
                    <div class="stack">
                        <Field
                            label="Portal address"
                            name="portal-address"
                            value=link.portal_address
                            readonly=true
                            hint="Where customers sign in; the same for everybody."
                        />
                        <Field
                            label="HTML to paste"
                            name="portal-snippet"
                            value=snippet
                            readonly=true
                            hint="Into a website’s page or a mail signature."
                        />
                    </div>
                </details>
            </div>
        </Panel>
    }
    .into_any()
}

fn on(base: &str, address: String, generation: i32) -> AnyView {
    let toasts = use_toasts();
    let (switch_off, rotate) = (format!("{base}/off"), format!("{base}/rotate"));
    let asking = RwSignal::new(false);
    view! {
        <div class="secure-link">
            <Field label="Address" name=BOX value=address readonly=true />
            <Button glyph=Glyph::Copy on_click=move |_| copy(toasts)>
                "Copy"
            </Button>
        </div>
        <div class="link-actions">
            <Button glyph=Glyph::Refresh opens="rotate-link" on_click=move |_| asking.set(true)>
                "Rotate"
            </Button>
            <form method="post" action=switch_off>
                <Button submit=true>"Switch off"</Button>
            </form>
        </div>
        <Dialog id="rotate-link" title="Replace the secure link?" open=asking>
            <p>
                "The customer gets a new link. The present one stops working at once, also in mails that were sent, \
                and whoever came in by it is out."
            </p>
            <form method="post" action=rotate class="actions rotate-link">
                <input type="hidden" name="generation" value=generation />
                <Button kind=ButtonKind::Danger submit=true>
                    "Replace it"
                </Button>
            </form>
        </Dialog>
    }
    .into_any()
}

fn off(base: &str) -> AnyView {
    let switch_on = format!("{base}/on");
    view! {
        <form method="post" action=switch_on>
            <Button submit=true>"Switch on"</Button>
        </form>
    }
    .into_any()
}

/// Selects the link and copies it: the way that works on plain http too.
fn copy(toasts: ToastBox) {
    let Some(field) = document().get_element_by_id(BOX) else { return };
    let Ok(field) = field.dyn_into::<HtmlInputElement>() else { return };
    field.focus().ok();
    field.select();
    let page = document().unchecked_into::<HtmlDocument>();
    if page.exec_command("copy").unwrap_or(false) {
        toasts.push(Tone::Good, "Copied.");
    } else {
        toasts
            .push(Tone::Warn, "The browser did not let us copy. The link is selected: copy it by keyboard.");
    }
}

/// Text as HTML's source has it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
