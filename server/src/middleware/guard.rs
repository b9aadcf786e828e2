use axum::{
    extract::Request,
    http::{Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use services::{Cx, access::Actor, auth::Level};

use super::{
    origin::cookie,
    session::{LostView, SESSION_COOKIES},
};
use crate::http::forms::{ENROL, RECOVERY, TWO_FACTOR};

/// Sends people to the side that is theirs before a page is rendered. This is comfort: the gate is in the use
/// cases, and what a page shows comes through it.
pub(crate) async fn guard_pages(mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let under =
        |root: &str| path == root || path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'));
    let actor = request.extensions().get::<Cx>().map(Cx::actor);
    let (is_portal, is_staff) =
        actor.map_or((false, false), |actor| (actor.as_portal().is_some(), actor.as_staff().is_some()));
    // Whoever came by a customer's secure link can sign in instead.
    let is_visitor = actor.is_some_and(Actor::is_visitor);
    let is_get = matches!(*request.method(), Method::GET | Method::HEAD);
    let home = if is_staff { "/staff" } else { "/my" };
    let signed_in = is_portal || is_staff;
    let due = actor.and_then(Actor::due);
    if let Some(level) = due.filter(|_| (under("/my") || under("/staff")) && is_get) {
        return on_to(level, &request);
    }
    if (under("/my") || under("/staff")) && !signed_in {
        return if is_get {
            to_sign_in(&request)
        } else {
            Redirect::to("/login?notice=ended").into_response()
        };
    }
    let has_lost_view = request.extensions().get::<LostView>().is_some();
    if has_lost_view && is_get && (under("/my") || path == "/login") {
        return Redirect::to("/staff?notice=view-over").into_response();
    }
    if has_lost_view && under("/fn/my") {
        // The page in the browser still is the customer's: told that it is signed out, it comes here anew.
        if let Some(signed_out) = request.extensions().get::<Cx>().map(Cx::signed_out) {
            request.extensions_mut().insert(signed_out);
        }
        return next.run(request).await;
    }
    if is_staff && is_get && path == "/my" {
        return Redirect::to(home).into_response();
    }
    // Staff guard their accounts on their own side.
    if let Some(rest) =
        path.strip_prefix("/my/security").filter(|_| is_staff && is_get && under("/my/security"))
    {
        return Redirect::to(&format!("/staff/security{rest}")).into_response();
    }
    if under("/staff") && is_portal && is_get {
        // To a customer the staff side does not exist: the page of an address that leads nowhere.
        *request.uri_mut() = Uri::from_static("/nothing-here");
        return next.run(request).await;
    }
    // The pages of the second step are for whoever is due there.
    let step = match path {
        TWO_FACTOR | RECOVERY => Some(Level::Code),
        ENROL => Some(Level::Enrolment),
        _ => None,
    };
    if is_get && step.is_some() && step != due {
        return Redirect::to("/login").into_response();
    }
    if is_get && (path == "/" || (path == "/login" && signed_in && !is_visitor)) {
        let to = if signed_in { home } else { "/login" };
        return Redirect::to(to).into_response();
    }
    next.run(request).await
}

/// Whoever is signed in halfway comes no further than to what is due.
fn on_to(level: Level, request: &Request) -> Response {
    let due = if level == Level::Enrolment { ENROL } else { TWO_FACTOR };
    Redirect::to(&format!("{due}?next={}", next_of(request))).into_response()
}

fn to_sign_in(request: &Request) -> Response {
    let has_session = |name| cookie(request.headers(), name).is_some();
    let notice = if SESSION_COOKIES.into_iter().any(has_session) { "notice=ended&" } else { "" };
    Redirect::to(&format!("/login?{notice}next={}", next_of(request))).into_response()
}

/// The page that was asked for, as a query's value.
fn next_of(request: &Request) -> String {
    app::encode_path(request.uri().path_and_query().map_or("/", |path| path.as_str()))
}

/// Server functions are for our own scripts, which send JSON: a form of another site cannot, and what a plain
/// form would get, a redirect to wherever it says it came from, never happens.
pub(crate) async fn server_functions_take_json(mut request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/fn/") {
        return next.run(request).await;
    }
    let is_json =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(
            |value| value.split(';').next().is_some_and(|kind| kind.trim() == "application/json"),
        );
    if !is_json {
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send JSON.").into_response();
    }
    request.headers_mut().remove(header::REFERER);
    request.headers_mut().insert(header::ACCEPT, header::HeaderValue::from_static("application/json"));
    next.run(request).await
}
