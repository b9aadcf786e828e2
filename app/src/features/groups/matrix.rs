//! The permission matrix: a row for each permission, under the heading of its area.

use domain::access::{GroupForm, Permission, ScopeKind};
use leptos::prelude::*;

use crate::{form::FormReply, ui::SelectField};

/// A choice for each permission: no, or whose.
pub(super) fn matrix(
    form: &GroupForm,
    is_for_visitors: bool,
    reply: Option<&FormReply>,
) -> impl IntoView + use<> {
    let mut areas: Vec<(&'static str, Vec<AnyView>)> = Vec::new();
    for permission in Permission::ALL {
        let error = reply.and_then(|reply| reply.error(&permission.field()));
        let is_withheld = is_for_visitors && permission.needs_known_person();
        let row = choice(*permission, form.permissions.scope_of(*permission), is_withheld, error);
        let heading = permission.area_label();
        match areas.last_mut() {
            Some((last, rows)) if *last == heading => rows.push(row),
            _ => areas.push((heading, vec![row])),
        }
    }
    let areas = areas
        .into_iter()
        .map(|(heading, rows)| {
            view! {
                <fieldset class="rights">
                    <legend>{heading}</legend>
                    {rows}
                </fieldset>
            }
        })
        .collect_view();
    view! { <div class="rights-list">{areas}</div> }
}

fn choice(
    permission: Permission,
    scope: Option<ScopeKind>,
    is_withheld: bool,
    error: Option<String>,
) -> AnyView {
    let no = (String::new(), permission.scope_label(None).to_owned());
    let scopes = permission
        .scopes()
        .iter()
        .map(|scope| (scope.code().to_owned(), permission.scope_label(Some(*scope)).to_owned()));
    let options = std::iter::once(no).chain(scopes.filter(|_| !is_withheld)).collect();
    let hint = if is_withheld {
        "Needs somebody who signed in: a secure link cannot give it."
    } else {
        permission.explanation()
    };
    view! {
        <SelectField
            label=permission.label()
            name=permission.field()
            options=options
            value=scope.map(|scope| scope.code().to_owned()).unwrap_or_default()
            disabled=is_withheld
            hint=hint
            error=error
        />
    }
    .into_any()
}
