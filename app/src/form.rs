//! What a form that was posted without WebAssembly answers: the same page with errors and all that was typed.

use domain::FieldErrors;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The answer to a form that was not accepted. Secrets are never sent back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormReply {
    /// What was typed, by field.
    pub values: Vec<(String, String)>,
    /// What is wrong, by field.
    pub errors: FieldErrors,
    /// What is wrong as a whole.
    pub problem: Option<String>,
    /// Somebody else saved meanwhile.
    pub is_stale: bool,
    /// The form did its work and the page says so.
    pub is_done: bool,
}

impl FormReply {
    /// What was typed into a field.
    pub fn value(&self, field: &str) -> String {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str) -> Option<String> {
        self.errors.get(field).map(str::to_owned)
    }
}

/// The reply to the form on this page, when the page is an answer to one; the same in the browser.
pub(crate) fn use_form_reply() -> Option<FormReply> {
    SharedValue::new(use_context::<FormReply>).into_inner()
}
