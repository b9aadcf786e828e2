//! What a command says to whoever typed it.

use anyhow::anyhow;

/// An error of a use case as the command line tells it.
pub(crate) fn readable(error: services::ServiceError) -> anyhow::Error {
    match error {
        services::ServiceError::Invalid(errors) => {
            let texts: Vec<String> = errors.iter().map(|(field, text)| format!("{field}: {text}")).collect();
            anyhow!(texts.join("; "))
        }
        services::ServiceError::Internal { cause, .. } => cause,
        other => anyhow!("{other}"),
    }
}

/// A line of a command's result.
#[allow(clippy::print_stdout, reason = "a command's result goes to stdout")]
pub(crate) fn say(text: &str) {
    println!("{text}");
}
