//! What a form of this feature answers beside its fields.

use domain::access::GroupEffects;
use leptos::prelude::*;

use crate::form::{FormReply, use_form_reply};

/// The reply to the form on this page, and what saving would do to people if that is to be confirmed; the same in the
/// browser.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    pub form: Option<FormReply>,
    pub effects: Option<GroupEffects>,
}

pub(super) fn use_reply() -> Reply {
    let form = use_form_reply();
    let effects = SharedValue::new(use_context::<GroupEffects>).into_inner();
    Reply { form, effects }
}
