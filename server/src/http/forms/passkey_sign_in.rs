//! Signing in with a passkey, in two steps that `public/passkeys.js` posts; both answer with JSON.

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use services::{
    Cx,
    auth::passkeys::{begin_sign_in, finish_sign_in},
};
use tower_sessions::{Session, session::Id};

use super::{
    landing,
    login::Next,
    passkey::{Answer, challenge, finished, secret_of},
    renew_session,
};
use crate::{router::AppState, session_store};

/// `POST /login/passkey/begin`.
pub(crate) async fn begin_passkey_sign_in(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
) -> Response {
    challenge(&state, &cx, begin_sign_in(&cx).await)
}

/// `POST /login/passkey/finish`.
pub(crate) async fn finish_passkey_sign_in(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    session: Session,
    Query(next): Query<Next>,
    headers: HeaderMap,
    Form(answer): Form<Answer>,
) -> Response {
    let id = Id::default();
    let secret = secret_of(&state, &headers);
    let signed_in = finish_sign_in(&cx, &secret, &answer.credential, &session_store::hash(&id)).await;
    let next = match signed_in {
        Ok(signed_in) => {
            session_store::adopt(id);
            if let Err(answer) = renew_session(&session, signed_in.whose()).await {
                return answer;
            }
            Ok(landing(&signed_in, next.next.as_deref()))
        }
        Err(error) => Err(error),
    };
    finished(&state, &cx, next)
}
