use std::convert::Infallible;

use app::shell::{Bundle, Site};
use axum::{
    Router,
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
    routing::get,
};
use futures::stream::{self, Stream, StreamExt};

use crate::{assets, router::AppState};

/// The addresses of this release's files; empty in a server that was built without them, as by `cargo test`.
pub(crate) fn site(live_reload: bool) -> Site {
    let url = |name| assets::url(name).unwrap_or_default();
    Site {
        style: url("style.css"),
        icon: url("favicon.svg"),
        passkeys: url("passkeys.js"),
        signature: url("signature.js"),
        search: url("search.js"),
        upload: url("upload.js"),
        pay: url("pay.js"),
        refresh: url("refresh.js"),
        portal: Bundle { glue: url("portal.js"), wasm: url("portal.wasm") },
        staff: Bundle { glue: url("staff.js"), wasm: url("staff.wasm") },
        live_reload,
    }
}

/// While developing: a stream that breaks when the server is rebuilt, upon which open pages reload.
pub(crate) fn dev_routes(live_reload: bool) -> Router<AppState> {
    if live_reload { Router::new().route("/dev/reload", get(reload)) } else { Router::new() }
}

async fn reload(State(state): State<AppState>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let end = stream::once(state.readiness.stopped()).map(|()| Ok(Event::default()));
    Sse::new(end).keep_alive(KeepAlive::default())
}
