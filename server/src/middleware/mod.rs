//! What every request passes through.

mod body_timeout;
mod cross_site;
mod guard;
mod headers;
mod origin;
mod request_log;
mod session;

pub(crate) use body_timeout::limit_body_time;
pub(crate) use cross_site::{csrf_layer, refuse_unproven};
pub(crate) use guard::{guard_pages, server_functions_take_json};
pub(crate) use headers::{no_store, secure_headers};
pub(crate) use origin::{cookie, origin_of};
pub(crate) use request_log::log_request;
pub(crate) use session::{Resolving, prepare_slot, resolve_actor, session_layer};
