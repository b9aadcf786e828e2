use serde::{Deserialize, Serialize};

use crate::{Email, FieldErrors, Login, access::StaffRole, contacts::MAX_LINE};

/// What administrators type about a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserForm {
    /// The name on screen.
    pub name: String,
    /// What they sign in with: an email address or a chosen name.
    pub login: String,
    /// Whether they must use two-factor authentication.
    pub require_two_factor: bool,
    /// The name when the form was opened; a stale one is refused.
    pub seen_name: String,
    /// The login when the form was opened.
    pub seen_login: String,
    /// The requirement when the form was opened.
    pub seen_two_factor: bool,
}

impl UserForm {
    /// The form of a user as they are.
    pub fn of(name: &str, login: &str, require_two_factor: bool) -> Self {
        Self {
            name: name.to_owned(),
            login: login.to_owned(),
            require_two_factor,
            seen_name: name.to_owned(),
            seen_login: login.to_owned(),
            seen_two_factor: require_two_factor,
        }
    }

    /// The login that was typed.
    ///
    /// # Errors
    /// The fields that are missing, too long or not of their form.
    pub fn check(&self) -> Result<Login, FieldErrors> {
        let mut errors = FieldErrors::default();
        check_name(&self.name, &mut errors);
        // A login that stays is let through: older ones may not be of today's form.
        let same = Login::from_typed(&self.login);
        let is_same = same.as_str() == self.seen_login && !self.seen_login.is_empty();
        match if is_same { Ok(same) } else { Login::parse(&self.login) } {
            Ok(login) => errors.into_result().map(|()| login),
            Err(error) => {
                errors.add("login", error.to_string());
                Err(errors)
            }
        }
    }
}

/// What administrators type about a new staff user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StaffUserForm {
    /// The name on screen.
    pub name: String,
    /// Their email, which becomes the login.
    pub email: String,
    /// The word of their role.
    pub role: String,
}

impl StaffUserForm {
    /// The email and the role that were typed.
    ///
    /// # Errors
    /// The fields that are missing, too long or not of their form.
    pub fn check(&self) -> Result<(Email, StaffRole), FieldErrors> {
        let mut errors = FieldErrors::default();
        check_name(&self.name, &mut errors);
        let email = Email::parse(&self.email).map_err(|error| errors.add("email", error.to_string()));
        let role = StaffRole::parse(&self.role);
        if role.is_none() {
            errors.add("role", "Choose a role.");
        }
        match (email, role) {
            (Ok(email), Some(role)) => errors.into_result().map(|()| (email, role)),
            _ => Err(errors),
        }
    }
}

fn check_name(name: &str, errors: &mut FieldErrors) {
    let name = name.trim();
    if name.is_empty() {
        errors.add("name", "Enter a name.");
    } else if name.chars().count() > MAX_LINE {
        errors.add("name", format!("Use at most {MAX_LINE} characters."));
    } else if name.chars().any(char::is_control) {
        errors.add("name", "Use one line of plain text.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(errors: &FieldErrors) -> Vec<&str> {
        errors.iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn a_user_has_a_name_and_a_login() {
        let form = UserForm { name: "Ann".into(), login: "Ann@Acme.example".into(), ..UserForm::default() };
        assert_eq!(form.check().map(|login| login.as_str().to_owned()), Ok("ann@acme.example".into()));
        let old = UserForm { login: "a b".into(), seen_login: "a b".into(), ..form };
        assert!(old.check().is_ok(), "one that stays may be of an older form");
        let bad = UserForm { name: "A\nB".into(), login: "a b".into(), ..UserForm::default() };
        assert_eq!(bad.check().map_err(|errors| fields(&errors).join(" ")), Err("name login".into()));
    }

    #[test]
    fn a_staff_user_signs_in_with_an_email() {
        let form = StaffUserForm { name: "Bo".into(), email: "bo@x.example".into(), role: "staff".into() };
        assert!(form.check().is_ok_and(|(_, role)| role == StaffRole::Staff));
        let errors = StaffUserForm::default().check().expect_err("three errors");
        assert_eq!(fields(&errors), ["name", "email", "role"]);
        let name = StaffUserForm { email: "front-desk".into(), ..form };
        assert_eq!(fields(&name.check().expect_err("no address")), ["email"]);
    }
}
