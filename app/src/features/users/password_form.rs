use domain::FieldErrors;
use leptos::prelude::*;

use crate::ui::{Button, Field};

/// Setting a password by hand, for a login that no mail can be sent to. `user` is sent along where the page is
/// about several.
#[component]
pub(super) fn PasswordForm(
    action: String,
    #[prop(into, optional)] user: String,
    #[prop(optional_no_strip)] label: Option<String>,
    errors: FieldErrors,
) -> impl IntoView {
    let error = |field: &str| errors.get(field).map(str::to_owned);
    let id = |field: &str| if user.is_empty() { field.to_owned() } else { format!("{field}-{user}") };
    let of = label.as_ref().map(|label| format!(" of {label}")).unwrap_or_default();
    view! {
        <form method="post" action=action class="form">
            <input type="hidden" name="user" value=user.clone() />
            <input type="hidden" name="do" value="set-password" />
            <Field
                label=format!("New Password{of}")
                name="password"
                id=id("password")
                kind="password"
                autocomplete="new-password"
                required=true
                hint="At least 8 characters."
                error=error("password")
            />
            <Field
                label=format!("Verify New Password{of}")
                name="repetition"
                id=id("repetition")
                kind="password"
                autocomplete="new-password"
                required=true
                error=error("repetition")
            />
            <div>
                <Button submit=true>{format!("Set password{of}")}</Button>
            </div>
        </form>
    }
    .into_any()
}
