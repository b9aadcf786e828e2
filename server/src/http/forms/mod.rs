//! Forms that work without WebAssembly: they post to their page's own address, call the use case that the
//! server function calls too, and answer with a redirect, or with the page and what was wrong.

mod accept;
mod account;
mod addresses;
mod api_keys;
mod articles;
mod bank_statement;
mod bulk;
mod contact;
mod documents;
mod groups;
mod import_sheet;
mod link;
mod login;
mod mail;
mod member;
mod messages;
mod original;
mod passkey;
mod passkey_sign_in;
mod password;
mod payments;
mod portal_user;
mod privacy;
mod reset;
mod sent;
mod sessions;
mod set_up;
mod settings;
mod share;
mod signing;
mod subscriptions;
mod tickets;
mod two_factor;
mod users;
mod view_as;
mod webhooks;

pub(crate) use accept::{accept_invitation, show_invitation};
pub(crate) use account::{change_details, confirm_email_change, show_email_change};
pub(crate) use addresses::{add_address, change_address, change_addresses};
pub(crate) use api_keys::{create_api_key, revoke_api_key};
pub(crate) use articles::{change_article, create_article};
pub(crate) use bank_statement::{book_line, read_statement};
pub(crate) use bulk::change_in_bulk;
pub(crate) use contact::{archive_contact, change_contact, create_contact};
pub(crate) use documents::{change_document, change_documents, create_document, edit_document};
pub(crate) use groups::{change_group, create_group, delete_group};
pub(crate) use import_sheet::{import_sheet, upload_sheet};
pub(crate) use link::{
    open_link, open_link_instead, rotate_secure_link, switch_secure_link_off, switch_secure_link_on,
};
pub(crate) use login::{login, logout};
pub(crate) use mail::resend_mail;
pub(crate) use member::{change_members, switch_company};
pub(crate) use messages::{follow_document, follow_staff_document, post_message, post_staff_message};
pub(crate) use original::{remove_original, upload_original};
pub(crate) use passkey::{begin_passkey, change_passkey, finish_passkey};
pub(crate) use passkey_sign_in::{begin_passkey_sign_in, finish_passkey_sign_in};
pub(crate) use password::change_password;
pub(crate) use payments::{
    begin_setup, begin_shared_setup, change_methods, change_payment, change_staff_payment,
    check_shared_payment, pay, pay_shared, top_up,
};
pub(crate) use portal_user::{add_portal_user, edit_portal_user, enable_portal_user};
pub(crate) use privacy::{close_account, export_data, save_mail_choices};
pub(crate) use reset::{request_reset, reset_password, show_reset};
pub(crate) use sent::MAX_FILES_BODY;
pub(crate) use sessions::change_sessions;
pub(crate) use set_up::{complete_set_up, show_set_up};
pub(crate) use settings::{change_general, remove_logo, reset_mail_template, save_mail_template};
pub(crate) use share::{
    accept_shared, change_share_links, change_staff_share_links, dead as dead_share, decline_shared,
    open_share, post_shared_message,
};
pub(crate) use signing::{accept_document, decline_document};
pub(crate) use subscriptions::{change_automatic, change_subscription};
pub(crate) use tickets::{create_ticket, set_staff_ticket_open, set_ticket_open};
pub(crate) use two_factor::{change_two_factor, use_recovery_code, verify_code};
pub(crate) use users::{change_contact_password, change_user, create_staff_user, save_user};
pub(crate) use view_as::{begin_view, leave_view};
pub(crate) use webhooks::{change_webhook, create_webhook, resend_delivery};

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use serde_json::Value;
use services::auth::{Landing, Level, NewSession, SignedIn};
use tower_sessions::Session;

use crate::session_store::renew;

/// Where a code of the second factor is asked for.
pub(crate) const TWO_FACTOR: &str = "/login/two-factor";
/// Where a recovery code is asked for.
pub(crate) const RECOVERY: &str = "/login/recovery";
/// Where a second factor is set up before anything else.
pub(crate) const ENROL: &str = "/login/enrol";

/// What was typed, by field, for showing the form again.
fn values(form: &impl Serialize) -> Vec<(String, String)> {
    let Ok(Value::Object(fields)) = serde_json::to_value(form) else { return Vec::new() };
    let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    fields.into_iter().map(|(name, value)| (name, text(value))).collect()
}

/// A form as it came, for those of which only some fields are read.
type Fields = Vec<(String, String)>;

/// What was typed into a field, if it was sent.
fn field(fields: &Fields, name: &str) -> Option<String> {
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone())
}

/// The secret of a link, from its path as it came: secrets need no escapes, and one with a broken escape is
/// no link of ours but deserves our own answer.
fn secret_in(parts: &axum::http::request::Parts) -> String {
    parts.uri.path().rsplit('/').next().unwrap_or_default().to_owned()
}

/// Opens a session under a new id, once the answer is on its way through the session layer.
async fn renew_session(session: &Session, whose: NewSession) -> Result<(), Response> {
    renew(session, whose).await.map_err(|error| {
        tracing::error!(%error, "a session could not be opened");
        axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response()
    })
}

/// Signs somebody in and goes where they belong.
async fn start_session(session: &Session, signed_in: SignedIn, next: Option<&str>) -> Response {
    if let Err(answer) = renew_session(session, signed_in.whose()).await {
        return answer;
    }
    Redirect::to(&landing(&signed_in, next)).into_response()
}

/// Where somebody goes who has come so far: on to what is due, or where they wanted to go, or home.
fn landing(signed_in: &SignedIn, next: Option<&str>) -> String {
    let (home, first) = match signed_in.landing {
        Landing::Portal if signed_in.has_choice => ("/my", "/my/companies"),
        Landing::Portal => ("/my", "/my"),
        Landing::Staff => ("/staff", "/staff"),
    };
    let next = next.and_then(|next| safe_next(next, home));
    let due = match signed_in.level {
        Level::Full => return next.unwrap_or(first).to_owned(),
        Level::Code => TWO_FACTOR,
        Level::Enrolment => ENROL,
    };
    next.map_or_else(|| due.to_owned(), |next| format!("{due}?next={}", app::encode_path(next)))
}

/// A path of our own that the person can use, or nothing: never another site.
fn safe_next<'a>(next: &'a str, home: &str) -> Option<&'a str> {
    let is_plain = next.bytes().all(|byte| matches!(byte, b'!'..=b'~') && byte != b'\\');
    let under =
        |root: &str| next == root || next.strip_prefix(root).is_some_and(|rest| rest.starts_with(['/', '?']));
    (is_plain && !next.contains("//") && (under(home) || under("/accept"))).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn only_our_own_pages_come_next() {
        for good in ["/my", "/my/invoices", "/my/invoices?after=x", "/accept/abc"] {
            assert_eq!(safe_next(good, "/my"), Some(good));
        }
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "https:evil",
            "/staff/contacts",
            "/my//evil.example",
            "/myth",
            "/my/\r\nSet-Cookie: x",
            "",
            "javascript:alert(1)",
            "/%2f/evil",
        ] {
            assert_eq!(safe_next(bad, "/my"), None, "{bad}");
        }
    }
}
