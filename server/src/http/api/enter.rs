use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use services::{Portico, ServiceError, api};

use super::{
    answer::{Answer, NO_KEY, problem},
    scope_of,
};
use crate::middleware::origin_of;

/// What [`enter`] needs.
#[derive(Clone, Debug)]
pub(crate) struct Entering {
    pub portico: Arc<Portico>,
    pub trusted_proxies: Arc<[IpAddr]>,
}

/// Lets requests with a key in, each within what its key is for. Cookies count for nothing here.
pub(super) async fn enter(State(entering): State<Entering>, mut request: Request, next: Next) -> Response {
    let mut origin = origin_of(&request, &entering.trusted_proxies, "");
    origin.device = None;
    let anonymous = entering.portico.anonymous(origin);
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let scheme = given.and_then(|value| value.split_once(' '));
    let secret =
        scheme.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, secret)| secret.trim());
    let entered = match secret {
        Some(secret) => api::enter_key(&anonymous, secret).await,
        None => Err(ServiceError::Unauthenticated),
    };
    let cx = match entered {
        Ok(entered) => entered.cx,
        Err(ServiceError::Unauthenticated) => {
            let mut response = problem(StatusCode::UNAUTHORIZED, NO_KEY);
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            return response;
        }
        Err(error) => {
            let wait = match &error {
                ServiceError::Throttled { wait_seconds } => Some(*wait_seconds),
                _ => None,
            };
            let mut response = Answer::of_error(&anonymous, error).into_response();
            if let Some(wait) = wait {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
            }
            return response;
        }
    };
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let scope = route.and_then(|route| scope_of(request.method(), &route));
    // A method that no operation has is answered by its route.
    if let Some(scope) = scope
        && !cx.actor().as_machine().is_some_and(|machine| machine.allows(scope))
    {
        let told = format!("This key is not for that: it would need {}.", scope.code());
        return problem(StatusCode::FORBIDDEN, &told);
    }
    request.extensions_mut().insert(cx);
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
