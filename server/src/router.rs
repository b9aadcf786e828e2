//! Every route, read like an index.

use std::{
    net::IpAddr,
    sync::{Arc, LazyLock},
    time::Duration,
};

use app::{PortalApp, StaffApp, shell::shell};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef},
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    response::IntoResponse,
    routing::{MethodRouter, get, post},
};
use leptos::config::LeptosOptions;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list_with_exclusions};
use services::Portico;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, CompressionLevel},
    timeout::TimeoutLayer,
};

pub use crate::http::api::{OPERATIONS, Operation};
use crate::{assets, http, middleware as mw, stripe::Secret};

/// Longest body of a form or server function.
const MAX_BODY: usize = 2 * 1024 * 1024;
/// Longest upload of an import.
const MAX_IMPORT: usize = 64 * 1024 * 1024;
/// No answer takes longer.
const DEADLINE: Duration = Duration::from_secs(60);

/// Pages whose content the server itself looks up from a link's secret.
const LINK_PAGES: [&str; 6] = [
    "/accept/{token}",
    "/setup/{token}",
    "/reset/{token}",
    "/link/{token}",
    "/confirm/{token}",
    "/share/{token}",
];

/// What handlers share.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The installation.
    pub portico: Arc<Portico>,
    /// The release's files.
    pub site: Arc<app::shell::Site>,
    /// Leptos' own, of which only its router is used.
    pub leptos: Arc<LeptosOptions>,
    /// Whether customers reach us by https.
    pub is_https: bool,
    /// What Stripe signs its webhooks with; empty where there is none.
    pub stripe_webhook: Secret,
    /// Whether new work is accepted; false while stopping.
    pub readiness: http::Readiness,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        LeptosOptions::clone(&state.leptos)
    }
}

impl AppState {
    /// The state of an installation.
    pub fn new(portico: Arc<Portico>, live_reload: bool) -> Self {
        let is_https = portico.config.public_url.starts_with("https://");
        let leptos = LeptosOptions::builder().output_name("portico").build().into();
        Self {
            portico,
            site: http::site(live_reload).into(),
            leptos,
            is_https,
            stripe_webhook: Secret::default(),
            readiness: http::Readiness::default(),
        }
    }
}

impl AppState {
    /// The same with what Stripe signs its webhooks with.
    #[must_use]
    pub fn with_stripe_webhook(self, secret: Secret) -> Self {
        Self { stripe_webhook: secret, ..self }
    }
}

/// The paths of every page, for the router and the tests that walk them.
///
/// Found once a process: while Leptos looks for routes, no page anywhere in the process loads what it shows, and
/// one that is rendered at that moment would wait for ever.
pub fn page_routes() -> Vec<AxumRouteListing> {
    static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| {
        let excluded = || Some(LINK_PAGES.map(str::to_owned).to_vec());
        let mut routes = generate_route_list_with_exclusions(PortalApp, excluded());
        routes.extend(generate_route_list_with_exclusions(StaffApp, excluded()));
        routes
    });
    ROUTES.clone()
}

/// Every plain form: where it posts to, and what answers. A table, so that the tests can walk it.
pub fn form_routes() -> Vec<(&'static str, MethodRouter<AppState>)> {
    use http::forms;
    vec![
        ("/login", post(forms::login)),
        ("/login/two-factor", post(forms::verify_code)),
        ("/login/recovery", post(forms::use_recovery_code)),
        ("/login/enrol", post(forms::change_two_factor)),
        ("/login/passkey/begin", post(forms::begin_passkey_sign_in)),
        ("/login/passkey/finish", post(forms::finish_passkey_sign_in)),
        ("/my/security/passkeys/begin", post(forms::begin_passkey)),
        ("/my/security/passkeys/finish", post(forms::finish_passkey)),
        ("/my/security/passkeys/{id}", post(forms::change_passkey)),
        ("/staff/security/passkeys/begin", post(forms::begin_passkey)),
        ("/staff/security/passkeys/finish", post(forms::finish_passkey)),
        ("/staff/security/passkeys/{id}", post(forms::change_passkey)),
        ("/logout", post(forms::logout)),
        ("/my/security/two-factor", post(forms::change_two_factor)),
        ("/staff/security/two-factor", post(forms::change_two_factor)),
        ("/accept/{token}", post(forms::accept_invitation)),
        ("/setup/{token}", post(forms::complete_set_up)),
        ("/reset", post(forms::request_reset)),
        ("/reset/{token}", post(forms::reset_password)),
        ("/link/{token}", post(forms::open_link_instead)),
        ("/staff/contacts/{id}/secure-link/rotate", post(forms::rotate_secure_link)),
        ("/staff/contacts/{id}/secure-link/off", post(forms::switch_secure_link_off)),
        ("/staff/contacts/{id}/secure-link/on", post(forms::switch_secure_link_on)),
        ("/staff/contacts/{id}/view-as", post(forms::begin_view)),
        ("/staff/view-as/leave", post(forms::leave_view)),
        ("/staff/contacts/new", post(forms::create_contact)),
        ("/staff/contacts/{id}/edit", post(forms::change_contact)),
        ("/staff/contacts/{id}/archive", post(forms::archive_contact)),
        ("/staff/contacts/bulk", post(forms::change_in_bulk)),
        ("/staff/contacts/{id}/portal-users/new", post(forms::add_portal_user)),
        ("/staff/contacts/{id}/portal-user", post(forms::edit_portal_user)),
        ("/staff/contacts/{id}", post(forms::enable_portal_user)),
        ("/my/security/password", post(forms::change_password)),
        ("/staff/security/password", post(forms::change_password)),
        ("/my/account", post(forms::change_details)),
        ("/confirm/{token}", post(forms::confirm_email_change)),
        ("/my/addresses", post(forms::change_addresses)),
        ("/my/addresses/new", post(forms::add_address)),
        ("/my/addresses/{id}", post(forms::change_address)),
        ("/my/pay", post(forms::pay)),
        ("/my/payments/{id}", post(forms::change_payment)),
        ("/my/payment-methods", post(forms::change_methods)),
        ("/my/payment-methods/setup", post(forms::begin_setup)),
        ("/my/wallet", post(forms::top_up)),
        ("/staff/payments/{id}", post(forms::change_staff_payment)),
        (
            "/staff/payments/statement",
            post(forms::read_statement).layer(DefaultBodyLimit::max(forms::MAX_FILES_BODY)),
        ),
        ("/staff/payments/statement/line", post(forms::book_line)),
        ("/my/members", post(forms::change_members)),
        ("/my/companies", post(forms::switch_company)),
        ("/my/security/sessions", post(forms::change_sessions)),
        ("/staff/security/sessions", post(forms::change_sessions)),
        ("/my/privacy", post(forms::save_mail_choices)),
        ("/my/privacy/export", post(forms::export_data)),
        ("/my/privacy/close", post(forms::close_account)),
        ("/staff/contacts/{id}/password", post(forms::change_contact_password)),
        ("/staff/settings/users/new", post(forms::create_staff_user)),
        ("/staff/settings/users/{id}", post(forms::change_user)),
        ("/staff/settings/users/{id}/edit", post(forms::save_user)),
        ("/staff/documentation/new", post(forms::create_article)),
        ("/staff/documentation/{id}", post(forms::change_article)),
        ("/staff/documents", post(forms::change_documents)),
        ("/staff/documents/new", post(forms::create_document)),
        ("/staff/documents/{id}", post(forms::change_document)),
        ("/staff/documents/{id}/edit", post(forms::edit_document)),
        (
            "/staff/documents/{id}/original",
            post(forms::upload_original)
                .layer(DefaultBodyLimit::max(services::documents::MAX_ORIGINAL + 4096)),
        ),
        ("/staff/documents/{id}/follow", post(forms::follow_staff_document)),
        (
            "/staff/documents/{id}/messages",
            post(forms::post_staff_message).layer(DefaultBodyLimit::max(forms::MAX_FILES_BODY)),
        ),
        ("/staff/documents/{id}/state", post(forms::set_staff_ticket_open)),
        ("/my/{kind}/{id}/state", post(forms::set_ticket_open)),
        ("/my/tickets/new", post(forms::create_ticket).layer(DefaultBodyLimit::max(forms::MAX_FILES_BODY))),
        ("/my/{kind}/{id}/follow", post(forms::follow_document)),
        (
            "/my/{kind}/{id}/messages",
            post(forms::post_message).layer(DefaultBodyLimit::max(forms::MAX_FILES_BODY)),
        ),
        ("/staff/documents/{id}/original/remove", post(forms::remove_original)),
        ("/staff/mail", post(forms::resend_mail)),
        ("/staff/settings/groups/new", post(forms::create_group)),
        ("/staff/settings/groups/{id}", post(forms::change_group)),
        ("/staff/settings/groups/{id}/delete", post(forms::delete_group)),
        ("/staff/settings/api-keys", post(forms::create_api_key)),
        ("/staff/settings/api-keys/{id}/revoke", post(forms::revoke_api_key)),
        ("/staff/settings/webhooks", post(forms::create_webhook)),
        ("/staff/settings/webhooks/{id}", post(forms::change_webhook)),
        ("/staff/settings/webhooks/deliveries/{id}/resend", post(forms::resend_delivery)),
        ("/staff/settings/general", post(forms::change_general)),
        ("/staff/settings/general/logo/remove", post(forms::remove_logo)),
        ("/staff/settings/mail-templates/{kind}", post(forms::save_mail_template)),
        ("/staff/settings/mail-templates/{kind}/reset", post(forms::reset_mail_template)),
        ("/staff/documents/{id}/share", post(forms::change_staff_share_links)),
        ("/my/{kind}/{id}/share", post(forms::change_share_links)),
        ("/shared/{id}/sign", post(forms::accept_shared)),
        ("/shared/{id}/decline", post(forms::decline_shared)),
        ("/shared/{id}/messages", post(forms::post_shared_message)),
        ("/shared/{id}/pay", post(forms::pay_shared)),
        ("/shared/{id}/pay/setup", post(forms::begin_shared_setup)),
        ("/shared/{id}/payments/{payment}", post(forms::check_shared_payment)),
        ("/my/subscriptions/{id}/manage", post(forms::change_subscription)),
        ("/my/{kind}/{id}/automatic", post(forms::change_automatic)),
        ("/my/{kind}/{id}/sign", post(forms::accept_document)),
        ("/my/{kind}/{id}/decline", post(forms::decline_document)),
        (
            "/staff/import/spreadsheet",
            post(forms::upload_sheet).layer(DefaultBodyLimit::max(forms::MAX_FILES_BODY)),
        ),
        ("/staff/import/spreadsheet/{id}", post(forms::import_sheet)),
        ("/staff/import", post(http::import_upload).layer(DefaultBodyLimit::max(MAX_IMPORT))),
    ]
}

/// Everything below `/my` and `/staff` that is answered with a file. A table, so that the tests can walk it.
pub fn download_routes() -> Vec<(&'static str, MethodRouter<AppState>)> {
    vec![
        ("/staff/audit.csv", get(http::audit_csv)),
        ("/my/documents.csv", get(http::list_csv)),
        ("/my/documents.zip", get(http::list_zip)),
        ("/my/{kind}/{id}/pdf", get(http::paper)),
        ("/my/payments/{id}/pdf", get(http::receipt_pdf)),
        ("/staff/documents/{id}/pdf", get(http::staff_paper)),
        ("/my/{kind}/{id}/messages/{message}/{place}", get(http::attachment)),
        ("/staff/documents/{id}/messages/{message}/{place}", get(http::staff_attachment)),
        ("/my/statement.csv", get(http::statement_csv)),
        ("/my/statement.pdf", get(http::statement_pdf)),
    ]
}

fn joined(routes: Vec<(&'static str, MethodRouter<AppState>)>) -> Router<AppState> {
    routes.into_iter().fold(Router::new(), |all, (path, route)| all.route(path, route))
}

/// The whole server as one service.
pub fn router(state: AppState, trusted_proxies: Arc<[IpAddr]>) -> Router {
    let site = *state.site;
    let is_https = state.is_https;
    let entering = http::api::Entering {
        portico: Arc::clone(&state.portico),
        trusted_proxies: Arc::clone(&trusted_proxies),
    };
    let machine = http::api::router(entering).layer(from_fn(mw::limit_body_time));
    let resolving = mw::Resolving { portico: Arc::clone(&state.portico), trusted_proxies, is_https };
    let pages = Router::new()
        .leptos_routes_with_context(&state, page_routes(), || {}, move || shell(site))
        .route("/accept/{token}", get(http::forms::show_invitation))
        .route("/setup/{token}", get(http::forms::show_set_up))
        .route("/reset/{token}", get(http::forms::show_reset))
        .route("/confirm/{token}", get(http::forms::show_email_change))
        .route("/link/{token}", get(http::forms::open_link))
        .route("/share/{token}", get(http::forms::open_share))
        .route("/shared/{id}/pdf", get(http::shared_paper))
        .merge(joined(form_routes()))
        .merge(joined(download_routes()))
        .fallback(http::not_found)
        .layer(from_fn(mw::guard_pages))
        .layer(from_fn_with_state(resolving.clone(), mw::resolve_actor))
        .layer(mw::session_layer(Arc::clone(&state.portico), state.is_https))
        .layer(from_fn_with_state(resolving, mw::prepare_slot))
        .layer(from_fn(mw::server_functions_take_json))
        .layer(from_fn(mw::refuse_unproven))
        .layer(mw::csrf_layer(&state.portico.config.public_url))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(mw::limit_body_time))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(mw::no_store));
    Router::new()
        .merge(pages)
        .merge(machine)
        .route("/hooks/stripe", post(http::stripe_hook).layer(from_fn(mw::limit_body_time)))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(http::readyz))
        .merge(http::dev_routes(site.live_reload))
        .route("/assets/{file}", get(assets::serve))
        .route("/brand/{file}", get(http::brand))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, DEADLINE))
        .layer(CatchPanicLayer::custom(|_| {
            tracing::error!("a handler panicked");
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.").into_response()
        }))
        .layer(from_fn_with_state(state.is_https, mw::secure_headers))
        .layer(from_fn(mw::log_request))
        .with_state(state)
}
