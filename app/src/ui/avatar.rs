//! A person's initials.

use leptos::prelude::*;

/// The first letters of the first and the last word of a name.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = letters.next();
    first.into_iter().chain(letters.next_back()).flat_map(char::to_uppercase).collect()
}

/// A disc with a name's initials; decoration beside the name.
#[component]
pub fn Avatar(
    /// Whose initials.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! { <span class="avatar" aria-hidden="true">{initials(&name)}</span> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn takes_first_and_last() {
        assert_eq!(initials("Mitchell Admin"), "MA");
        assert_eq!(initials("  Jo  van  der Berg (new)"), "JN");
        assert_eq!(initials("Azure"), "A");
        assert_eq!(initials(" - "), "");
        assert_eq!(initials(""), "");
    }
}
