use app::{
    features::auth::{InvitationContext, Invited},
    form::FormReply,
};
use axum::{
    Extension, Form,
    extract::State,
    http::{StatusCode, request::Parts},
    response::Response,
};
use leptos::prelude::provide_context;
use serde::Deserialize;
use services::{
    Cx, ServiceError,
    auth::{self, InvitationFor, InvitationView},
};
use tower_sessions::Session;

use super::{secret_in, start_session};
use crate::{
    http::{error_page, page},
    router::AppState,
};

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    password: String,
    #[serde(default)]
    repetition: String,
    renew: Option<String>,
}

/// `GET /accept/{token}`: shows whom the link is for, and changes nothing.
pub(crate) async fn show_invitation(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
) -> Response {
    let secret = secret_in(&parts);
    invitation_page(&state, &cx, &secret, parts, None).await
}

/// `POST /accept/{token}`: spends the link, or asks for a new one.
pub(crate) async fn accept_invitation(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    session: Session,
    parts: Parts,
    Form(typed): Form<Typed>,
) -> Response {
    let secret = secret_in(&parts);
    if typed.renew.is_some() {
        let asked = auth::request_new_invitation(&cx, &secret).await;
        return match asked {
            Ok(()) => renewed(&state, parts).await,
            Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
        };
    }
    let accepted = match auth::view_invitation(&cx, &secret).await {
        Ok(InvitationView::Confirm(_)) => auth::accept_membership(&cx, &secret).await,
        Ok(_) => auth::accept_invitation(&cx, &secret, &typed.password, &typed.repetition).await,
        Err(error) => Err(error),
    };
    match accepted {
        Ok(signed_in) => start_session(&session, signed_in, None).await,
        Err(ServiceError::Invalid(errors)) => {
            let reply = FormReply { errors, ..FormReply::default() };
            invitation_page(&state, &cx, &secret, parts, Some(reply)).await
        }
        // A dead link explains itself.
        Err(ServiceError::NotFound) => invitation_page(&state, &cx, &secret, parts, None).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

/// The same answer whether or not there was an invitation.
async fn renewed(state: &AppState, parts: Parts) -> Response {
    let reply = FormReply { is_done: true, ..FormReply::default() };
    with(state, parts, StatusCode::OK, InvitationContext::Expired, reply).await
}

async fn invitation_page(
    state: &AppState,
    cx: &Cx,
    secret: &str,
    parts: Parts,
    reply: Option<FormReply>,
) -> Response {
    let view = match auth::view_invitation(cx, secret).await {
        Ok(view) => view,
        Err(error) => return error_page(state, cx, parts, error, Vec::new()).await,
    };
    let path = parts.uri.path().to_owned();
    let invited =
        |whom: InvitationFor| Invited { name: whom.name, company: whom.company, login: whom.login, path };
    let (status, context) = match view {
        InvitationView::ChoosePassword(whom) => {
            (StatusCode::OK, InvitationContext::ChoosePassword(invited(whom)))
        }
        InvitationView::Confirm(whom) => (StatusCode::OK, InvitationContext::Confirm(invited(whom))),
        InvitationView::SignInFirst(whom) => (StatusCode::OK, InvitationContext::SignInFirst(invited(whom))),
        InvitationView::Used => (StatusCode::GONE, InvitationContext::Used),
        InvitationView::Replaced => (StatusCode::GONE, InvitationContext::Replaced),
        InvitationView::Revoked => (StatusCode::GONE, InvitationContext::Revoked),
        InvitationView::Expired => (StatusCode::GONE, InvitationContext::Expired),
        InvitationView::Unknown => (StatusCode::NOT_FOUND, InvitationContext::Unknown),
    };
    let status =
        if reply.is_some() && status == StatusCode::OK { StatusCode::UNPROCESSABLE_ENTITY } else { status };
    with(state, parts, status, context, reply.unwrap_or_default()).await
}

async fn with(
    state: &AppState,
    parts: Parts,
    status: StatusCode,
    context: InvitationContext,
    reply: FormReply,
) -> Response {
    let provide = move || {
        provide_context(context.clone());
        provide_context(reply.clone());
    };
    page(state, parts, status, provide).await
}
