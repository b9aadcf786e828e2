//! Fields that every form about a portal user has.

use domain::access::GroupChoice;
use leptos::prelude::*;

use crate::{
    form::FormReply,
    ui::{Alert, CheckboxField, Field, SelectField, Tone},
};

/// Where the contacts are.
pub(super) const CONTACTS: &str = "/staff/contacts";

/// What a field shows: what was typed before, or what it is now.
pub(super) fn shown(reply: Option<&FormReply>, name: &str, now: impl Into<String>) -> String {
    reply.map_or_else(|| now.into(), |reply| reply.value(name))
}

/// What is wrong with a field of a form that came back.
pub(super) fn wrong(reply: Option<&FormReply>, name: &str) -> MaybeProp<String> {
    reply.and_then(|reply| reply.error(name)).into()
}

/// The groups as a select has them; `first` is an option without a key.
pub(super) fn group_options(groups: &[GroupChoice], first: Option<&str>) -> Vec<(String, String)> {
    let first = first.map(|text| (String::new(), text.to_owned()));
    first.into_iter().chain(groups.iter().map(|group| (group.id.to_string(), group.name.clone()))).collect()
}

/// *Permission group*.
pub(super) fn group_field(
    reply: Option<&FormReply>,
    groups: &[GroupChoice],
    first: Option<&str>,
    now: String,
) -> impl IntoView + use<> {
    view! {
        <SelectField
            label="Permission group"
            name="group"
            options=group_options(groups, first)
            value=shown(reply, "group", now)
            error=wrong(reply, "group")
        />
    }
}

/// *Require two-factor*.
pub(super) fn two_factor_field(reply: Option<&FormReply>, now: bool) -> impl IntoView + use<> {
    let checked = reply.map_or(now, |reply| reply.value("require_two_factor") == "true");
    view! {
        <CheckboxField
            label="Require two-factor"
            name="require_two_factor"
            checked=checked
            hint="They set it up at their next sign-in."
        />
    }
}

/// *First day* and *Last day*.
pub(super) fn day_fields(reply: Option<&FormReply>, first: &str, last: &str) -> impl IntoView + use<> {
    view! {
        <Field
            label="First day"
            name="valid_from"
            kind="date"
            value=shown(reply, "valid_from", first)
            hint="Empty: from now on."
            error=wrong(reply, "valid_from")
        />
        <Field
            label="Last day"
            name="valid_until"
            kind="date"
            value=shown(reply, "valid_until", last)
            hint="The access ends by itself after this day. Empty: it does not end."
            error=wrong(reply, "valid_until")
        />
    }
}

/// Why nothing was saved.
pub(super) fn problem(reply: Option<&FormReply>) -> Option<impl IntoView + use<>> {
    let reply = reply?;
    let count = reply.errors.iter().count();
    let text = reply
        .problem
        .clone()
        .or_else(|| (count > 0).then(|| "Nothing was saved: see the fields below.".to_owned()))?;
    Some(view! { <Alert tone=Tone::Bad title=text /> })
}
