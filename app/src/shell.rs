//! The document around a page.

use domain::payments::CardForm;
use http::{HeaderName, HeaderValue, request::Parts};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

use crate::{PortalApp, StaffApp, plain};

/// Where the files of a release are served: names with a hash in them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Site {
    /// The style sheet.
    pub style: &'static str,
    /// The icon.
    pub icon: &'static str,
    /// The script of the pages that use passkeys.
    pub passkeys: &'static str,
    /// The script of the page where documents are signed.
    pub signature: &'static str,
    /// The script that goes to the search over everything.
    pub search: &'static str,
    /// The script that shows how far uploads are.
    pub upload: &'static str,
    /// The script of the pages where one pays.
    pub pay: &'static str,
    /// The script that looks again at what is under way.
    pub refresh: &'static str,
    /// The portal's glue and WebAssembly.
    pub portal: Bundle,
    /// The staff side's glue and WebAssembly.
    pub staff: Bundle,
    /// Whether pages reload when the server was rebuilt; for development.
    pub live_reload: bool,
}

/// One root's files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bundle {
    /// The JavaScript glue.
    pub glue: &'static str,
    /// The WebAssembly.
    pub wasm: &'static str,
}

/// Which root renders a path.
fn is_staff_root(path: &str) -> bool {
    ["/staff", "/setup"].iter().any(|root| path == *root || path.starts_with(&format!("{root}/")))
}

/// Pages that are complete without WebAssembly and never become interactive: whatever is outside of `/my` and `/staff`,
/// and within whatever the browser's router has no page for: what is listed in [`plain`], and what is not there.
fn is_plain(path: &str) -> bool {
    let is_framed =
        ["/my", "/staff"].iter().any(|root| path == *root || path.starts_with(&format!("{root}/")));
    !is_framed || !plain::is_interactive(path)
}

/// The customers' pages.
fn is_portal(path: &str) -> bool {
    path == "/my" || path.starts_with("/my/")
}

/// The pages of one's own passkeys.
fn is_of_passkeys(path: &str) -> bool {
    ["/my", "/staff"].iter().any(|root| path.starts_with(&format!("{root}/security/passkeys/")))
}

/// The page where a document is signed.
fn is_of_signing(path: &str) -> bool {
    (path.starts_with("/my/") || path.starts_with("/shared/"))
        && path.trim_end_matches('/').ends_with("/sign")
}

/// The pages to which files are uploaded.
fn is_of_uploads(path: &str) -> bool {
    ["/my/", "/staff/documents/", "/staff/import"].iter().any(|begin| path.starts_with(begin))
}

/// The pages on which one pays, and keeps what one pays with.
fn is_of_paying(path: &str) -> bool {
    let is_by_link = path.starts_with("/shared/") && (path.ends_with("/pay") || path.contains("/payments/"));
    if is_by_link {
        return true;
    }
    ["/my/pay", "/my/payments", "/my/payment-methods", "/my/wallet"]
        .iter()
        .any(|page| path == *page || path.starts_with(&format!("{page}/")))
}

/// The document with the root that renders the request's path, and the content security policy as a header.
pub fn shell(site: Site) -> impl IntoView {
    let path = use_context::<Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    set_policy(&path);
    let is_staff = is_staff_root(&path);
    let is_plain = is_plain(&path);
    let bundle = if is_staff { site.staff } else { site.portal };
    view! {
        <!DOCTYPE html>
        <html lang="en" data-ready=is_plain.then_some("")>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=site.style />
                {accent()}
                <link rel="icon" type="image/svg+xml" href=site.icon />
                {if is_plain { prefetch(bundle).into_any() } else { scripts(bundle).into_any() }}
                {(path == "/login" || is_of_passkeys(&path)).then(|| passkeys(site))}
                {is_of_signing(&path).then(|| script(site.signature))}
                {is_portal(&path).then(|| script(site.search))}
                {is_of_uploads(&path).then(|| script(site.upload))}
                {is_of_paying(&path).then(|| script(site.pay))}
                {(path == "/staff/import").then(|| script(site.refresh))}
                {site.live_reload.then(live_reload)}
                <MetaTags />
            </head>
            <body>{if is_staff { view! { <StaffApp /> }.into_any() } else { view! { <PortalApp /> }.into_any() }}</body>
        </html>
    }
}

/// The sheet that sets the business's colour, where it has its own.
fn accent() -> Option<impl IntoView> {
    let accent = crate::server::cx().ok()?.settings().accent()?.to_string();
    let href = format!("/brand/{}.css", accent.trim_start_matches('#'));
    Some(view! { <link rel="stylesheet" href=href /> })
}

/// Fetches the bundle while somebody types.
fn prefetch(bundle: Bundle) -> impl IntoView {
    view! {
        <link rel="prefetch" href=bundle.glue />
        <link rel="prefetch" href=bundle.wasm />
    }
}

fn scripts(bundle: Bundle) -> impl IntoView {
    let start = format!(
        "import('{}').then(m=>m.default({{module_or_path:'{}'}}).then(()=>m.hydrate())).catch(e=>console.warn(e))",
        bundle.glue, bundle.wasm
    );
    view! {
        <link rel="modulepreload" href=bundle.glue />
        <link rel="preload" href=bundle.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script type="module" nonce=use_nonce() inner_html=start></script>
    }
}

/// What has the browser's authenticator answer, where passkeys work.
fn passkeys(site: Site) -> Option<impl IntoView> {
    let cx = crate::server::cx().ok()?;
    if services::auth::passkeys::are_offered(&cx) { script(site.passkeys) } else { None }
}

/// A script of its own beside the page; nothing in a server that was built without the files.
fn script(src: &'static str) -> Option<impl IntoView> {
    (!src.is_empty()).then(|| view! { <script type="module" src=src nonce=use_nonce()></script> })
}

/// Reloads the page when the server comes back after a rebuild.
fn live_reload() -> impl IntoView {
    let script =
        "let s=new EventSource('/dev/reload'),d=0;s.onerror=()=>{d=1};s.onopen=()=>{if(d)location.reload()}";
    view! { <script nonce=use_nonce() inner_html=script></script> }
}

/// Only our own scripts run: those with this answer's nonce, and what they load. No inline styles.
///
/// Where one pays, the card service's script, which ours brings, speaks to its own origins and shows frames of theirs.
fn set_policy(path: &str) {
    let (Some(options), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else { return };
    let cards = if is_of_paying(path) { card_origins() } else { String::new() };
    let policy = format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'{cards}"
    );
    if let Ok(value) = HeaderValue::from_str(&policy) {
        options.insert_header(HeaderName::from_static("content-security-policy"), value);
    }
}

/// The further directives of a policy that lets the card service in.
fn card_origins() -> String {
    let form = crate::server::cx().ok().and_then(|cx| services::payments::card_form(&cx));
    match form {
        Some(CardForm::Stripe { origins, .. }) => {
            let origins = origins.join(" ");
            format!("; connect-src 'self' {origins}; frame-src {origins}")
        }
        Some(CardForm::Demo) | None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_find_their_root() {
        assert!(is_staff_root("/staff") && is_staff_root("/staff/contacts") && is_staff_root("/setup/x"));
        assert!(!is_staff_root("/staffing") && !is_staff_root("/my") && !is_staff_root("/login"));
        assert!(is_plain("/login") && is_plain("/accept/x") && is_plain("/setup/x"));
        assert!(!is_plain("/my") && !is_plain("/my/account") && !is_plain("/staff/contacts"));
        assert!(is_plain("/my/invoices") && is_plain("/my/invoices/7"));
        assert!(is_plain("/my/security/passkeys/new") && !is_plain("/my/security"));
        assert!(is_plain("/my/members") && is_plain("/staff/settings/groups/7"));
    }
}
