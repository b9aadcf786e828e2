use leptos::prelude::*;

use super::ErrorPage;
use crate::PortalError;

/// A plain page that shows what it loads, or why it cannot.
pub(crate) fn loaded<T: Send + 'static>(
    load: impl Future<Output = Result<T, PortalError>> + Send + 'static,
    show: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView {
    view! {
        <Suspense>
            {Suspend::new(async move {
                match load.await {
                    Ok(found) => show(found),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}
