//! What is left of an account that its owner closed.

use crate::ids::UserId;

const MARKER: &str = "closed:";

/// The name of somebody who closed their account.
pub const CLOSED_NAME: &str = "Closed account";

/// What takes the place of the login of a closed account, so that the address is free again. No new login can look
/// like it.
pub fn closed_login(user: UserId) -> String {
    format!("{MARKER}{}", user.0.simple())
}

/// Whether a login is the marker of a closed account.
pub fn is_closed_login(login: &str) -> bool {
    login.starts_with(MARKER)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::Login;

    #[test]
    fn nobody_can_choose_the_marker_of_a_closed_account() {
        let login = closed_login(UserId(Uuid::nil()));
        assert!(is_closed_login(&login) && !is_closed_login("closed@acme.example"));
        assert!(Login::parse(&login).is_err());
    }
}
